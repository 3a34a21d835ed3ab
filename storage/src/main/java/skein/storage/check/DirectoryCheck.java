package skein.storage.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.LogListener;
import skein.storage.check.CheckReport.Part;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.DirectoryLock;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogDirectory;
import skein.storage.wal.LogSettings;
import skein.storage.wal.ReadOnlyDisk;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Checks a stopped data directory. Of every log: both slots of its mark, the header of each segment, the checksum of
 * each record, the chain from the first to the last. Of every database also each snapshot, and what follows from the
 * newest snapshot and the log: both sides of each relationship, members of labels and types, entries of indexes, counts
 * and the state hash, each against a scan.
 *
 * <p>One that is damaged does not keep the others from being checked. In a damaged log the first damage is reported:
 * what stands after it cannot be trusted to be what it seems.
 */
public final class DirectoryCheck {
    private static final String DATABASES = "databases";
    private static final String SNAPSHOTS = "snapshots";

    /** A database is read twice: for the checks of the log, then for what follows from it. */
    private static final long PASSES = 2;

    private static final long TRANSACTION_BYTES_MAX = 1 << 20;

    private final Path directory;
    private final Progress progress;

    private DirectoryCheck(Path directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Hears how far the check has come. */
    public interface Progress {
        /** @param done of {@code total}, in no particular unit */
        void reached(String part, long done, long total);
    }

    /**
     * Checks everything in the directory. Fails with STORAGE_FAILURE, without having looked, when the directory is in
     * use, and with INVALID_ARGUMENT when it is no data directory.
     */
    public static CheckReport of(Path directory, Progress progress) {
        if (!LogDirectory.isDirectory(directory)) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no directory " + directory + ". Name the data directory of an instance, as its"
                            + " --data-directory does.");
        }
        Optional<DirectoryLock> lock = DirectoryLock.acquireUntouched(directory);
        try {
            return new DirectoryCheck(directory, progress).run();
        } finally {
            lock.ifPresent(DirectoryLock::close);
        }
    }

    private CheckReport run() {
        List<Part> parts = new ArrayList<>();
        for (Path path : LogDirectory.within(directory)) {
            boolean database = directory.relativize(path).startsWith(DATABASES);
            parts.add(database ? database(path) : plainLog(path));
        }
        if (parts.isEmpty()) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is nothing to check in " + directory + ": it holds no log. Name the data directory of an"
                            + " instance, as its --data-directory does.");
        }
        return new CheckReport(parts);
    }

    private Part database(Path path) {
        List<String> notes = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        String facts = "";
        try {
            LongConsumer meter = meter(path);
            ReadOnlyDisk disk = new ReadOnlyDisk(path, meter);
            ReadOnlyDisk snapshots = new ReadOnlyDisk(path.resolve(SNAPSHOTS), meter);
            snapshots(snapshots, notes, findings);
            try (Database database = Database.open(disk, snapshots, options(), SILENT)) {
                noteTornTail(disk, notes);
                findings.addAll(database.audit());
                facts = facts(database);
                long undecided = database.logEnd().lsn() - database.decidedLsn();
                if (undecided > 0) {
                    notes.add(undecided + " records at the end of the log are not decided yet; the next MAIN decides");
                }
            }
        } catch (IOException e) {
            findings.add(words(unreadable(path, e)));
        } catch (RuntimeException e) {
            findings.add(e instanceof SkeinException expected ? words(expected) : broken(path, e));
        }
        return part(path, facts, notes, findings);
    }

    private static void snapshots(ReadOnlyDisk disk, List<String> notes, List<String> findings) {
        SnapshotDirectory snapshots = SnapshotDirectory.open(disk);
        int whole = 0;
        for (SnapshotFile file : snapshots.list()) {
            switch (snapshots.verify(file)) {
                case SnapshotDirectory.Reading.Whole ignored -> whole++;
                case SnapshotDirectory.Reading.Damaged(SkeinException reason) -> findings.add(words(reason));
            }
        }
        if (whole > 0) {
            notes.add("%d %s whole".formatted(whole, whole == 1 ? "snapshot is" : "snapshots are"));
        }
    }

    private Part plainLog(Path path) {
        List<String> notes = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        String facts = "";
        try {
            ReadOnlyDisk disk = new ReadOnlyDisk(path, meter(path));
            try (WriteAheadLog log = WriteAheadLog.open(disk, options().log(), NOBODY)) {
                noteTornTail(disk, notes);
                facts = log.end().lsn() - log.start().lsn() + " records";
            }
        } catch (IOException e) {
            findings.add(words(unreadable(path, e)));
        } catch (RuntimeException e) {
            findings.add(e instanceof SkeinException expected ? words(expected) : broken(path, e));
        }
        return part(path, facts, notes, findings);
    }

    /** Only a torn tail makes recovery write a segment. */
    private static void noteTornTail(ReadOnlyDisk disk, List<String> notes) {
        disk.changes().stream()
                .filter(LogDirectory::isSegment)
                .forEach(name -> notes.add("the log ends torn in " + disk.describe(name)
                        + ", as a crash may leave it; the next start removes what nobody was told of"));
    }

    private static String facts(Database database) {
        try (StoreTransaction transaction = database.begin(AccessMode.READ)) {
            return "%d records, %d nodes, %d relationships, state hash %016x"
                    .formatted(
                            database.logEnd().lsn(),
                            transaction.nodeCount(),
                            transaction.relationshipCount(),
                            database.stateHash());
        }
    }

    private static String words(SkeinException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static String broken(Path path, RuntimeException failure) {
        return "What stands in " + path + " cannot be applied: " + failure
                + ". Nothing was changed. Restore this instance from a replica or a backup.";
    }

    private Part part(Path path, String facts, List<String> notes, List<String> findings) {
        return new Part(directory.relativize(path).toString(), facts, notes, findings);
    }

    private LongConsumer meter(Path path) {
        String name = directory.relativize(path).toString();
        long total = PASSES * LogDirectory.bytesIn(path);
        long[] done = new long[1];
        return count -> {
            done[0] = Math.min(total, done[0] + count);
            progress.reached(name, done[0], total);
        };
    }

    private static DatabaseOptions options() {
        UUID notUsed = new UUID(0, 0);
        return new DatabaseOptions(LogSettings.standard(notUsed), TRANSACTION_BYTES_MAX);
    }

    private static SkeinException unreadable(Path path, IOException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                path + " cannot be read: " + cause + ". Check the disk and the permissions.",
                cause);
    }

    private static final DurabilityListener NOBODY = new DurabilityListener() {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {}
    };

    private static final LogListener SILENT = new LogListener() {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {}

        @Override
        public void systemRecord(long lsn, byte[] payload) {}
    };
}
