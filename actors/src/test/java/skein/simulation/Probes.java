package skein.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each rare place was reached, over any number of runs. Confined to one thread. */
public final class Probes {
    private final Map<Probe, Long> counts = new EnumMap<>(Probe.class);

    void reached(Probe probe) {
        counts.merge(probe, 1L, Long::sum);
    }

    public void add(Probes others) {
        others.counts.forEach((probe, count) -> counts.merge(probe, count, Long::sum));
    }

    public long count(Probe probe) {
        return counts.getOrDefault(probe, 0L);
    }

    /** Those of the expected that were never reached. */
    public Set<Probe> missing(Set<Probe> expected) {
        Set<Probe> missing = EnumSet.copyOf(expected);
        missing.removeAll(counts.keySet());
        return missing;
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        counts.forEach((probe, count) -> lines.add(probe + "=" + count));
        return String.join(" ", lines);
    }
}
