package skein.storage.api;

import java.util.Optional;
import skein.graph.Value;

/**
 * What a property has to be like. A condition holds exactly when the corresponding predicate of openCypher is true: not
 * when it is false, and not when it is null, as for a property that is missing.
 */
public sealed interface PropertyCondition {
    /** {@code =}: numbers by what they mean (1 and 1.0 are equal), everything else by content. */
    record Equal(Value value) implements PropertyCondition {}

    /**
     * Above one value, below another, or both, in the sense of {@code <}: within numbers, texts, Booleans, bytes, lists
     * and each temporal instant type; never across types.
     */
    record Between(Optional<Bound> lower, Optional<Bound> upper) implements PropertyCondition {}

    /** A text that starts so. */
    record StartsWith(String prefix) implements PropertyCondition {}

    /** There is a value. */
    record Present() implements PropertyCondition {}

    /**
     * A point of the same coordinate system inside a box or on its border.
     *
     * @param lower the corner with the smaller coordinates; a box whose lower corner is above its upper one is empty
     */
    record WithinBox(Value.PointValue lower, Value.PointValue upper) implements PropertyCondition {}

    /** One end of a range. */
    record Bound(Value value, boolean inclusive) {}
}
