package skein.forwarding.core;

import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;
import skein.graph.Value.StringValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * About how many bytes a value takes on the heap, with the content of nodes, relationships and paths; on the wire it is
 * less.
 */
public final class Weight {
    /** What one message may weigh: half of what a link takes. */
    static final long MESSAGE_MAX = 128L << 20;

    /** Less than a link reads. */
    private static final int NESTING_MAX = 490;

    private static final long OBJECT_BYTES = 24;
    private static final long ENTRY_BYTES = 32;

    private Weight() {}

    /**
     * Of a query and its parameters; LIMIT_EXCEEDED when they are too much for one message, or nested too deep.
     *
     * @param query its text
     */
    public static long ofRequest(String query, Map<String, Value> parameters) {
        return bounded(2L * query.length() + entries(parameters, 0), "The query with its parameters");
    }

    /** Of a row; LIMIT_EXCEEDED as above. */
    public static long ofRow(ListValue row) {
        return bounded(of(row, 0), "A row of the result");
    }

    private static long bounded(long bytes, String what) {
        if (bytes > MESSAGE_MAX) {
            throw tooMuch(what + " takes about " + bytes + " bytes, and " + MESSAGE_MAX
                    + " at most are passed on between this instance and the MAIN.");
        }
        return bytes;
    }

    private static SkeinException tooMuch(String fact) {
        return new SkeinException(
                ErrorCode.LIMIT_EXCEEDED, fact + " Nothing was committed. Split it, or connect to the MAIN itself.");
    }

    private static long of(Value value, int depth) {
        if (depth > NESTING_MAX) {
            throw tooMuch("A value is nested more than " + NESTING_MAX
                    + " levels deep, which cannot be passed on between this instance and the MAIN.");
        }
        return switch (value) {
            case StringValue(String text) -> 2 * OBJECT_BYTES + 2L * text.length();
            case Value.BytesValue(byte[] bytes) -> 2 * OBJECT_BYTES + bytes.length;
            case ListValue(var items) -> OBJECT_BYTES + items(items, depth);
            case MapValue map -> entries(map.entries(), depth);
            case NodeValue node -> node(node, depth);
            case RelationshipValue relationship -> relationship(relationship, depth);
            case PathValue(var nodes, var relationships) ->
                nodes.stream().mapToLong(node -> node(node, depth)).sum()
                        + relationships.stream()
                                .mapToLong(one -> relationship(one, depth))
                                .sum();
            case Value.Entity _ -> OBJECT_BYTES;
            case Value.Scalar _ -> 2 * OBJECT_BYTES;
            case Value.NullValue _ -> OBJECT_BYTES;
        };
    }

    private static long items(Iterable<Value> items, int depth) {
        long sum = 0;
        for (Value item : items) {
            sum += of(item, depth + 1);
        }
        return sum;
    }

    private static long entries(Map<String, Value> entries, int depth) {
        long sum = OBJECT_BYTES;
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            sum += ENTRY_BYTES + 2L * entry.getKey().length() + of(entry.getValue(), depth + 1);
        }
        return sum;
    }

    private static long node(NodeValue node, int depth) {
        return OBJECT_BYTES
                + node.labels().stream().mapToLong(String::length).sum()
                + entries(node.properties().entries(), depth + 1);
    }

    private static long relationship(RelationshipValue relationship, int depth) {
        return 2 * OBJECT_BYTES + entries(relationship.properties().entries(), depth + 1);
    }
}
