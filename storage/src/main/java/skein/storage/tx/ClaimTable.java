package skein.storage.tx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.storage.graph.DeclaredConstraint;

/**
 * Values of unique constraints that records on their way will claim: sequenced, not applied. Guarded by the sequencer's
 * lock. Values are known by their hash alone; two values with one hash count as the same here, which costs a
 * transaction a repetition and nothing else.
 */
final class ClaimTable {
    /** From a claim to the newest record that makes it. */
    private final Map<Claim, Long> newest = new HashMap<>();

    /** The values with this hash, under this very constraint. */
    record Claim(DeclaredConstraint constraint, long hash) {}

    boolean contains(Claim claim) {
        return !newest.isEmpty() && newest.containsKey(claim);
    }

    void enter(List<Claim> claims, long lsn) {
        claims.forEach(claim -> newest.put(claim, lsn));
    }

    /** Takes the claims of an applied record out, but not where a newer record claims the same. */
    void leave(List<Claim> claims, long lsn) {
        claims.forEach(claim -> newest.remove(claim, lsn));
    }

    void clear() {
        newest.clear();
    }
}
