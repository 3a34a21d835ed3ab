package skein.naive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;

/** Values as text: equal exactly when a client would see the same, ids aside. */
public final class Shown {
    private final boolean listsAreBags;

    /** @param listsAreBags the elements of lists are shown in an order of their own */
    public Shown(boolean listsAreBags) {
        this.listsAreBags = listsAreBags;
    }

    /** What is left of a float whose last digits depend on the order of additions. */
    private static final int DIGITS = 12;

    static String node(Collection<String> labels, Map<String, Value> properties) {
        StringBuilder text = new StringBuilder("(");
        new TreeSet<>(labels).forEach(label -> text.append(':').append(label));
        return text + " " + new Shown(false).map(properties) + ")";
    }

    static String relationship(String type, Map<String, Value> properties) {
        return "[:" + type + " " + new Shown(false).map(properties) + "]";
    }

    /** A value that holds no references. */
    public String of(Value value) {
        return switch (value) {
            case ListValue list -> list(list.values());
            case MapValue map -> map(map.entries());
            case Value.FloatValue(double number) -> number(number);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.StringValue(String string) -> "'" + string.replace("'", "\\'") + "'";
            case NodeValue node -> node(node.labels(), node.properties().entries());
            case RelationshipValue r -> relationship(r.type(), r.properties().entries());
            case Value.PathValue path -> path(path);
            default -> value.toString();
        };
    }

    private static String number(double number) {
        if (number == Math.rint(number) || !Double.isFinite(number)) {
            return Double.toString(number);
        }
        return new java.math.BigDecimal(number)
                        .round(new java.math.MathContext(DIGITS))
                        .doubleValue() + "";
    }

    private String list(List<Value> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(of(value)));
        if (listsAreBags) {
            texts.sort(null);
        }
        return texts.toString();
    }

    private String map(Map<String, Value> entries) {
        Map<String, String> texts = new TreeMap<>();
        entries.forEach((key, value) -> texts.put(key, of(value)));
        return texts.toString();
    }

    private String path(Value.PathValue path) {
        StringBuilder text = new StringBuilder("<" + of(path.nodes().getFirst()));
        for (int i = 0; i < path.relationships().size(); i++) {
            RelationshipValue r = path.relationships().get(i);
            boolean along = r.startId() == path.nodes().get(i).id();
            text.append(along ? "-" : "<-").append(of(r)).append(along ? "->" : "-");
            text.append(of(path.nodes().get(i + 1)));
        }
        return text + ">";
    }
}
