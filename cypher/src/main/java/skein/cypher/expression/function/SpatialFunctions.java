package skein.cypher.expression.function;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.PointAccess;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.PointValue;
import skein.graph.Value.StringValue;

/**
 * Points and distances. Cartesian distances are in the unit of the coordinates, distances on the earth in metres along
 * a great circle of a sphere.
 */
final class SpatialFunctions {
    /** Radius of the sphere that stands for the earth: the equatorial one, as Neo4j has it. */
    static final double EARTH_RADIUS_METRES = 6_378_140.0;

    private static final Set<String> KEYS = Set.of("x", "y", "z", "longitude", "latitude", "height", "crs", "srid");

    private SpatialFunctions() {}

    static void define(Definitions definitions) {
        definitions.unary("point", SpatialFunctions::point);
        definitions.binary("distance", (from, to) -> distance(from, to, "distance"));
        definitions.binary("point.distance", (from, to) -> distance(from, to, "point.distance"));
        definitions.strict("point.withinbbox", 3, 3, Kind.PURE, SpatialFunctions::withinBox);
    }

    private static Value point(Value value) {
        if (value instanceof PointValue) {
            return value;
        }
        if (!(value instanceof MapValue map)) {
            throw Arguments.wrongType("point", "a Map", value);
        }
        Map<String, Value> fields = new HashMap<>();
        map.entries().forEach((key, field) -> fields.put(known(key.toLowerCase(Locale.ROOT)), field));
        if (fields.containsValue(Value.NULL)) {
            return Value.NULL;
        }
        boolean geographicKeys = fields.containsKey("longitude") || fields.containsKey("latitude");
        @Nullable Value height = fields.containsKey("z") ? fields.get("z") : fields.get("height");
        int srid = srid(fields, geographicKeys, height != null);
        double x = coordinate(fields.get(geographicKeys ? "longitude" : "x"), geographicKeys ? "longitude" : "x");
        double y = coordinate(fields.get(geographicKeys ? "latitude" : "y"), geographicKeys ? "latitude" : "y");
        PointValue point = new PointValue(srid, x, y, height == null ? Double.NaN : coordinate(height, "z"));
        return PointAccess.isGeographic(point) ? onEarth(point) : point;
    }

    private static String known(String key) {
        if (!KEYS.contains(key)) {
            throw invalid("point has no component " + Failure.quoted(key)
                    + ". Known are x, y, z, longitude, latitude, height, crs" + " and srid.");
        }
        return key;
    }

    private static int srid(Map<String, Value> fields, boolean geographicKeys, boolean threeDimensional) {
        @Nullable Value crs = fields.get("crs");
        @Nullable Value srid = fields.get("srid");
        int chosen;
        if (crs instanceof StringValue(String name)) {
            chosen = switch (name.toLowerCase(Locale.ROOT)) {
                case "cartesian" -> PointValue.CARTESIAN;
                case "cartesian-3d" -> PointValue.CARTESIAN_3D;
                case "wgs-84" -> PointValue.WGS_84;
                case "wgs-84-3d" -> PointValue.WGS_84_3D;
                default -> throw invalid(Failure.quoted(name) + " is not a known coordinate reference system.");
            };
        } else if (srid instanceof IntegerValue(long number)) {
            chosen = (int) number;
        } else if (geographicKeys || fields.containsKey("height")) {
            chosen = threeDimensional ? PointValue.WGS_84_3D : PointValue.WGS_84;
        } else {
            chosen = threeDimensional ? PointValue.CARTESIAN_3D : PointValue.CARTESIAN;
        }
        return checked(chosen, geographicKeys, threeDimensional);
    }

    private static int checked(int srid, boolean geographicKeys, boolean threeDimensional) {
        PointValue sample = new PointValue(srid, 0, 0, 0);
        boolean knownSystem = PointAccess.isGeographic(sample) || srid == PointValue.CARTESIAN || sample.is3d();
        if (!knownSystem || sample.is3d() != threeDimensional || geographicKeys && !PointAccess.isGeographic(sample)) {
            throw invalid("These coordinates make no point in the system " + PointAccess.systemName(srid) + ".");
        }
        return srid;
    }

    private static double coordinate(@Nullable Value value, String key) {
        if (value == null) {
            throw invalid("point needs " + key + ".");
        }
        if (!Numbers.isNumber(value) || !Double.isFinite(Numbers.asDouble(value))) {
            throw invalid("The component " + key + " of a point must be a finite number.");
        }
        return Numbers.asDouble(value);
    }

    private static Value onEarth(PointValue point) {
        if (Math.abs(point.y()) > 90) {
            throw invalid("A latitude lies between -90 and 90, not at " + point.y() + ".");
        }
        if (Math.abs(point.x()) > 180) {
            throw invalid("A longitude lies between -180 and 180, not at " + point.x() + ".");
        }
        return point;
    }

    private static RuntimeException invalid(String message) {
        return Failure.argument("InvalidArgumentValue", message);
    }

    private static Value distance(Value from, Value to, String function) {
        PointValue a = point(from, function);
        PointValue b = point(to, function);
        if (a.srid() != b.srid()) {
            return Value.NULL;
        }
        double flat = PointAccess.isGeographic(a) ? greatCircle(a, b) : Math.hypot(a.x() - b.x(), a.y() - b.y());
        return Value.of(a.is3d() ? Math.hypot(flat, a.z() - b.z()) : flat);
    }

    /** Along the surface, or for points with a height along the sphere through their average height. */
    private static double greatCircle(PointValue a, PointValue b) {
        double latitudes = Math.toRadians(b.y() - a.y());
        double longitudes = Math.toRadians(b.x() - a.x());
        double chord = Math.pow(Math.sin(latitudes / 2), 2)
                + Math.cos(Math.toRadians(a.y()))
                        * Math.cos(Math.toRadians(b.y()))
                        * Math.pow(Math.sin(longitudes / 2), 2);
        double radius = EARTH_RADIUS_METRES + (a.is3d() ? (a.z() + b.z()) / 2 : 0);
        return radius * 2 * Math.atan2(Math.sqrt(chord), Math.sqrt(1 - chord));
    }

    private static Value withinBox(List<Value> arguments, EvaluationContext context) {
        PointValue point = point(arguments.get(0), "point.withinbbox");
        PointValue low = point(arguments.get(1), "point.withinbbox");
        PointValue high = point(arguments.get(2), "point.withinbbox");
        if (point.srid() != low.srid() || point.srid() != high.srid()) {
            return Value.NULL;
        }
        boolean acrossDateLine = PointAccess.isGeographic(point) && low.x() > high.x();
        boolean withinX = acrossDateLine
                ? point.x() >= low.x() || point.x() <= high.x()
                : point.x() >= low.x() && point.x() <= high.x();
        boolean withinZ = !point.is3d() || point.z() >= low.z() && point.z() <= high.z();
        return Value.of(withinX && withinZ && point.y() >= low.y() && point.y() <= high.y());
    }

    private static PointValue point(Value value, String function) {
        if (value instanceof PointValue point) {
            return point;
        }
        throw Arguments.wrongType(function, "Points", value);
    }
}
