package skein.benchmarks.cypher;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import skein.benchmarks.bolt.ServerProcess;
import skein.graph.Value;

/** Asks two servers the same and tells where they differ; in any order unless the query orders its rows. */
final class Comparison {
    private static final int ASKED = 5;
    private static final int SHOWN_MAX = 600;
    private static final double NEAR = 1e-9;

    private Comparison() {}

    /** Fails when one of a few requests of the workload is answered differently; answers how many rows came. */
    static long agree(Workload workload, ServerProcess one, ServerProcess other) throws IOException {
        long rows = 0;
        try (Conversation first = Conversation.with(one);
                Conversation second = Conversation.with(other)) {
            for (long number = 0; number < ASKED; number++) {
                Workload.Statement statement = workload.requests().apply(number);
                List<List<Value>> left = inOrder(statement, first.ask(statement.text(), statement.parameters()));
                List<List<Value>> right = inOrder(statement, second.ask(statement.text(), statement.parameters()));
                if (!sameRows(left, right)) {
                    throw new IOException("the answers to \"%s\" with %s differ:%n%s: %s%n%s: %s"
                            .formatted(
                                    statement.text(),
                                    statement.parameters(),
                                    one.name(),
                                    shown(left),
                                    other.name(),
                                    shown(right)));
                }
                rows += left.size();
            }
        }
        return rows;
    }

    private static List<List<Value>> inOrder(Workload.Statement statement, List<List<Value>> rows) {
        List<List<Value>> comparable = statement.text().contains("collect(")
                ? rows.stream()
                        .map(row -> row.stream().map(Comparison::sorted).toList())
                        .toList()
                : rows;
        return inOrder(statement.text().contains("ORDER BY"), comparable);
    }

    /** What is collected comes in any order. */
    private static Value sorted(Value value) {
        return value instanceof Value.ListValue list
                ? new Value.ListValue(list.values().stream()
                        .sorted(Comparator.comparing(Value::toString))
                        .toList())
                : value;
    }

    private static List<List<Value>> inOrder(boolean ordered, List<List<Value>> rows) {
        return ordered
                ? rows
                : rows.stream()
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .toList();
    }

    private static boolean sameRows(List<List<Value>> left, List<List<Value>> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(new Value.ListValue(left.get(i)), new Value.ListValue(right.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Sums of floats depend on the order in which they were met. */
    private static boolean same(Value left, Value right) {
        if (left instanceof Value.FloatValue(double a) && right instanceof Value.FloatValue(double b)) {
            return a == b || Math.abs(a - b) <= NEAR * Math.max(Math.abs(a), Math.abs(b));
        }
        if (left instanceof Value.ListValue(List<Value> as) && right instanceof Value.ListValue(List<Value> bs)) {
            if (as.size() != bs.size()) {
                return false;
            }
            for (int i = 0; i < as.size(); i++) {
                if (!same(as.get(i), bs.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return left.equals(right);
    }

    private static String shown(List<List<Value>> rows) {
        String text = rows.size() + " rows " + rows;
        return text.substring(0, Math.min(SHOWN_MAX, text.length()));
    }
}
