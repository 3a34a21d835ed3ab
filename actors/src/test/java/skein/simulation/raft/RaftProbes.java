package skein.simulation.raft;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** How often each rare place was reached, by all threads together. */
final class RaftProbes {
    private final Map<RaftProbe, LongAdder> counts = new EnumMap<>(RaftProbe.class);

    RaftProbes() {
        for (RaftProbe probe : RaftProbe.values()) {
            counts.put(probe, new LongAdder());
        }
    }

    void reached(RaftProbe probe) {
        LongAdder count = counts.get(probe);
        if (count != null) {
            count.increment();
        }
    }

    Set<RaftProbe> missing() {
        Set<RaftProbe> missing = EnumSet.noneOf(RaftProbe.class);
        counts.forEach((probe, count) -> {
            if (count.sum() == 0) {
                missing.add(probe);
            }
        });
        return missing;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
