package skein.naive;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.Clause.ProjectionItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.graph.Value;

/** WITH and RETURN. */
final class Projections {
    private final NaiveRun run;

    Projections(NaiveRun run) {
        this.run = run;
    }

    /**
     * One row on its way out.
     *
     * @param before what ORDER BY and WHERE may look at besides
     */
    private record Projected(Row before, Row after, List<Value> sortKeys) {
        Row both() {
            return before.withAll(after.values());
        }
    }

    /**
     * Rows, and which of them stand in no order among each other.
     *
     * @param ties a number for each row, the same for rows that ORDER BY does not tell apart; all the same without it
     */
    record Table(List<String> columns, List<Row> rows, List<Integer> ties) {}

    Table of(Projection projection, Optional<Expression> where, List<Row> rows) {
        boolean aggregates = projection.items().stream().anyMatch(item -> hasAggregate(item.expression()));
        List<Projected> out = new ArrayList<>();
        for (Row row : aggregates ? groups(projection, rows) : rows) {
            out.add(new Projected(row, after(projection, row), List.of()));
        }
        if (projection.distinct()) {
            out = distinct(out);
        }
        out = run.variant().someOrder(out);
        List<Integer> ties = new ArrayList<>();
        out = sorted(projection, out, ties);
        int from = rowCount(projection.skip(), 0);
        int to = (int) Math.min((long) from + rowCount(projection.limit(), Integer.MAX_VALUE), out.size());
        List<Row> kept = new ArrayList<>();
        List<Integer> keptTies = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (where.isEmpty()
                    || run.expressions().holds(where.get(), out.get(i).both())) {
                kept.add(out.get(i).after);
                keptTies.add(ties.get(i));
            }
        }
        return new Table(columns(projection, rows), kept, keptTies);
    }

    private static List<String> columns(Projection projection, List<Row> rows) {
        List<String> columns = new ArrayList<>();
        if (projection.all() && !rows.isEmpty()) {
            columns.addAll(rows.getFirst().values().keySet());
        }
        projection.items().forEach(item -> columns.add(item.name()));
        return columns;
    }

    private Row after(Projection projection, Row row) {
        Map<String, Value> values = new LinkedHashMap<>();
        if (projection.all()) {
            values.putAll(row.values());
        }
        for (ProjectionItem item : projection.items()) {
            values.put(item.name(), run.expressions().of(item.expression(), row));
        }
        return Row.of(values);
    }

    /** One row for each group: the first, with all of them behind it. */
    private List<Row> groups(Projection projection, List<Row> rows) {
        List<Expression> keys = projection.items().stream()
                .map(ProjectionItem::expression)
                .filter(expression -> !hasAggregate(expression))
                .toList();
        if (keys.isEmpty() && !projection.all() && rows.isEmpty()) {
            return List.of(Row.EMPTY);
        }
        Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            List<Object> key = new ArrayList<>();
            keys.forEach(expression -> key.add(Comparisons.key(run.expressions().of(expression, row))));
            if (projection.all()) {
                row.values().values().forEach(value -> key.add(Comparisons.key(value)));
            }
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        return groups.values().stream()
                .map(group -> group.getFirst().withGroup(group))
                .toList();
    }

    private static List<Projected> distinct(List<Projected> rows) {
        Map<List<Object>, Projected> byKey = new LinkedHashMap<>();
        for (Projected row : rows) {
            byKey.putIfAbsent(
                    row.after.values().values().stream().map(Comparisons::key).toList(), row);
        }
        return new ArrayList<>(byKey.values());
    }

    private List<Projected> sorted(Projection projection, List<Projected> rows, List<Integer> ties) {
        List<Clause.SortItem> items = projection.orderBy();
        List<Projected> sorted = new ArrayList<>();
        for (Projected row : rows) {
            List<Value> keys = items.stream()
                    .map(item -> sortKey(item.expression(), projection, row))
                    .toList();
            sorted.add(new Projected(row.before, row.after, keys));
        }
        Comparator<Projected> order = (a, b) -> {
            for (int i = 0; i < items.size(); i++) {
                int sign = Comparisons.order(a.sortKeys.get(i), b.sortKeys.get(i));
                if (sign != 0) {
                    return items.get(i).ascending() ? sign : -sign;
                }
            }
            return 0;
        };
        sorted.sort(order);
        int tie = 0;
        for (int i = 0; i < sorted.size(); i++) {
            tie += i > 0 && order.compare(sorted.get(i - 1), sorted.get(i)) != 0 ? 1 : 0;
            ties.add(tie);
        }
        return sorted;
    }

    /** What is projected need not be computed again, and cannot be when it is an aggregate. */
    private Value sortKey(Expression expression, Projection projection, Projected row) {
        for (ProjectionItem item : projection.items()) {
            if (item.expression().equals(expression)) {
                return row.after.get(item.name());
            }
        }
        return run.expressions().of(expression, row.both());
    }

    private int rowCount(Optional<Expression> expression, int otherwise) {
        if (expression.isEmpty()) {
            return otherwise;
        }
        Value count = run.expressions().of(expression.get(), Row.EMPTY);
        if (count instanceof Value.IntegerValue(long rows) && rows >= 0) {
            return (int) Math.min(rows, Integer.MAX_VALUE);
        }
        throw new NaiveFailure("SyntaxError", "SKIP or LIMIT of " + count);
    }

    static boolean hasAggregate(Object tree) {
        return switch (tree) {
            case Expression.CountStar ignored -> true;
            case Expression.FunctionCall call
            when Aggregates.NAMES.contains(call.name().toLowerCase(Locale.ROOT)) -> true;
            case Query ignored -> false;
            case Optional<?> optional -> optional.isPresent() && hasAggregate(optional.get());
            case List<?> list -> list.stream().anyMatch(Projections::hasAggregate);
            case Record branch -> partHasAggregate(branch);
            default -> false;
        };
    }

    private static boolean partHasAggregate(Record branch) {
        try {
            for (RecordComponent component : branch.getClass().getRecordComponents()) {
                if (!component.getType().isPrimitive()
                        && hasAggregate(component.getAccessor().invoke(branch))) {
                    return true;
                }
            }
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
