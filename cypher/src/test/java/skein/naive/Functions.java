package skein.naive;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.graph.Value;
import skein.graph.Value.DateValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.StringValue;

/** Functions of values that were computed before; whatever the generator of queries calls. */
final class Functions {
    private static final Pattern DURATION = Pattern.compile("P(?:(-?\\d+)M)?(?:(-?\\d+)D)?(?:T(-?\\d+)S)?");

    private final NaiveGraph graph;

    Functions(NaiveGraph graph) {
        this.graph = graph;
    }

    Value call(String name, List<Value> arguments) {
        String function = name.toLowerCase(Locale.ROOT);
        if (function.equals("coalesce")) {
            return arguments.stream()
                    .filter(value -> !value.isNull())
                    .findFirst()
                    .orElse(Value.NULL);
        }
        if (function.equals("range")) {
            return range(arguments);
        }
        if (arguments.contains(Value.NULL)) {
            return Value.NULL;
        }
        return arguments.size() == 1 ? unary(function, arguments.getFirst()) : several(function, arguments);
    }

    private Value unary(String function, Value value) {
        return switch (function) {
            case "size" -> size(value);
            case "isempty" -> Value.of(size(value).equals(Value.of(0)));
            case "head" -> list(value).isEmpty() ? Value.NULL : list(value).getFirst();
            case "last" -> list(value).isEmpty() ? Value.NULL : list(value).getLast();
            case "tail" -> Value.of(list(value).stream().skip(1).toList());
            case "reverse" ->
                value instanceof StringValue(String text)
                        ? Value.of(Texts.reversed(text))
                        : Value.of(list(value).reversed());
            case "toset" -> Value.of(distinct(list(value)));
            case "abs", "sign", "ceil", "floor", "sqrt", "isnan", "round" -> number(function, value);
            case "tointeger" -> Texts.toInteger(value);
            case "tofloat" -> Texts.toFloat(value);
            case "toboolean" -> Texts.toBoolean(value);
            case "tostring" -> Value.of(Texts.of(value));
            case "tointegerornull" -> orNull(() -> Texts.toInteger(value));
            case "tofloatornull" -> orNull(() -> Texts.toFloat(value));
            case "tobooleanornull" -> orNull(() -> Texts.toBoolean(value));
            case "tostringornull" -> orNull(() -> Value.of(Texts.of(value)));
            case "toupper" -> Texts.mapped(value, Texts::upper);
            case "tolower" -> Texts.mapped(value, Texts::lower);
            case "trim" -> Texts.mapped(value, String::strip);
            case "ltrim" -> Texts.mapped(value, String::stripLeading);
            case "rtrim" -> Texts.mapped(value, String::stripTrailing);
            case "date" -> new DateValue(LocalDate.parse(Texts.string(value)));
            case "duration" -> duration(Texts.string(value));
            default -> ofEntity(function, value);
        };
    }

    private Value ofEntity(String function, Value value) {
        return switch (function) {
            case "id" -> Value.of(id(value));
            case "labels" -> strings(graph.node(node(value)).labels());
            case "type" -> Value.of(graph.everRelationship(relationship(value)).type());
            case "keys" -> strings(properties(value).keySet());
            case "properties" -> new MapValue(properties(value));
            case "startnode" ->
                new NodeReference(graph.everRelationship(relationship(value)).start());
            case "endnode" ->
                new NodeReference(graph.everRelationship(relationship(value)).end());
            case "degree" -> Value.of(graph.relationshipsOf(node(value)).size());
            case "length" -> Value.of(path(value).relationships().size());
            case "nodes" ->
                Value.of(path(value).nodes().stream()
                        .<Value>map(NodeReference::new)
                        .toList());
            case "relationships" ->
                Value.of(path(value).relationships().stream()
                        .<Value>map(RelationshipReference::new)
                        .toList());
            default -> throw Unjudged.unknown(function);
        };
    }

    private static Value several(String function, List<Value> arguments) {
        return switch (function) {
            case "left" -> Texts.left(arguments.get(0), arguments.get(1));
            case "right" -> Texts.right(arguments.get(0), arguments.get(1));
            case "substring" -> Texts.substring(arguments);
            case "split" -> Texts.split(arguments.get(0), arguments.get(1));
            case "replace" ->
                Value.of(Texts.string(arguments.get(0))
                        .replace(Texts.string(arguments.get(1)), Texts.string(arguments.get(2))));
            default -> throw Unjudged.unknown(function);
        };
    }

    private interface Conversion {
        Value get();
    }

    private static Value orNull(Conversion conversion) {
        try {
            return conversion.get();
        } catch (NaiveFailure failure) {
            return Value.NULL;
        }
    }

    static long integer(Value value) {
        if (value instanceof IntegerValue(long number)) {
            return number;
        }
        throw NaiveFailure.type(value + " is no integer");
    }

    static List<Value> list(Value value) {
        if (value instanceof ListValue(List<Value> values)) {
            return values;
        }
        throw NaiveFailure.type(value + " is no list");
    }

    private static Value size(Value value) {
        return switch (value) {
            case ListValue list -> Value.of(list.values().size());
            case StringValue(String text) -> Value.of(text.codePoints().count());
            case MapValue map -> Value.of(map.entries().size());
            case PathReference path -> Value.of(path.relationships().size());
            default -> throw NaiveFailure.type("no size of " + value);
        };
    }

    private static List<Value> distinct(List<Value> values) {
        SequencedMap<Object, Value> byKey = new java.util.LinkedHashMap<>();
        values.forEach(value -> byKey.putIfAbsent(Comparisons.key(value), value));
        return List.copyOf(byKey.values());
    }

    private static Value range(List<Value> arguments) {
        if (!arguments.stream().allMatch(IntegerValue.class::isInstance)) {
            throw NaiveFailure.argument("range of something else than integers");
        }
        long step = arguments.size() < 3 ? 1 : integer(arguments.get(2));
        if (step == 0) {
            throw NaiveFailure.argument("steps of 0");
        }
        long end = integer(arguments.get(1));
        List<Value> values = new ArrayList<>();
        for (long at = integer(arguments.get(0)); step > 0 ? at <= end : at >= end; at += step) {
            values.add(Value.of(at));
            if (values.size() > NaiveRun.ROWS_MAX) {
                throw Unjudged.tooLarge();
            }
        }
        return Value.of(values);
    }

    private static Value number(String function, Value value) {
        double number = Arithmetic.asFloat(value);
        DoubleUnaryOperator rounding = Math::floor;
        return switch (function) {
            case "abs" ->
                value instanceof IntegerValue
                        ? number < 0 ? Arithmetic.negated(value) : value
                        : Value.of(Math.abs(number));
            case "sign" -> Value.of(number > 0 ? 1 : number < 0 ? -1 : 0);
            case "ceil" -> Value.of(Math.ceil(number));
            case "floor" -> Value.of(rounding.applyAsDouble(number));
            case "round" -> Value.of(rounded(number));
            case "sqrt" -> Value.of(Math.sqrt(number));
            case "isnan" -> Value.of(Double.isNaN(number));
            default -> throw Unjudged.unknown(function);
        };
    }

    /** Half up; where every float is whole, nothing. */
    private static double rounded(double number) {
        return Math.abs(number) < 1e15 ? Math.floor(number + 0.5) + 0.0 : number;
    }

    private static Value duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw Unjudged.unknown(text);
        }
        return new Value.DurationValue(part(parts, 1), part(parts, 2), part(parts, 3), 0);
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Value strings(Iterable<String> names) {
        List<Value> values = new ArrayList<>();
        names.forEach(name -> values.add(Value.of(name)));
        return Value.of(values);
    }

    private static long id(Value entity) {
        return entity instanceof NodeReference(long id) ? id : relationship(entity);
    }

    static long node(Value value) {
        if (value instanceof NodeReference(long id)) {
            return id;
        }
        throw NaiveFailure.type(value + " is no node");
    }

    static long relationship(Value value) {
        if (value instanceof RelationshipReference(long id)) {
            return id;
        }
        throw NaiveFailure.type(value + " is no relationship");
    }

    private static PathReference path(Value value) {
        if (value instanceof PathReference path) {
            return path;
        }
        throw NaiveFailure.type(value + " is no path");
    }

    Map<String, Value> properties(Value value) {
        return switch (value) {
            case NodeReference(long id) -> graph.node(id).properties();
            case RelationshipReference(long id) -> graph.relationship(id).properties();
            case MapValue(Map<String, Value> entries) -> entries;
            default -> throw NaiveFailure.type("no properties of " + value);
        };
    }

    /** {@code value.key}. */
    Value property(Value value, String key) {
        return switch (value) {
            case Value.NullValue ignored -> Value.NULL;
            case DateValue(LocalDate date) -> part(date, key);
            case FloatValue ignored -> throw NaiveFailure.type("no properties of a float");
            default -> properties(value).getOrDefault(key, Value.NULL);
        };
    }

    private static Value part(LocalDate date, String key) {
        return switch (key) {
            case "year" -> Value.of(date.getYear());
            case "quarter" -> Value.of(date.get(IsoFields.QUARTER_OF_YEAR));
            case "month" -> Value.of(date.getMonthValue());
            case "day" -> Value.of(date.getDayOfMonth());
            case "dayOfWeek" -> Value.of(date.getDayOfWeek().getValue());
            case "ordinalDay" -> Value.of(ChronoUnit.DAYS.between(date.withDayOfYear(1), date) + 1);
            default -> throw Unjudged.unknown("the " + key + " of a date");
        };
    }
}
