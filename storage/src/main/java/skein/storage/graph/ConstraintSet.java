package skein.storage.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.log.ConstraintDefinition;

/** Constraints that hold together, by label. Immutable. */
public final class ConstraintSet {
    static final ConstraintSet NONE = new ConstraintSet(List.of());
    private static final DeclaredConstraint[] NOTHING = new DeclaredConstraint[0];

    private final List<DeclaredConstraint> all;
    private final DeclaredConstraint[][] byLabel;

    ConstraintSet(List<DeclaredConstraint> constraints) {
        all = List.copyOf(constraints);
        int labels = all.stream()
                .mapToInt(constraint -> constraint.definition().label() + 1)
                .max()
                .orElse(0);
        byLabel = new DeclaredConstraint[labels][];
        for (int label = 0; label < labels; label++) {
            int wanted = label;
            byLabel[label] = all.stream()
                    .filter(constraint -> constraint.definition().label() == wanted)
                    .toArray(DeclaredConstraint[]::new);
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of creation. */
    public List<DeclaredConstraint> all() {
        return all;
    }

    /** Those on a label; none for a label that has no id. Not to be changed. */
    public DeclaredConstraint[] on(int label) {
        return label >= 0 && label < byLabel.length ? byLabel[label] : NOTHING;
    }

    @Nullable
    DeclaredConstraint find(ConstraintDefinition definition) {
        for (DeclaredConstraint constraint : on(definition.label())) {
            if (constraint.definition().equals(definition)) {
                return constraint;
            }
        }
        return null;
    }
}
