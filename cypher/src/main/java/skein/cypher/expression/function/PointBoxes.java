package skein.cypher.expression.function;

import java.util.List;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.PointAccess;
import skein.graph.Value;
import skein.graph.Value.PointValue;
import skein.storage.api.PropertyCondition;

/**
 * Boxes that hold every point for which {@code point.withinBBox} or a limit on {@code point.distance} is true, and
 * maybe others: for looking them up in an index before the predicate itself is tested. No box when it cannot be true;
 * every value when the arguments are of the wrong type, which the predicate complains of.
 */
public final class PointBoxes {
    /** Room for the rounding of trigonometry, in degrees: a tenth of a millimetre. */
    private static final double MARGIN_DEGREES = 1e-9;

    private static final List<PropertyCondition> ANYTHING = List.of(new PropertyCondition.Present());

    private PointBoxes() {}

    /** A box whose west side is east of its east side goes over the date line, and is two. */
    public static List<PropertyCondition> within(Value lower, Value upper) {
        if (lower.isNull() || upper.isNull()) {
            return List.of();
        }
        if (!(lower instanceof PointValue low) || !(upper instanceof PointValue high)) {
            return ANYTHING;
        }
        if (PointAccess.isGeographic(low) && low.x() > high.x()) {
            return List.of(
                    new PropertyCondition.WithinBox(low, at(high, 180, high.y())),
                    new PropertyCondition.WithinBox(at(low, -180, low.y()), high));
        }
        return List.of(new PropertyCondition.WithinBox(low, high));
    }

    public static List<PropertyCondition> around(Value center, Value distance) {
        if (center.isNull() || distance.isNull()) {
            return List.of();
        }
        if (!(center instanceof PointValue point) || !Numbers.isNumber(distance)) {
            return ANYTHING;
        }
        double reach = Numbers.asDouble(distance);
        if (Double.isNaN(reach) || reach < 0) {
            return List.of();
        }
        PointValue low;
        PointValue high;
        if (PointAccess.isGeographic(point)) {
            double latitudes = Math.toDegrees(reach / SpatialFunctions.EARTH_RADIUS_METRES) + MARGIN_DEGREES;
            double longitudes = point.is3d() ? 180 : longitudes(point, reach);
            boolean acrossDateLine = Math.abs(point.x()) + longitudes > 180;
            double west = acrossDateLine ? -180 : point.x() - longitudes;
            double east = acrossDateLine ? 180 : point.x() + longitudes;
            // with a height the radius is not that of the earth
            double up = point.is3d() ? 180 : latitudes;
            low = new PointValue(point.srid(), west, Math.max(-90, point.y() - up), Double.NEGATIVE_INFINITY);
            high = new PointValue(point.srid(), east, Math.min(90, point.y() + up), Double.POSITIVE_INFINITY);
        } else {
            double margin = Math.ulp(reach) + Math.ulp(point.x()) + Math.ulp(point.y());
            double room = reach + margin;
            low = new PointValue(point.srid(), point.x() - room, point.y() - room, Double.NEGATIVE_INFINITY);
            high = new PointValue(point.srid(), point.x() + room, point.y() + room, Double.POSITIVE_INFINITY);
        }
        return List.of(new PropertyCondition.WithinBox(low, high));
    }

    /** How far the circle reaches to the east and west, or all around when it has a pole in it. */
    private static double longitudes(PointValue center, double reach) {
        double angle = reach / SpatialFunctions.EARTH_RADIUS_METRES;
        double share = Math.sin(angle) / Math.cos(Math.toRadians(center.y()));
        boolean poleInside = Math.abs(center.y()) + Math.toDegrees(angle) >= 90 - MARGIN_DEGREES;
        return poleInside || share >= 1 ? 180 : Math.toDegrees(Math.asin(share)) + MARGIN_DEGREES;
    }

    private static PointValue at(PointValue point, double x, double y) {
        return new PointValue(point.srid(), x, y, point.z());
    }
}
