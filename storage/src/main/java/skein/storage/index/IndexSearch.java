package skein.storage.index;

import java.util.List;
import java.util.Optional;
import skein.graph.Value;
import skein.storage.api.PropertyCondition;
import skein.storage.api.PropertyCondition.Bound;

/** Which parts of an index hold everything that meets some conditions; whoever finds something tests it still. */
public final class IndexSearch {
    private IndexSearch() {}

    /**
     * Ranges, in order and apart from each other.
     *
     * @param conditions on the keys of the index, in their order; what comes after the first that is not an equality
     *     narrows nothing
     */
    public static List<KeyRange> ranges(List<PropertyCondition> conditions, int keyCount) {
        if (keyCount == 1 && conditions.getFirst() instanceof PropertyCondition.Equal(Value value)) {
            return canEqual(value) ? List.of(KeyRange.single(IndexKey.of(value))) : List.of();
        }
        KeyWriter writer = new KeyWriter(keyCount);
        for (int i = 0; i < conditions.size(); i++) {
            switch (conditions.get(i)) {
                case PropertyCondition.Equal equal -> {
                    if (!canEqual(equal.value())) {
                        return List.of();
                    }
                    writer.component(equal.value());
                }
                case PropertyCondition.Between between -> {
                    return between(conditions.subList(0, i), between, keyCount);
                }
                case PropertyCondition.StartsWith start -> {
                    writer.textPrefix(start.prefix());
                    return List.of(KeyRange.beginningWith(writer));
                }
                case PropertyCondition.Present present -> {
                    return List.of(i == 0 ? KeyRange.ALL : KeyRange.beginningWith(writer));
                }
                case PropertyCondition.WithinBox box -> {
                    return List.of(i == 0 ? KeyRange.ALL : KeyRange.beginningWith(writer));
                }
            }
        }
        boolean whole = conditions.size() == keyCount;
        return List.of(
                whole
                        ? KeyRange.single(writer.toKey())
                        : conditions.isEmpty() ? KeyRange.ALL : KeyRange.beginningWith(writer));
    }

    /** The key of an entity in a point index. */
    public static IndexKey pointKey(Value.PointValue point) {
        return PointGrid.key(point);
    }

    /** As {@link #ranges}, for an index of points. */
    public static List<KeyRange> pointRanges(PropertyCondition condition) {
        return switch (condition) {
            case PropertyCondition.WithinBox box -> PointGrid.cover(box.lower(), box.upper());
            case PropertyCondition.Equal equal ->
                equal.value() instanceof Value.PointValue point
                        ? List.of(KeyRange.single(PointGrid.key(point)))
                        : List.of();
            case PropertyCondition.Between between -> List.of();
            case PropertyCondition.StartsWith start -> List.of();
            case PropertyCondition.Present present -> List.of(KeyRange.ALL);
        };
    }

    private static List<KeyRange> between(
            List<PropertyCondition> equalities, PropertyCondition.Between range, int keyCount) {
        Optional<Value> type = range.lower().or(range::upper).map(Bound::value);
        if (type.isEmpty()) {
            KeyWriter writer = begin(equalities, keyCount);
            return List.of(equalities.isEmpty() ? KeyRange.ALL : KeyRange.beginningWith(writer));
        }
        if (range.lower().map(bound -> !hasOrder(bound.value())).orElse(false)
                || range.upper().map(bound -> !hasOrder(bound.value())).orElse(false)) {
            return List.of();
        }
        KeyWriter from = begin(equalities, keyCount);
        range.lower().ifPresentOrElse(bound -> from.component(bound.value()), () -> from.tag(type.get()));
        KeyWriter to = begin(equalities, keyCount);
        range.upper().ifPresentOrElse(bound -> to.component(bound.value()), () -> to.tag(type.get()));
        KeyRange found = new KeyRange(from.toKey(), to.toKeyAfter(), false);
        return found.from().compareTo(found.to()) < 0 ? List.of(found) : List.of();
    }

    private static KeyWriter begin(List<PropertyCondition> equalities, int keyCount) {
        KeyWriter writer = new KeyWriter(keyCount);
        for (PropertyCondition condition : equalities) {
            if (condition instanceof PropertyCondition.Equal equal) {
                writer.component(equal.value());
            }
        }
        return writer;
    }

    private static boolean canEqual(Value value) {
        return switch (value) {
            case Value.NullValue absent -> false;
            case Value.FloatValue number -> !Double.isNaN(number.value());
            case Value.Entity entity -> false;
            case Value.MapValue map -> true;
            case Value.ListValue list -> true;
            case Value.Scalar scalar -> true;
        };
    }

    private static boolean hasOrder(Value value) {
        return ValueOrder.compare(value, value).isPresent();
    }
}
