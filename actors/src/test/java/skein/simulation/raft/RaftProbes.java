package skein.simulation.raft;

import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often each rare place was reached, by all threads together. */
final class RaftProbes {
    private final AtomicLongArray counts = new AtomicLongArray(RaftProbe.values().length);

    void reached(RaftProbe probe) {
        counts.incrementAndGet(probe.ordinal());
    }

    Set<RaftProbe> missing() {
        Set<RaftProbe> missing = EnumSet.allOf(RaftProbe.class);
        missing.removeIf(probe -> counts.get(probe.ordinal()) > 0);
        return missing;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        for (RaftProbe probe : RaftProbe.values()) {
            text.add(probe + "=" + counts.get(probe.ordinal()));
        }
        return text.toString();
    }
}
