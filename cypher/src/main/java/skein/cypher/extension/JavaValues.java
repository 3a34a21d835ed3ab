package skein.cypher.extension;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.TypeName;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.cypher.procedure.ProcedureSignature.Type;
import skein.extension.GraphNode;
import skein.extension.GraphRelationship;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Values of queries as objects of Java, and back. */
final class JavaValues {
    private static final Set<Class<?>> ARGUMENTS = Set.of(
            boolean.class,
            Boolean.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            Number.class,
            String.class,
            List.class,
            Map.class,
            GraphNode.class,
            GraphRelationship.class,
            LocalDate.class,
            LocalTime.class,
            OffsetTime.class,
            LocalDateTime.class,
            ZonedDateTime.class,
            byte[].class,
            Object.class);

    private JavaValues() {}

    static boolean isArgument(Class<?> type) {
        return ARGUMENTS.contains(type) || Value.class.isAssignableFrom(type);
    }

    static boolean isResult(Class<?> type) {
        return isArgument(type)
                || type == int.class
                || type == Integer.class
                || type == Duration.class
                || type == Period.class
                || Collection.class.isAssignableFrom(type);
    }

    /** What the engine checks before the call. */
    static Type type(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Type.BOOLEAN;
        }
        if (type == long.class || type == Long.class) {
            return Type.INTEGER;
        }
        if (type == double.class || type == Double.class) {
            return Type.FLOAT;
        }
        if (type == Number.class) {
            return Type.NUMBER;
        }
        if (type == String.class) {
            return Type.STRING;
        }
        if (type == List.class) {
            return Type.LIST;
        }
        if (type == Map.class) {
            return Type.MAP;
        }
        if (type == GraphNode.class) {
            return Type.NODE;
        }
        return type == GraphRelationship.class ? Type.RELATIONSHIP : Type.ANY;
    }

    /** @param type of the parameter; the engine has checked what {@link #type} says */
    static @Nullable Object toJava(String what, Input input, Class<?> type, Value value, ContextGraph graph) {
        @Nullable Object java = Value.class.isAssignableFrom(type) ? value : toJava(value, graph);
        boolean fits = java == null || type.isPrimitive() || type.isInstance(java);
        if (!fits) {
            throw new SkeinException(
                    ErrorCode.TYPE_ERROR,
                    what + " takes a " + type.getSimpleName() + " for argument `" + input.name() + "` but is given "
                            + TypeName.withArticle(value) + " [InvalidArgumentType].");
        }
        return java;
    }

    static @Nullable Object toJava(Value value, ContextGraph graph) {
        return switch (value) {
            case Value.NullValue none -> null;
            case Value.BooleanValue(boolean truth) -> truth;
            case Value.IntegerValue(long number) -> number;
            case Value.FloatValue(double number) -> number;
            case Value.StringValue(String text) -> text;
            case Value.BytesValue(byte[] bytes) -> bytes.clone();
            case Value.DateValue(var date) -> date;
            case Value.TimeValue(var time) -> time;
            case Value.LocalTimeValue(var time) -> time;
            case Value.DateTimeValue(var time) -> time;
            case Value.LocalDateTimeValue(var time) -> time;
            case Value.DurationValue duration -> duration;
            case Value.PointValue point -> point;
            case ListValue list -> list(list, graph);
            case MapValue map -> map(map, graph);
            case Value.NodeReference node -> graph.nodeOf(node.id());
            case Value.NodeValue node -> graph.nodeOf(node.id());
            case Value.RelationshipReference it -> graph.relationship(it.id());
            case Value.RelationshipValue it -> graph.relationship(it.id());
            case Value.PathReference path -> path;
            case Value.PathValue path -> path;
        };
    }

    private static List<@Nullable Object> list(ListValue list, ContextGraph graph) {
        List<@Nullable Object> items = new ArrayList<>(list.values().size());
        list.values().forEach(item -> items.add(toJava(item, graph)));
        return Collections.unmodifiableList(items);
    }

    private static Map<String, @Nullable Object> map(MapValue map, ContextGraph graph) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.entries().forEach((key, value) -> entries.put(key, toJava(value, graph)));
        return Collections.unmodifiableMap(entries);
    }

    /** PROCEDURE_CALL_FAILED for an object that stands for no value. */
    static Value toValue(String what, @Nullable Object java) {
        return switch (java) {
            case null -> Value.NULL;
            case Value value -> value;
            case Boolean truth -> Value.of((boolean) truth);
            case Long number -> Value.of((long) number);
            case Integer number -> Value.of((long) number);
            case Double number -> Value.of((double) number);
            case Float number -> Value.of((double) number);
            case String text -> Value.of(text);
            case byte[] bytes -> new Value.BytesValue(bytes.clone());
            case LocalDate date -> new Value.DateValue(date);
            case LocalTime time -> new Value.LocalTimeValue(time);
            case OffsetTime time -> new Value.TimeValue(time);
            case LocalDateTime time -> new Value.LocalDateTimeValue(time);
            case ZonedDateTime time -> new Value.DateTimeValue(time);
            case Duration duration -> new Value.DurationValue(0, 0, duration.getSeconds(), duration.getNano());
            case Period period -> new Value.DurationValue(period.toTotalMonths(), period.get(ChronoUnit.DAYS), 0, 0);
            case GraphNode node -> new Value.NodeReference(node.id());
            case GraphRelationship relationship -> new Value.RelationshipReference(relationship.id());
            case Collection<?> items ->
                Value.of(items.stream().map(item -> toValue(what, item)).toList());
            case Map<?, ?> map -> map(what, map);
            default ->
                throw new SkeinException(
                        ErrorCode.PROCEDURE_CALL_FAILED,
                        what + " answered a " + java.getClass().getName()
                                + ", which is no value of a query [ProcedureCallFailed]. Its author can tell why.");
        };
    }

    private static Value map(String what, Map<?, ?> map) {
        Map<String, Value> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), toValue(what, value)));
        return new MapValue(entries);
    }
}
