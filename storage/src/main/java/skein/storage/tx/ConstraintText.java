package skein.storage.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import skein.graph.Value;
import skein.storage.api.ConstraintRule;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyType;
import skein.storage.graph.Dictionary;
import skein.storage.log.ConstraintDefinition;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Constraints, and what breaks them, in words. */
final class ConstraintText {
    private static final int TEXT_CHARACTERS_MAX = 60;
    private static final int ELEMENTS_MAX = 5;

    private ConstraintText() {}

    /** The name of a constraint that was given none. */
    static String nameOf(ConstraintRule rule) {
        String on = rule.label() + "_" + String.join("_", rule.keys());
        return switch (rule) {
            case ConstraintRule.Exists exists -> "exists_" + on;
            case ConstraintRule.Unique unique -> "unique_" + on;
            case ConstraintRule.Typed typed -> "typed_" + on;
        };
    }

    /** The rule of a definition. */
    static ConstraintRule rule(ConstraintDefinition definition, Dictionary names) {
        String label = names.nameOf(NameKind.LABEL, definition.label());
        return switch (definition) {
            case ConstraintDefinition.Exists exists -> new ConstraintRule.Exists(label, key(exists.key(), names));
            case ConstraintDefinition.Unique unique ->
                new ConstraintRule.Unique(
                        label,
                        unique.keys().stream().map(key -> key(key, names)).toList());
            case ConstraintDefinition.Typed typed ->
                new ConstraintRule.Typed(label, key(typed.key(), names), typed.type());
        };
    }

    private static String key(int id, Dictionary names) {
        return names.nameOf(NameKind.PROPERTY_KEY, id);
    }

    /** For instance {@code (:Person) ASSERT email IS UNIQUE}. */
    static String of(ConstraintRule rule) {
        String on = "(:" + rule.label() + ") ASSERT ";
        String keys = String.join(", ", rule.keys());
        return switch (rule) {
            case ConstraintRule.Exists exists -> on + "EXISTS (" + keys + ")";
            case ConstraintRule.Unique unique -> on + keys + " IS UNIQUE";
            case ConstraintRule.Typed typed -> on + keys + " IS TYPED " + of(typed.type());
        };
    }

    /** A node breaks a rule by itself. */
    static String broken(long node, ConstraintRule rule, List<Value> values) {
        Value value = values.getFirst();
        return switch (rule) {
            case ConstraintRule.Exists exists ->
                "node " + node + " with label " + rule.label() + " has no property " + exists.key();
            case ConstraintRule.Typed typed ->
                having(node, rule, values) + ", which is " + typeOf(value) + " and not " + of(typed.type());
            case ConstraintRule.Unique unique -> having(node, rule, values);
        };
    }

    /** A node has the values of another. */
    static String held(long node, long holder, ConstraintRule rule, List<Value> values) {
        return having(node, rule, values) + ", as has node " + holder;
    }

    /** For instance {@code node 5 with label Person has email = 'ada@example.org'}. */
    static String having(long node, ConstraintRule rule, List<Value> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(rule.keys().get(i) + " = " + of(values.get(i)));
        }
        return "node " + node + " with label " + rule.label() + " has " + String.join(", ", parts);
    }

    /** CONSTRAINT_VALIDATION_FAILED for a transaction. */
    static SkeinException refusal(String fact, ConstraintRule rule) {
        return new SkeinException(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                "Refused: " + fact + ". The constraint " + of(rule)
                        + " does not allow it. Nothing was changed; give the node other values or labels.");
    }

    private static String of(PropertyType type) {
        return type.name().replace('_', ' ');
    }

    /** A value, cut where it is long. */
    static String of(Value value) {
        return switch (value) {
            case Value.NullValue absent -> "null";
            case Value.StringValue text -> "'" + cut(text.value()) + "'";
            case Value.IntegerValue number -> Long.toString(number.value());
            case Value.FloatValue number -> Double.toString(number.value());
            case Value.BooleanValue truth -> Boolean.toString(truth.value());
            case Value.DateValue date -> date.value().toString();
            case Value.TimeValue time -> time.value().toString();
            case Value.LocalTimeValue time -> time.value().toString();
            case Value.DateTimeValue moment -> moment.value().toString();
            case Value.LocalDateTimeValue moment -> moment.value().toString();
            case Value.ListValue list -> list(list.values());
            case Value.MapValue map -> "a map with " + map.entries().size() + " entries";
            case Value.BytesValue bytes -> bytes.value().length + " bytes";
            case Value.PointValue point ->
                "point(" + point.x() + ", " + point.y() + (point.is3d() ? ", " + point.z() : "") + ")";
            case Value.DurationValue d ->
                "P" + d.months() + "M" + d.days() + "DT" + d.seconds() + "."
                        + String.format(Locale.ROOT, "%09d", d.nanos()) + "S";
            case Value.Entity entity -> "an entity";
        };
    }

    private static String list(List<Value> values) {
        List<String> shown = new ArrayList<>();
        for (Value value : values.subList(0, Math.min(values.size(), ELEMENTS_MAX))) {
            shown.add(of(value));
        }
        return "[" + String.join(", ", shown) + (values.size() > ELEMENTS_MAX ? ", …]" : "]");
    }

    private static String cut(String text) {
        int end = Math.min(text.length(), TEXT_CHARACTERS_MAX);
        boolean split = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return end == text.length() ? text : text.substring(0, split ? end - 1 : end) + "…";
    }

    private static String typeOf(Value value) {
        for (PropertyType type : PropertyType.values()) {
            if (type.includes(value)) {
                return of(type);
            }
        }
        return "of no such type";
    }
}
