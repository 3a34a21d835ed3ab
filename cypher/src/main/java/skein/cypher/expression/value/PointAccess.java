package skein.cypher.expression.value;

import java.util.Locale;
import skein.graph.Value;
import skein.graph.Value.PointValue;

/** The components of points, {@code p.x} and its like. Names are compared ignoring case. */
public final class PointAccess {
    private PointAccess() {}

    /** One component; a name the point's system does not have is an ARGUMENT_ERROR. */
    public static Value component(PointValue point, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean geographicKey = key.equals("longitude") || key.equals("latitude") || key.equals("height");
        if (geographicKey && !isGeographic(point)) {
            throw unknown(point, name);
        }
        return switch (key) {
            case "x", "longitude" -> Value.of(point.x());
            case "y", "latitude" -> Value.of(point.y());
            case "z", "height" -> height(point, name);
            case "srid" -> Value.of((long) point.srid());
            case "crs" -> Value.of(systemName(point.srid()));
            default -> throw unknown(point, name);
        };
    }

    public static boolean isGeographic(PointValue point) {
        return point.srid() == PointValue.WGS_84 || point.srid() == PointValue.WGS_84_3D;
    }

    /** The name of a coordinate reference system. */
    public static String systemName(int srid) {
        return switch (srid) {
            case PointValue.CARTESIAN -> "cartesian";
            case PointValue.CARTESIAN_3D -> "cartesian-3d";
            case PointValue.WGS_84 -> "wgs-84";
            case PointValue.WGS_84_3D -> "wgs-84-3d";
            default -> "srid-" + srid;
        };
    }

    private static Value height(PointValue point, String name) {
        if (!point.is3d()) {
            throw unknown(point, name);
        }
        return Value.of(point.z());
    }

    private static RuntimeException unknown(PointValue point, String name) {
        return Failure.argument(
                "InvalidArgumentValue",
                "A " + systemName(point.srid()) + " point has no component " + Failure.quoted(name) + ".");
    }
}
