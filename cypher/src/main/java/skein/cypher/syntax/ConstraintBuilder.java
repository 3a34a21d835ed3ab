package skein.cypher.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.ConstraintStatement.Create;
import skein.cypher.syntax.ConstraintStatement.Drop;
import skein.cypher.syntax.ConstraintStatement.DropAll;
import skein.cypher.syntax.ConstraintStatement.DropNamed;
import skein.cypher.syntax.ConstraintStatement.Rule;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds statements about constraints. */
final class ConstraintBuilder {
    private final QuerySource source;
    private final Literals literals;

    ConstraintBuilder(QuerySource source, Literals literals) {
        this.source = source;
        this.literals = literals;
    }

    ConstraintStatement statement(QueryGrammar.ConstraintContext context) {
        return switch (context) {
            case QueryGrammar.CreateConstraintContext create -> create(create);
            case QueryGrammar.DropConstraintContext drop -> new Drop(rule(drop.constraintRule()));
            case QueryGrammar.DropNamedConstraintContext drop ->
                new DropNamed(literals.name(drop.name()), drop.EXISTS() != null);
            case QueryGrammar.DropAllConstraintsContext all -> new DropAll();
            default -> throw new IllegalStateException("unknown statement " + context.getText());
        };
    }

    private Create create(QueryGrammar.CreateConstraintContext context) {
        if (context.indexConfig() != null) {
            throw new UnsupportedSyntax("options of CREATE CONSTRAINT");
        }
        return new Create(
                rule(context.constraintRule()),
                Optional.ofNullable(context.constraintName).map(literals::name),
                context.EXISTS() != null);
    }

    private Rule rule(QueryGrammar.ConstraintRuleContext context) {
        if (!(context.indexSubject() instanceof QueryGrammar.NodeSubjectContext subject)) {
            throw new UnsupportedSyntax("constraints on relationships");
        }
        String label = literals.name(subject.name());
        return switch (context.constraintCondition()) {
            case QueryGrammar.ExistsConditionContext exists -> new Rule.Exists(label, key(subject, exists.indexKey()));
            case QueryGrammar.NotNullConditionContext exists ->
                new Rule.Exists(label, oneKey(subject, exists.constraintKeys(), "IS NOT NULL"));
            case QueryGrammar.UniqueConditionContext unique -> {
                requireNode(unique.name());
                yield new Rule.Unique(label, keys(subject, unique.constraintKeys()));
            }
            case QueryGrammar.TypedConditionContext typed ->
                new Rule.Typed(label, oneKey(subject, typed.constraintKeys(), "IS TYPED"), type(typed.propertyType()));
            case QueryGrammar.KeyConditionContext key -> throw new UnsupportedSyntax("key constraints");
            default -> throw new IllegalStateException("unknown condition " + context.getText());
        };
    }

    /** IS NODE UNIQUE is the long way to say it. */
    private void requireNode(QueryGrammar.@Nullable NameContext kind) {
        if (kind != null && !literals.name(kind).equalsIgnoreCase("node")) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "A constraint on nodes is written IS UNIQUE or IS NODE UNIQUE.",
                    kind);
        }
    }

    private String oneKey(
            QueryGrammar.NodeSubjectContext subject, QueryGrammar.ConstraintKeysContext context, String condition) {
        List<String> keys = keys(subject, context);
        if (keys.size() > 1) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "A constraint " + condition + " is on one property. Declare one for each.",
                    context);
        }
        return keys.getFirst();
    }

    private List<String> keys(QueryGrammar.NodeSubjectContext subject, QueryGrammar.ConstraintKeysContext context) {
        return context.indexKey().stream().map(key -> key(subject, key)).toList();
    }

    private String key(QueryGrammar.NodeSubjectContext subject, QueryGrammar.IndexKeyContext key) {
        String variable = literals.name(subject.variable().getStart());
        if (!variable.equals(literals.name(key.variable().getStart()))) {
            throw source.error(
                    ErrorDetail.UNDEFINED_VARIABLE,
                    "The constraint is on '" + variable + "', so its properties are written " + variable + ".key.",
                    key);
        }
        if (key.name().size() > 1) {
            throw new UnsupportedSyntax("constraints on nested properties");
        }
        return literals.name(key.name().getFirst());
    }

    private String type(QueryGrammar.PropertyTypeContext context) {
        if (context.elementType() != null || context.propertyType() != null) {
            throw new UnsupportedSyntax("constraints on the type of list elements, or of several types");
        }
        return context.name().stream()
                .map(word -> literals.name(word).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
