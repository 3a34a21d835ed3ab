package skein.storage.graph;

import java.util.ArrayList;
import java.util.List;

/** All constraints of one graph. One writer (the applier), any readers. */
public final class GraphConstraints {
    private volatile ConstraintSet newest = ConstraintSet.NONE;

    /** Dropped ones included while some snapshot may still show them. */
    private volatile List<DeclaredConstraint> known = List.of();

    /** What holds in the newest applied state; a new object after each change. */
    public ConstraintSet newest() {
        return newest;
    }

    /** What held at a snapshot, in order of creation. */
    public List<DeclaredConstraint> at(long snapshot) {
        List<DeclaredConstraint> all = known;
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(constraint -> constraint.holdsAt(snapshot))
                        .toList();
    }

    void declare(DeclaredConstraint constraint) {
        known = with(known, constraint);
        newest = new ConstraintSet(with(newest.all(), constraint));
    }

    void drop(DeclaredConstraint constraint, long commitTs) {
        constraint.drop(commitTs);
        newest = new ConstraintSet(without(newest.all(), constraint));
    }

    void forget(DeclaredConstraint constraint) {
        known = without(known, constraint);
    }

    private static List<DeclaredConstraint> with(List<DeclaredConstraint> list, DeclaredConstraint one) {
        List<DeclaredConstraint> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }

    private static List<DeclaredConstraint> without(List<DeclaredConstraint> list, DeclaredConstraint one) {
        return list.stream().filter(other -> other != one).toList();
    }
}
