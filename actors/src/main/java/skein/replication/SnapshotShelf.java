package skein.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.replication.core.CatchUpCosts;
import skein.replication.core.CatchUpCosts.Candidate;
import skein.replication.core.StreamInput;
import skein.storage.Database;
import skein.storage.snapshot.SnapshotExport;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.snapshot.SnapshotOutline;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * The snapshots that a stream may send, and the one it sends. It is held open only while a connection sends it: a
 * replica that is gone keeps neither files nor log. Confined to its stream.
 */
final class SnapshotShelf {
    private final DatabaseCell cell;
    private @Nullable SnapshotExport open;

    /** What the replica had of a snapshot when it was last sent. */
    private long begunLsn;

    private long begunBytes;

    SnapshotShelf(DatabaseCell cell) {
        this.cell = cell;
    }

    /** What it takes to bring a replica up to date that ends with this record. */
    CatchUpCosts costsAfter(long lsn) {
        Database database = cell.database();
        long start = database.logStart().lsn();
        List<Candidate> candidates = database.snapshotFiles().stream()
                .filter(file -> file.lsn() >= start)
                .map(file -> new Candidate(
                        file.lsn(),
                        file.bytes() - (file.lsn() == begunLsn ? begunBytes : 0),
                        database.logBytesAfter(file.lsn())))
                .toList();
        return new CatchUpCosts(database.logBytesAfter(lsn), database.graphBytes(), database.canSnapshot(), candidates);
    }

    StreamInput open(long lsn) {
        close();
        try {
            Optional<SnapshotExport> opened = file(lsn).flatMap(cell.database()::exportSnapshot);
            if (opened.isEmpty()) {
                return new StreamInput.NoSnapshot("the snapshot of record " + lsn + " is gone.");
            }
            open = opened.get();
            SnapshotOutline outline = open.outline();
            return new StreamInput.SnapshotOpened(
                    new OfferSnapshot(outline.position(), outline.createdMicros(), outline.bytes()));
        } catch (SkeinException e) {
            return damaged(lsn, e);
        }
    }

    private Optional<SnapshotFile> file(long lsn) {
        return cell.database().snapshotFiles().stream()
                .filter(file -> file.lsn() == lsn)
                .findFirst();
    }

    StreamInput read(long offset, int bytesMax) {
        SnapshotExport sent = Invariant.present(open, "no snapshot is being sent");
        try {
            return new StreamInput.BlocksFetched(sent.read(offset, bytesMax));
        } catch (SkeinException e) {
            return damaged(sent.file().lsn(), e);
        }
    }

    /** Another one is taken next time. */
    private StreamInput damaged(long lsn, SkeinException reason) {
        close();
        String aside = file(lsn)
                .map(file -> " It is now " + cell.database().putAside(file) + ".")
                .orElse("");
        return new StreamInput.NoSnapshot(reason.getMessage() + aside);
    }

    /** @param receivedBytes what the replica has of it */
    void close(long receivedBytes) {
        SnapshotExport sent = open;
        if (sent != null && receivedBytes > 0) {
            begunLsn = sent.file().lsn();
            begunBytes = receivedBytes;
        }
        close();
    }

    void close() {
        SnapshotExport sent = open;
        open = null;
        if (sent != null) {
            sent.close();
        }
    }

    /** Takes a snapshot; says on some thread why there is none, or null. */
    void make(Consumer<@Nullable String> made) {
        Runnable work = () -> {
            try {
                cell.snapshots().create();
                made.accept(null);
            } catch (RuntimeException e) {
                made.accept(String.valueOf(e.getMessage()));
            }
        };
        cell.platform().thread("skein-snapshot-for-replica", work).start();
    }
}
