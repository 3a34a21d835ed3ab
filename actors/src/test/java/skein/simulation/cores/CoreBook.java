package skein.simulation.cores;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the values of records mean: a record of a simulated log has room for a number only. */
final class CoreBook {
    private final Map<Long, List<Change>> changes = new HashMap<>();

    /** A value put under a key; the values of a key in the order of the log are its history. */
    record Change(long key, long value) {}

    void write(long record, List<Change> all) {
        if (!all.isEmpty()) {
            changes.put(record, List.copyOf(all));
        }
    }

    List<Change> of(long record) {
        return changes.getOrDefault(record, List.of());
    }
}
