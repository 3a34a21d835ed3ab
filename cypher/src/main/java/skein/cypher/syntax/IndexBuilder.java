package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Statement.Index.Entries;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds statements about indexes, in Memgraph's dialect and in Neo4j's. */
final class IndexBuilder {
    private final QuerySource source;
    private final Literals literals;

    IndexBuilder(QuerySource source, Literals literals) {
        this.source = source;
        this.literals = literals;
    }

    Statement index(QueryGrammar.IndexContext context) {
        return switch (context) {
            case QueryGrammar.PlainIndexContext plain -> plain(plain);
            case QueryGrammar.NamedIndexContext named -> named(named);
            case QueryGrammar.DropNamedIndexContext drop ->
                new Statement.DropNamedIndex(literals.name(drop.name()), drop.EXISTS() != null);
            case QueryGrammar.DropAllIndexesContext drop -> new Statement.DropAllIndexes();
            case QueryGrammar.AnalyzeGraphContext analyze ->
                new Statement.Analyze(
                        analyze.name().stream().map(literals::name).toList(), analyze.DELETE() != null);
            default -> throw new IllegalStateException("unknown statement " + context.getText());
        };
    }

    private Statement plain(QueryGrammar.PlainIndexContext context) {
        refuseConfig(context.indexConfig());
        Entries subject = context.subject == null
                ? Entries.NODES
                : context.subject.getType() == QueryGrammar.EDGE ? Entries.RELATIONSHIPS : Entries.POINTS;
        List<String> keys =
                context.keyPath().stream().map(path -> singleKey(path.name())).toList();
        if (subject == Entries.POINTS) {
            requireOneKey(keys, context);
        }
        return new Statement.Index(
                context.action.getType() == QueryGrammar.CREATE,
                subject,
                literals.name(context.name()),
                keys,
                Optional.empty(),
                false);
    }

    private Statement named(QueryGrammar.NamedIndexContext context) {
        refuseConfig(context.indexConfig());
        boolean points = context.form != null && context.form.getType() == QueryGrammar.POINT;
        Optional<String> name = Optional.ofNullable(context.indexName).map(literals::name);
        boolean tolerant = context.EXISTS() != null;
        return switch (context.indexSubject()) {
            case QueryGrammar.NodeSubjectContext nodes -> {
                List<String> keys = keys(nodes.variable(), context.indexKey());
                if (points) {
                    requireOneKey(keys, context);
                }
                Entries subject = points ? Entries.POINTS : Entries.NODES;
                yield new Statement.Index(true, subject, literals.name(nodes.name()), keys, name, tolerant);
            }
            case QueryGrammar.RelationshipSubjectContext relationships -> {
                if (points) {
                    throw new UnsupportedSyntax("point indexes on relationships");
                }
                List<String> keys = keys(relationships.variable(), context.indexKey());
                yield new Statement.Index(
                        true, Entries.RELATIONSHIPS, literals.name(relationships.name()), keys, name, tolerant);
            }
            default -> throw new IllegalStateException("unknown subject " + context.getText());
        };
    }

    private List<String> keys(QueryGrammar.VariableContext variable, List<QueryGrammar.IndexKeyContext> keys) {
        return keys.stream().map(key -> key(variable, key)).toList();
    }

    private String key(QueryGrammar.VariableContext subject, QueryGrammar.IndexKeyContext key) {
        String variable = literals.name(subject.getStart());
        if (!variable.equals(literals.name(key.variable().getStart()))) {
            throw source.error(
                    ErrorDetail.UNDEFINED_VARIABLE,
                    "The index is on '" + variable + "', so its keys are written " + variable + ".key.",
                    key);
        }
        return singleKey(key.name());
    }

    private void requireOneKey(List<String> keys, QueryGrammar.IndexContext context) {
        if (keys.size() != 1) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "A point index is on exactly one property: CREATE POINT INDEX ON :Label(property).",
                    context);
        }
    }

    private static void refuseConfig(QueryGrammar.@Nullable IndexConfigContext context) {
        if (context != null) {
            throw new UnsupportedSyntax("options of CREATE INDEX");
        }
    }

    private String singleKey(List<QueryGrammar.NameContext> path) {
        if (path.size() > 1) {
            throw new UnsupportedSyntax("indexes on nested properties");
        }
        return literals.name(path.getFirst());
    }
}
