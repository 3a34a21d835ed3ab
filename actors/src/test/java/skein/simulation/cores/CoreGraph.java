package skein.simulation.cores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import skein.simulation.cores.CoreBook.Change;

/** What the applied records of a log say, in versions: a read at a record sees nothing that came after it. */
final class CoreGraph {
    private final CoreLog log;
    private final CoreBook book;
    private final Map<Long, List<Version>> versions = new HashMap<>();
    private long foldedLsn;
    private long changesSeen;

    private record Version(long lsn, long value) {}

    CoreGraph(CoreLog log, CoreBook book) {
        this.log = log;
        this.book = book;
    }

    /** The log holds something else than before. */
    void begin() {
        versions.clear();
        foldedLsn = 0;
        changesSeen = log.changes();
    }

    private List<Version> of(long key) {
        if (changesSeen != log.changes() || foldedLsn > log.appliedLsn()) {
            begin();
        }
        while (foldedLsn < log.appliedLsn()) {
            foldedLsn++;
            for (Change change : book.of(log.value(foldedLsn))) {
                versions.computeIfAbsent(change.key(), _ -> new ArrayList<>())
                        .add(new Version(foldedLsn, change.value()));
            }
        }
        return versions.getOrDefault(key, List.of());
    }

    /** All values that were put under the key up to this record, oldest first. */
    long[] list(long key, long snapshotLsn) {
        return of(key).stream()
                .filter(version -> version.lsn() <= snapshotLsn)
                .mapToLong(Version::value)
                .toArray();
    }

    /** The newest value under the key up to this record. */
    OptionalLong newest(long key, long snapshotLsn) {
        long[] all = list(key, snapshotLsn);
        return all.length == 0 ? OptionalLong.empty() : OptionalLong.of(all[all.length - 1]);
    }

    /** True when one of the keys that the operation writes was written after the snapshot it has read. */
    boolean hasChanged(Operation operation) {
        List<Change> wanted = book.of(operation.value());
        for (Change change : wanted) {
            List<Version> known = of(change.key());
            if (!known.isEmpty() && known.getLast().lsn() > operation.snapshotLsn()) {
                return true;
            }
        }
        for (long lsn = log.appliedLsn() + 1;
                !wanted.isEmpty() && lsn <= log.end().lsn();
                lsn++) {
            for (Change pending : book.of(log.entry(lsn).value())) {
                if (wanted.stream().anyMatch(change -> change.key() == pending.key())) {
                    return true;
                }
            }
        }
        return false;
    }
}
