package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.replication.core.CatchUpCosts;
import skein.replication.core.CatchUpCosts.Candidate;
import skein.replication.core.StreamInput;
import skein.vocabulary.Invariant;

/** The snapshots of a MAIN, as a stream sends them: the one that is open stays. */
final class CoreShelf {
    /** As if every record were megabytes long: else the log would always be the shorter way. */
    private static final long SCALE = 1 << 20;

    private final CoreDatabase database;
    private @Nullable CoreSnapshot open;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    CoreShelf(CoreDatabase database) {
        this.database = database;
    }

    CatchUpCosts costsAfter(long lsn) {
        CoreLog log = database.log();
        List<Candidate> candidates = log.snapshots().stream()
                .filter(snapshot -> snapshot.lsn() >= log.start().lsn())
                .map(snapshot -> new Candidate(snapshot.lsn(), snapshot.bytes() * SCALE, logBytesAfter(snapshot.lsn())))
                .toList();
        long graphBytes = log.appliedLsn() * Long.BYTES * SCALE;
        return new CatchUpCosts(logBytesAfter(lsn), graphBytes, !database.isSystem(), candidates);
    }

    private long logBytesAfter(long lsn) {
        CoreLog log = database.log();
        return (log.end().lsn() - Math.max(lsn, log.start().lsn())) * CoreRecord.BYTES * SCALE;
    }

    StreamInput open(long lsn) {
        open = database.log().snapshots().stream()
                .filter(snapshot -> snapshot.lsn() == lsn)
                .findFirst()
                .orElse(null);
        CoreSnapshot found = open;
        if (found == null) {
            return new StreamInput.NoSnapshot("the snapshot of record " + lsn + " is gone.");
        }
        bytes = found.encoded();
        return new StreamInput.SnapshotOpened(
                new OfferSnapshot(found.position(), found.createdMicros(), bytes.remaining()));
    }

    StreamInput read(long offset, int bytesMax) {
        Invariant.check(open != null, "no snapshot is being sent");
        int length = Math.min(bytesMax, bytes.limit() - Math.toIntExact(offset));
        return new StreamInput.BlocksFetched(bytes.slice(Math.toIntExact(offset), length));
    }

    void close() {
        open = null;
    }

    /** The log after this record must stay. */
    long inUseLsn() {
        CoreSnapshot sent = open;
        return sent == null ? Long.MAX_VALUE : sent.lsn();
    }
}
