package skein.storage.tx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.ConstraintRule;
import skein.storage.api.NameKind;
import skein.storage.graph.ConstraintSet;
import skein.storage.graph.DeclaredConstraint;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.UniqueClaims;
import skein.storage.index.HashIndex;
import skein.storage.tx.ClaimTable.Claim;
import skein.storage.tx.PendingTable.Effect;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What the constraints say to one transaction that wants to commit. Looks at the nodes that the transaction made, and
 * at those whose labels or properties it changed as far as a constraint is about what changed: all else holds already,
 * since nobody else changed the content of these nodes meanwhile.
 *
 * <p>Two steps: what a node breaks by itself, and what it claims, is worked out from the transaction alone, before its
 * turn; {@link #verify} compares the claims, in the transaction's turn, with everybody else's. See docs/adr/011.
 */
final class ConstraintCheck {
    private final Overlay overlay;
    private final SequencedNames names;
    private final ConstraintSet constraints;
    private final List<Wish> wishes = new ArrayList<>();
    private @Nullable SkeinException broken;

    private ConstraintCheck(Overlay overlay, SequencedNames names) {
        this.overlay = overlay;
        this.names = names;
        this.constraints = overlay.store.constraints().newest();
    }

    /** A node that is to hold values which no other node may hold. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Wish(Claim claim, UniqueClaims claims, int node, Value[] values) {
        private DeclaredConstraint constraint() {
            return claim.constraint();
        }
    }

    static ConstraintCheck of(Overlay overlay, SequencedNames names) {
        ConstraintCheck check = new ConstraintCheck(overlay, names);
        if (!check.constraints.isEmpty()) {
            check.nodes();
        }
        return check;
    }

    /** This one, or a new one where constraints have come or gone since. */
    ConstraintCheck upToDate() {
        boolean same = constraints == overlay.store.constraints().newest();
        return same ? this : of(overlay, names);
    }

    /** What stands in the table of claims until the record is applied. */
    List<Claim> claims() {
        return wishes.stream().map(Wish::claim).toList();
    }

    /**
     * CONSTRAINT_VALIDATION_FAILED when the transaction breaks a constraint, WRITE_CONFLICT when that depends on a
     * record which is not applied yet. Under the sequencer's lock, after the search for conflicts.
     */
    void verify(ClaimTable onTheirWay, PendingTable pending) {
        SkeinException reason = broken;
        if (reason != null) {
            throw reason;
        }
        for (Wish wish : wishes) {
            if (onTheirWay.contains(wish.claim)) {
                throw undecided(wish, "another transaction that is about to commit claims these values");
            }
            HashIndex.Hits hits = wish.claims.holders(wish.claim.hash());
            for (int holder = hits.next(); holder >= 0; holder = hits.next()) {
                verify(wish, holder, pending);
            }
        }
    }

    private void verify(Wish wish, int holder, PendingTable pending) {
        NodeChange change = overlay.nodes.get(holder);
        Value[] held;
        if (change != null && decides(change)) {
            held = change.deleted || !change.hasLabel(labelToken(wish.constraint()))
                    ? null
                    : values(change, wish.constraint());
        } else if (pending.contains(Effect.NODE_CONTENT, holder, 0)
                || pending.contains(Effect.NODE_DELETION, holder, 0)) {
            throw undecided(
                    wish,
                    "node " + holder + " has these values, and another transaction that is about to"
                            + " commit changes or deletes it");
        } else {
            held = wish.claims.valuesOf(overlay.store.nodes().head(holder));
        }
        if (holder != wish.node && held != null && UniqueClaims.clash(held, wish.values)) {
            throw taken(wish.constraint(), wish.values, wish.node, holder);
        }
    }

    /** True when the transaction says what the node's content will be, and nobody else does. */
    private static boolean decides(NodeChange change) {
        return change.deleted || change.created() || change.contentChanged();
    }

    private void nodes() {
        Map<Claim, List<Wish>> byClaim = new HashMap<>();
        for (int i = 0; i < overlay.nodes.size(); i++) {
            NodeChange change = overlay.nodes.valueAt(i);
            if (!change.deleted && decides(change)) {
                node(overlay.nodes.keyAt(i), change, byClaim);
            }
        }
    }

    private void node(int slot, NodeChange change, Map<Claim, List<Wish>> byClaim) {
        for (int token : change.labels()) {
            NodeVersion base = change.base;
            boolean relabelled = base == null || !base.hasLabel(token);
            for (DeclaredConstraint constraint : constraints.on(labelId(token))) {
                if (relabelled || touches(change, constraint)) {
                    look(slot, constraint, values(change, constraint), byClaim);
                }
            }
        }
    }

    private void look(int slot, DeclaredConstraint constraint, Value[] values, Map<Claim, List<Wish>> byClaim) {
        if (broken == null && !DeclaredConstraint.allows(constraint.definition(), values)) {
            ConstraintRule rule = rule(constraint);
            broken = ConstraintText.refusal(ConstraintText.broken(slot, rule, List.of(values)), rule);
        }
        UniqueClaims claims = constraint.claims();
        long hash = claims == null ? UniqueClaims.FREE : UniqueClaims.hash(values);
        if (claims != null && hash != UniqueClaims.FREE) {
            Wish wish = new Wish(new Claim(constraint, hash), claims, slot, values);
            List<Wish> same = byClaim.computeIfAbsent(wish.claim, claim -> new ArrayList<>(1));
            for (Wish other : same) {
                if (broken == null && UniqueClaims.clash(other.values, values)) {
                    broken = taken(constraint, values, slot, other.node);
                }
            }
            same.add(wish);
            wishes.add(wish);
        }
    }

    private boolean touches(NodeChange change, DeclaredConstraint constraint) {
        PropertyChanges properties = change.properties();
        for (int key : constraint.keys()) {
            if (properties != null && properties.get(keyToken(key)) != null) {
                return true;
            }
        }
        return false;
    }

    private Value[] values(NodeChange change, DeclaredConstraint constraint) {
        int[] keys = constraint.keys();
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = MergedReads.property(change, keyToken(keys[i]));
        }
        return values;
    }

    /** The dictionary's id of the transaction's token; a name that is still on its way has no constraint. */
    private int labelId(int token) {
        return token >= 0 ? token : names.find(NameKind.LABEL, overlay.names.nameOf(NameKind.LABEL, token));
    }

    private int labelToken(DeclaredConstraint constraint) {
        return token(NameKind.LABEL, constraint.definition().label());
    }

    private int keyToken(int key) {
        return token(NameKind.PROPERTY_KEY, key);
    }

    /** The transaction's token of a dictionary's id: another one when it used the name before the dictionary had it. */
    private int token(NameKind kind, int id) {
        return overlay.names.names(kind).isEmpty()
                ? id
                : overlay.names.tokenOf(kind, overlay.store.dictionary().nameOf(kind, id));
    }

    private ConstraintRule rule(DeclaredConstraint constraint) {
        return ConstraintText.rule(constraint.definition(), overlay.store.dictionary());
    }

    private SkeinException taken(DeclaredConstraint constraint, Value[] values, int node, int holder) {
        ConstraintRule rule = rule(constraint);
        return ConstraintText.refusal(ConstraintText.held(node, holder, rule, List.of(values)), rule);
    }

    private SkeinException undecided(Wish wish, String fact) {
        ConstraintRule rule = rule(wish.constraint());
        return new SkeinException(
                ErrorCode.WRITE_CONFLICT,
                "Whether " + ConstraintText.having(wish.node, rule, List.of(wish.values))
                        + " is not decided yet: " + fact + ". The constraint is " + ConstraintText.of(rule)
                        + ". Nothing was changed; run the transaction again.");
    }
}
