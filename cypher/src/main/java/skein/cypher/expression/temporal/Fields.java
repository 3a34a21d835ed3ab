package skein.cypher.expression.temporal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.MapValue;

/** The components in a map that a temporal value is built from. Keys are compared ignoring case. */
final class Fields {
    private final Map<String, Value> values = new HashMap<>();
    private final String type;

    /** Takes the map apart; a key that is not among the allowed ones is an error. */
    Fields(MapValue map, String type, Set<String> allowed) {
        this.type = type;
        Map<String, String> spellings = new LinkedHashMap<>();
        allowed.forEach(key -> spellings.put(key.toLowerCase(Locale.ROOT), key));
        map.entries().forEach((key, value) -> {
            @Nullable String known = spellings.get(key.toLowerCase(Locale.ROOT));
            if (known == null) {
                throw Failure.argument(
                        "InvalidArgumentValue",
                        Failure.quoted(key) + " is not a component of " + type + ". Known are "
                                + String.join(", ", spellings.values()) + ".");
            }
            values.put(known, value);
        });
    }

    boolean hasAny(String... keys) {
        for (String key : keys) {
            if (values.containsKey(key)) {
                return true;
            }
        }
        return false;
    }

    /** The raw value under a key, or null. */
    @Nullable
    Value value(String key) {
        return values.get(key);
    }

    int require(String key) {
        if (!values.containsKey(key)) {
            throw missing(key, "to build " + type);
        }
        return get(key, 0);
    }

    int get(String key, int otherwise) {
        @Nullable Value value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        long number = integer(key, value);
        if (number != (int) number) {
            throw Failure.argument("InvalidArgumentValue", key + " is out of range: " + number + ".");
        }
        return (int) number;
    }

    long integer(String key, Value value) {
        if (value instanceof IntegerValue(long number)) {
            return number;
        }
        throw Failure.type(
                "InvalidArgumentValue",
                key + " in " + type + " must be an Integer but is " + TypeName.withArticle(value) + ".");
    }

    /** Each of these keys may only be given when the one before it is. */
    void requireOrder(String... keys) {
        for (int i = 1; i < keys.length; i++) {
            if (values.containsKey(keys[i]) && !values.containsKey(keys[i - 1])) {
                throw missing(keys[i - 1], "because " + keys[i] + " is given");
            }
        }
    }

    private static RuntimeException missing(String key, String why) {
        return Failure.argument("InvalidArgumentValue", key + " must be given " + why + ".");
    }
}
