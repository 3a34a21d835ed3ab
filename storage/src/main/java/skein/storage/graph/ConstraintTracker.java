package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.storage.index.SlotBitmap;
import skein.storage.log.ConstraintDefinition;
import skein.vocabulary.Invariant;

/**
 * Declares and drops constraints as records say, and keeps who holds which unique values. Refuses nothing: whoever
 * wrote the record has checked, and every node that applies it has to come to the same state.
 */
final class ConstraintTracker {
    private final GraphStore store;
    private final GraphConstraints constraints;
    private final Garbage garbage;

    ConstraintTracker(GraphStore store, Garbage garbage) {
        this.store = store;
        this.constraints = store.constraints();
        this.garbage = garbage;
    }

    /** Answers what is to be added to the state hash. */
    long create(ConstraintDefinition definition, String name, long commitTs) {
        Invariant.check(constraints.newest().find(definition) == null, "%s exists already", definition);
        DeclaredConstraint constraint = new DeclaredConstraint(definition, name, commitTs);
        UniqueClaims claims = constraint.claims();
        if (claims != null) {
            build(claims, definition.label());
        }
        constraints.declare(constraint);
        return StateHash.ofConstraint(definition, name);
    }

    /** Answers what is to be taken from the state hash. */
    long drop(ConstraintDefinition definition, long commitTs) {
        DeclaredConstraint constraint =
                Invariant.present(constraints.newest().find(definition), "there is no %s", definition);
        constraints.drop(constraint, commitTs);
        garbage.addConstraint(commitTs, constraint);
        return StateHash.ofConstraint(definition, constraint.name());
    }

    void nodeChanged(int slot, @Nullable NodeVersion before, NodeVersion after) {
        ConstraintSet holding = constraints.newest();
        if (holding.isEmpty()) {
            return;
        }
        if (before != null) {
            for (int label : before.labels) {
                claim(holding.on(label), slot, before, after);
            }
        }
        for (int label : after.labels) {
            if (before == null || !before.hasLabel(label)) {
                claim(holding.on(label), slot, before, after);
            }
        }
    }

    private static void claim(DeclaredConstraint[] onLabel, int slot, @Nullable NodeVersion before, NodeVersion after) {
        for (DeclaredConstraint constraint : onLabel) {
            UniqueClaims claims = constraint.claims();
            if (claims != null) {
                claims.changed(slot, before, after);
            }
        }
    }

    private void build(UniqueClaims claims, int label) {
        SlotBitmap slots = store.indexes().nodesWithLabel(label);
        int slot = slots == null ? -1 : slots.nextAtOrAbove(0);
        while (slots != null && slot >= 0) {
            claims.changed(slot, null, store.nodes().head(slot));
            slot = slots.nextAtOrAbove(slot + 1);
        }
    }
}
