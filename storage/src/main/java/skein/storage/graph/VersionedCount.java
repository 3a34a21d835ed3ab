package skein.storage.graph;

import org.jspecify.annotations.Nullable;

/** A number that every snapshot sees as it was then. One writer, any readers. */
final class VersionedCount {
    private volatile Version head = new Version(0, 0, null);

    /** The count at a snapshot. */
    long at(long snapshot) {
        Version version = head;
        while (version.commitTs > snapshot && version.older != null) {
            version = version.older;
        }
        return version.commitTs > snapshot ? 0 : version.count;
    }

    /** The count after everything applied. */
    long latest() {
        return head.count;
    }

    /** Writer only. Forgets what no snapshot at or above {@code horizon} can ask for. */
    void add(long delta, long commitTs, long horizon) {
        Version before = head;
        if (before.commitTs == commitTs) {
            before.count += delta;
            return;
        }
        if (before.commitTs <= horizon) {
            before.older = null;
        }
        head = new Version(commitTs, before.count + delta, before);
    }

    private static final class Version {
        private final long commitTs;
        private long count;
        private @Nullable Version older;

        private Version(long commitTs, long count, @Nullable Version older) {
            this.commitTs = commitTs;
            this.count = count;
            this.older = older;
        }
    }
}
