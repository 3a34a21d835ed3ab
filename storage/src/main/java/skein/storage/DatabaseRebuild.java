package skein.storage;

import java.util.List;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordHeader;
import skein.storage.log.RecordKind;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogReplacement;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;

/**
 * REPLICA: gives up what this database holds for what its MAIN says. Either nothing of that has happened after a crash,
 * or the next {@link Database#open} ends what was begun; there is no state between the two.
 *
 * <p>Used by one thread, while nothing else changes the database. Whoever calls {@link #install} or
 * {@link #giveUpAfter} closes the database then and opens it again; until that, readers go on with the state they know.
 */
public final class DatabaseRebuild {
    private static final int PIECE_BYTES = 1 << 20;

    private final WriteAheadLog log;
    private final SnapshotDirectory snapshots;
    private final LogDisk logDisk;

    DatabaseRebuild(WriteAheadLog log, SnapshotDirectory snapshots, LogDisk logDisk) {
        this.log = log;
        this.snapshots = snapshots;
        this.logDisk = logDisk;
    }

    /** For opening: ends what was begun. */
    static void finish(LogDisk logDisk, LogDisk snapshotDisk) {
        LogReplacement.promised(logDisk).ifPresent(plan -> {
            SnapshotDirectory.open(snapshotDisk).installOnly(plan.start().lsn());
            LogReplacement.carryOut(logDisk, plan);
        });
    }

    /**
     * A snapshot that was received and verified takes the place of everything: the log then begins after its record.
     * Returns when that is for good. Whether its history is the one to follow, the caller has made sure.
     *
     * @param afterLsn the last record that the snapshot's history shares with this log: what follows it here is kept in
     *     a file beside the log unless that is switched off
     */
    public void install(SnapshotContent received, long afterLsn) {
        LogPosition position = received.head().position();
        Invariant.check(
                received.head().databaseId().equals(log.databaseId()),
                "a snapshot of database %s for database %s",
                received.head().databaseId(),
                log.databaseId());
        if (afterLsn < log.end().lsn()) {
            log.keepTail(afterLsn);
        }
        LogReplacement.promise(logDisk, new LogReplacement.Plan(log.databaseId(), position, received.lineage()));
    }

    /**
     * Drops every record after this one, applied or not, and keeps them in a file beside the log unless that is
     * switched off. What remains is brought back from an older snapshot or the log; when neither reaches back so far,
     * the database is empty when it is opened again, and its MAIN sends everything.
     */
    public GivenUp giveUpAfter(long lsn) {
        GivenUp givenUp = count(lsn);
        if (reachesBackTo(lsn)) {
            // snapshots first: what stands for a record that the log does not have is refused at the next opening
            snapshots.removeAfter(lsn);
            log.rewind(lsn);
        } else {
            log.keepTail(lsn);
            LogReplacement.promise(logDisk, new LogReplacement.Plan(log.databaseId(), LogPosition.START, List.of()));
        }
        return givenUp;
    }

    private boolean reachesBackTo(long lsn) {
        long start = log.start().lsn();
        boolean held = start <= lsn && lsn <= log.end().lsn();
        return held
                && (start == 0 || snapshots.list().stream().anyMatch(file -> file.lsn() <= lsn && file.lsn() >= start));
    }

    private GivenUp count(long lsn) {
        long after = Math.max(lsn, log.start().lsn());
        long end = log.end().lsn();
        long transactions = 0;
        for (long at = after; at < end; ) {
            LogChunk chunk = Invariant.present(
                    log.read(at, PIECE_BYTES).found().orElse(null), "the log has no record after %d", at);
            transactions += transactionsIn(chunk);
            at = chunk.last().lsn();
        }
        return new GivenUp(Math.max(0, end - after), transactions, after == lsn);
    }

    private static long transactionsIn(LogChunk chunk) {
        byte[] bytes = chunk.records().array();
        int at = chunk.records().arrayOffset() + chunk.records().position();
        int limit = at + chunk.records().remaining();
        long found = 0;
        while (at < limit) {
            RecordHeader header = RecordCodec.header(bytes, at, limit);
            found += header.kind() == RecordKind.EPOCH || header.kind() == RecordKind.NOOP ? 0 : 1;
            at += header.length();
        }
        return found;
    }
}
