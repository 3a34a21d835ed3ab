package skein.storage.tx;

import skein.graph.Value;
import skein.storage.log.PropertyCodec;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What may be a property: every scalar; lists, also mixed and nested ones, without nulls and without maps; maps of
 * anything storable, at the top or inside maps. Lists of maps are refused because openCypher says so.
 */
final class PropertyRules {
    private static final int SCALAR_BYTES = 24;

    private PropertyRules() {}

    /** Refuses (TYPE_ERROR) what cannot be stored; answers about how many bytes of memory the value takes. */
    static long check(Value value) {
        return switch (value) {
            case Value.NullValue removed -> SCALAR_BYTES;
            case Value.StringValue text -> SCALAR_BYTES + 2L * text.value().length();
            case Value.BytesValue bytes -> SCALAR_BYTES + bytes.value().length;
            case Value.ListValue list -> {
                checkList(list);
                yield encodedBytes(list);
            }
            case Value.MapValue map -> {
                checkMap(map);
                yield encodedBytes(map);
            }
            case Value.PointValue point -> encodedBytes(point);
            case Value.DurationValue duration -> encodedBytes(duration);
            case Value.Entity entity -> throw refused("a node, relationship or path");
            case Value.Scalar scalar -> SCALAR_BYTES;
        };
    }

    private static void checkList(Value.ListValue list) {
        for (Value element : list.values()) {
            switch (element) {
                case Value.NullValue absent -> throw refused("a list that contains null");
                case Value.MapValue map -> throw refused("a list that contains a map");
                case Value.Entity entity -> throw refused("a list that contains a node, relationship or path");
                case Value.ListValue inner -> checkList(inner);
                case Value.Scalar scalar -> {}
            }
        }
    }

    private static void checkMap(Value.MapValue map) {
        for (Value element : map.entries().values()) {
            switch (element) {
                case Value.MapValue inner -> checkMap(inner);
                case Value.ListValue inner -> checkList(inner);
                case Value.Entity entity -> throw refused("a map that contains a node, relationship or path");
                case Value.NullValue absent -> {}
                case Value.Scalar scalar -> {}
            }
        }
    }

    /** Encoding refuses what the format cannot hold: nesting too deep, unknown coordinate systems. */
    private static long encodedBytes(Value value) {
        return SCALAR_BYTES + 4L * PropertyCodec.encodeValue(value).length;
    }

    private static SkeinException refused(String what) {
        return new SkeinException(
                ErrorCode.TYPE_ERROR,
                "Property values cannot be of this kind: " + what
                        + " [InvalidPropertyType]. Store booleans, numbers, strings, temporal values, points, lists of"
                        + " these, or maps.");
    }
}
