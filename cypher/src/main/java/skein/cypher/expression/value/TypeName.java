package skein.cypher.expression.value;

import skein.graph.Value;

/** The names of types as messages show them. */
public final class TypeName {
    private TypeName() {}

    public static String of(Value value) {
        return switch (value) {
            case Value.NullValue ignored -> "Null";
            case Value.BooleanValue ignored -> "Boolean";
            case Value.IntegerValue ignored -> "Integer";
            case Value.FloatValue ignored -> "Float";
            case Value.StringValue ignored -> "String";
            case Value.BytesValue ignored -> "Bytes";
            case Value.DateValue ignored -> "Date";
            case Value.TimeValue ignored -> "Time";
            case Value.LocalTimeValue ignored -> "LocalTime";
            case Value.DateTimeValue ignored -> "DateTime";
            case Value.LocalDateTimeValue ignored -> "LocalDateTime";
            case Value.DurationValue ignored -> "Duration";
            case Value.PointValue ignored -> "Point";
            case Value.ListValue ignored -> "List";
            case Value.MapValue ignored -> "Map";
            case Value.NodeReference ignored -> "Node";
            case Value.NodeValue ignored -> "Node";
            case Value.RelationshipReference ignored -> "Relationship";
            case Value.RelationshipValue ignored -> "Relationship";
            case Value.PathReference ignored -> "Path";
            case Value.PathValue ignored -> "Path";
        };
    }

    /** "a List", "an Integer": for the middle of a sentence. */
    public static String withArticle(Value value) {
        String name = of(value);
        return ("AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
