package skein.cypher.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.Clause.ProjectionItem;
import skein.cypher.syntax.Clause.RemoveItem;
import skein.cypher.syntax.Clause.SetItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.UnionKind;
import skein.cypher.syntax.Statement;

/** Queries as text. */
public final class QueryText {
    private static final int BYTES_PER_KB = 1024;

    private QueryText() {}

    /** With everything that stands around the query. */
    public static String of(Statement.Data data) {
        String mode = data.mode() == Statement.PlanMode.EXECUTE ? "" : data.mode() + " ";
        List<String> directives = new ArrayList<>();
        data.periodicCommitRows().ifPresent(rows -> directives.add("PERIODIC COMMIT " + rows));
        data.hopsLimit().ifPresent(hops -> directives.add("HOPS LIMIT " + hops));
        String using = directives.isEmpty() ? "" : "USING " + String.join(", ", directives) + " ";
        String memory = data.memoryLimitBytes().isPresent()
                ? " QUERY MEMORY LIMIT " + data.memoryLimitBytes().getAsLong() / BYTES_PER_KB + " KB"
                : "";
        return mode + using + of(data.query()) + memory;
    }

    public static String of(Query query) {
        return switch (query) {
            case Query.Single single ->
                single.clauses().stream().map(QueryText::of).collect(Collectors.joining(" "));
            case Query.Union union -> {
                StringBuilder text = new StringBuilder(of(union.branches().getFirst()));
                for (int i = 0; i < union.kinds().size(); i++) {
                    text.append(union.kinds().get(i) == UnionKind.ALL ? " UNION ALL " : " UNION ");
                    text.append(of(union.branches().get(i + 1)));
                }
                yield text.toString();
            }
        };
    }

    private static String of(Clause clause) {
        return switch (clause) {
            case Clause.Match match ->
                (match.optional() ? "OPTIONAL MATCH " : "MATCH ")
                        + PatternText.of(match.pattern())
                        + match.hints().stream().map(QueryText::of).collect(Collectors.joining())
                        + where(match.where());
            case Clause.Unwind unwind ->
                "UNWIND " + ExpressionText.of(unwind.list()) + " AS "
                        + Names.of(unwind.variable().name());
            case Clause.With with -> "WITH " + of(with.projection()) + where(with.where());
            case Clause.Return result -> "RETURN " + of(result.projection());
            case Clause.Create create -> "CREATE " + PatternText.of(create.pattern());
            case Clause.Merge merge ->
                "MERGE " + PatternText.of(merge.path())
                        + (merge.onCreate().isEmpty() ? "" : " ON CREATE SET " + set(merge.onCreate()))
                        + (merge.onMatch().isEmpty() ? "" : " ON MATCH SET " + set(merge.onMatch()));
            case Clause.Set set -> "SET " + set(set.items());
            case Clause.Remove remove ->
                "REMOVE " + remove.items().stream().map(QueryText::of).collect(Collectors.joining(", "));
            case Clause.Delete delete ->
                (delete.detach() ? "DETACH DELETE " : "DELETE ") + ExpressionText.all(delete.targets());
            default -> ofRarer(clause);
        };
    }

    private static String ofRarer(Clause clause) {
        return switch (clause) {
            case Clause.CallProcedure call -> of(call);
            case Clause.CallSubquery call -> of(call);
            case Clause.Foreach foreach ->
                "FOREACH (" + Names.of(foreach.variable().name()) + " IN " + ExpressionText.of(foreach.list()) + " | "
                        + foreach.updates().stream().map(QueryText::of).collect(Collectors.joining(" ")) + ")";
            case Clause.LoadCsv load ->
                "LOAD CSV FROM " + ExpressionText.of(load.source()) + (load.header() ? " WITH HEADER" : " NO HEADER")
                        + (load.ignoreBadRows() ? " IGNORE BAD" : "")
                        + word(" DELIMITER ", load.delimiter())
                        + word(" QUOTE ", load.quote())
                        + word(" NULLIF ", load.nullText())
                        + " AS " + Names.of(load.row().name());
            default -> throw new IllegalArgumentException("no text for " + clause);
        };
    }

    private static String of(Clause.CallProcedure call) {
        String yields = call.yields().stream()
                .map(item -> Names.of(item.column()) + " AS "
                        + Names.of(item.variable().name()))
                .collect(Collectors.joining(", "));
        return "CALL " + call.procedure()
                + call.arguments()
                        .map(list -> "(" + ExpressionText.all(list) + ")")
                        .orElse("")
                + (call.yieldAll() ? " YIELD *" : yields.isEmpty() ? "" : " YIELD " + yields)
                + where(call.where());
    }

    private static String of(Clause.CallSubquery call) {
        String imports = call.importAll()
                ? "(*) "
                : call.imports()
                        .map(list -> list.stream()
                                .map(variable -> Names.of(variable.name()))
                                .collect(Collectors.joining(", ", "(", ") ")))
                        .orElse("");
        String batches = call.inTransactions()
                ? " IN TRANSACTIONS"
                        + call.batchRows()
                                .map(rows -> " OF " + ExpressionText.of(rows) + " ROWS")
                                .orElse("")
                : "";
        return "CALL " + imports + "{ " + of(call.query()) + " }" + batches;
    }

    private static String of(Clause.IndexHint hint) {
        String keys = hint.keys().stream().map(Names::of).collect(Collectors.joining(", ", "(", ")"));
        return " USING INDEX :" + Names.of(hint.label()) + (hint.keys().isEmpty() ? "" : keys);
    }

    private static String of(Projection projection) {
        List<String> items = new ArrayList<>();
        if (projection.all()) {
            items.add("*");
        }
        projection.items().forEach(item -> items.add(of(item)));
        String order = projection.orderBy().stream()
                .map(item -> ExpressionText.of(item.expression()) + (item.ascending() ? "" : " DESC"))
                .collect(Collectors.joining(", "));
        return (projection.distinct() ? "DISTINCT " : "")
                + String.join(", ", items)
                + (order.isEmpty() ? "" : " ORDER BY " + order)
                + word(" SKIP ", projection.skip())
                + word(" LIMIT ", projection.limit());
    }

    private static String of(ProjectionItem item) {
        return ExpressionText.of(item.expression())
                + item.alias().map(alias -> " AS " + Names.of(alias.name())).orElse("");
    }

    private static String set(List<SetItem> items) {
        return items.stream().map(QueryText::of).collect(Collectors.joining(", "));
    }

    private static String of(SetItem item) {
        return switch (item) {
            case SetItem.ToProperty(Expression.PropertyAccess target, Expression value) ->
                ExpressionText.of(target) + " = " + ExpressionText.of(value);
            case SetItem.Replace(Expression.Variable target, Expression value) ->
                Names.of(target.name()) + " = " + ExpressionText.of(value);
            case SetItem.Merge(Expression.Variable target, Expression value) ->
                Names.of(target.name()) + " += " + ExpressionText.of(value);
            case SetItem.Labels(Expression.Variable target, List<String> labels) ->
                Names.of(target.name()) + Names.all(labels, ":");
        };
    }

    private static String of(RemoveItem item) {
        return switch (item) {
            case RemoveItem.Property(Expression.PropertyAccess target) -> ExpressionText.of(target);
            case RemoveItem.Labels(Expression.Variable target, List<String> labels) ->
                Names.of(target.name()) + Names.all(labels, ":");
        };
    }

    private static String where(Optional<Expression> where) {
        return word(" WHERE ", where);
    }

    private static String word(String word, Optional<Expression> expression) {
        return expression.map(e -> word + ExpressionText.of(e)).orElse("");
    }
}
