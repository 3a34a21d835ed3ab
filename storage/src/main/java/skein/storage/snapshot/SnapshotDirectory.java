package skein.storage.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import skein.storage.failpoint.FailPoint;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphStore;
import skein.storage.wal.FileDisk;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * The snapshots of one database as files. A file is written under another name, forced, read back with every checksum,
 * renamed, and the directory is forced; only then does it count. Reading the list is safe from any thread, the rest is
 * for one at a time.
 *
 * <pre>
 * 0000000000000001234.snapshot           complete, of record 1234
 * 0000000000000001234.snapshot.tmp       left by a crash; removed when the directory is opened
 * 0000000000000001234.snapshot.incoming  on its way from a MAIN, perhaps not whole yet
 * 0000000000000001234.snapshot.damaged   was found damaged and put aside for people; never read, never removed
 * </pre>
 */
public final class SnapshotDirectory {
    private final LogDisk disk;

    /** Names of files that are being sent to replicas, as often as they are. Guarded by this. */
    private final List<String> exported = new ArrayList<>();

    private SnapshotDirectory(LogDisk disk) {
        this.disk = disk;
    }

    /** Removes what a crash left unfinished. */
    public static SnapshotDirectory open(LogDisk disk) {
        try {
            boolean removed = false;
            for (String name : disk.list()) {
                if (SnapshotName.isUnfinished(name)) {
                    disk.delete(name);
                    removed = true;
                }
            }
            if (removed) {
                disk.forceDirectory();
            }
            return new SnapshotDirectory(disk);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(disk.describe(""), e);
        }
    }

    /** How messages name the directory. */
    public String describe() {
        return disk.describe("");
    }

    /** How messages name the snapshot of a record. */
    public String describe(long lsn) {
        return disk.describe(SnapshotName.of(lsn));
    }

    /**
     * All complete snapshots, newest first. Looks at the first block of each; whether the rest is whole, it does not.
     */
    public List<SnapshotFile> list() {
        try {
            List<SnapshotFile> files = new ArrayList<>();
            for (String name : disk.list()) {
                if (SnapshotName.isSnapshot(name)) {
                    files.add(look(name));
                }
            }
            files.sort(Comparator.comparingLong(SnapshotFile::lsn).reversed());
            return files;
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(disk.describe(""), e);
        }
    }

    private SnapshotFile look(String name) throws IOException {
        String path = disk.describe(name);
        try (FileBlockSource source = new FileBlockSource(disk, name)) {
            return new SnapshotFile(name, path, SnapshotName.lsn(name), createdMicros(source), source.size());
        }
    }

    private static long createdMicros(BlockSource source) {
        try {
            BlockFeed feed = new BlockFeed(source);
            return SnapshotCodec.decodeHead(feed.content(feed.require(BlockKind.HEAD)))
                    .createdMicros();
        } catch (SkeinException damaged) {
            // told when somebody wants to use it
            return 0;
        }
    }

    /** What came of reading a snapshot. */
    public sealed interface Reading {
        /** Everything fitted. */
        record Whole(SnapshotContent content) implements Reading {}

        /** It is not what was written. */
        record Damaged(SkeinException reason) implements Reading {}
    }

    /**
     * Fills an empty graph, which is good for nothing when the snapshot is damaged. STORAGE_FAILURE when the file
     * cannot be read at all, which says nothing about what it holds.
     *
     * @param progress hears how many bytes were read so far
     */
    public Reading load(SnapshotFile file, GraphStore store, GraphApplier applier, int threads, LongConsumer progress) {
        try (BlockSource source = read(file)) {
            return new Reading.Whole(SnapshotLoader.load(source, store, applier, threads, progress));
        } catch (Invariant.InvariantViolation e) {
            return new Reading.Damaged(SnapshotDamage.in(file.path(), e));
        } catch (SkeinException e) {
            if (SnapshotDamage.isUnreadable(e)) {
                throw e;
            }
            return new Reading.Damaged(e);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(file.path(), e);
        }
    }

    /**
     * Reads a snapshot that lies anywhere; the caller closes the source. INVALID_ARGUMENT when there is no such file.
     */
    public static BlockSource read(Path file) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || !Files.isRegularFile(absolute)) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no snapshot " + absolute
                            + ". SHOW SNAPSHOTS lists those of a database; name the file as it"
                            + " is on the machine of this instance.");
        }
        try {
            return new FileBlockSource(
                    new FileDisk(parent), absolute.getFileName().toString());
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(absolute.toString(), e);
        }
    }

    /** As {@link #load}, but keeps nothing of it: only whether it is whole. */
    public Reading verify(SnapshotFile file) {
        try (BlockSource source = read(file)) {
            return new Reading.Whole(SnapshotLoader.verify(source));
        } catch (Invariant.InvariantViolation e) {
            return new Reading.Damaged(SnapshotDamage.in(file.path(), e));
        } catch (SkeinException e) {
            return new Reading.Damaged(e);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(file.path(), e);
        }
    }

    /** Reads a snapshot; the caller closes the source. */
    public BlockSource read(SnapshotFile file) {
        try {
            return new FileBlockSource(disk, file.name());
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(file.path(), e);
        }
    }

    /**
     * Writes a state and publishes it; everything up to its record must be durable in the log before. After a failure
     * (STORAGE_FAILURE with the reason, TRANSACTION_TERMINATED when cancelled) nothing is left of it.
     */
    public SnapshotFile write(PinnedState state, BooleanSupplier cancelled, SnapshotPace pace) {
        long lsn = state.head().position().lsn();
        String unfinished = SnapshotName.unfinished(lsn);
        String name = SnapshotName.of(lsn);
        try {
            FailPoint.SNAPSHOT_BEFORE_WRITE.reachedDisk();
            writeForced(unfinished, state, cancelled, pace);
            FailPoint.SNAPSHOT_WRITTEN.reached();
            SnapshotContent content = verify(unfinished, pace);
            FailPoint.SNAPSHOT_BEFORE_RENAME.reachedDisk();
            disk.rename(unfinished, name);
            FailPoint.SNAPSHOT_AFTER_RENAME.reached();
            disk.forceDirectory();
            FailPoint.SNAPSHOT_PUBLISHED.reached();
            return new SnapshotFile(
                    name, disk.describe(name), lsn, content.head().createdMicros(), content.bytes());
        } catch (IOException | RuntimeException | Error e) {
            removeQuietly(unfinished, e);
            throw e instanceof IOException io ? failed(name, io) : rethrown(e);
        }
    }

    private void writeForced(String unfinished, PinnedState state, BooleanSupplier cancelled, SnapshotPace pace)
            throws IOException {
        try (LogFile file = disk.create(unfinished)) {
            long[] end = {0};
            SnapshotWriter.write(
                    state,
                    block -> {
                        file.writeAt(end[0], block.bytes());
                        end[0] += block.length();
                        pace.rest();
                    },
                    cancelled);
            file.force();
        }
    }

    private SnapshotContent verify(String unfinished, SnapshotPace pace) throws IOException {
        try (BlockSource source = new FileBlockSource(disk, unfinished)) {
            return SnapshotLoader.verify(new PacedSource(source, pace));
        }
    }

    private void removeQuietly(String unfinished, Throwable reason) {
        try {
            if (disk.list().contains(unfinished)) {
                disk.delete(unfinished);
            }
        } catch (IOException e) {
            // the next start removes it
            reason.addSuppressed(e);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException expected ? expected : new IllegalStateException(e);
    }

    private SkeinException failed(String name, IOException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot " + disk.describe(name) + " could not be written: " + cause.getMessage()
                        + ". Nothing is left of it; the log holds everything, and commits go on. Free space on the disk"
                        + " or check it; the next snapshot is tried as scheduled.",
                cause);
    }

    /** Removes all but the newest and those that are being exported; answers what stays, newest first. */
    public synchronized List<SnapshotFile> retain(int newest) {
        List<SnapshotFile> all = list();
        List<SnapshotFile> kept = new ArrayList<>(all.subList(0, Math.min(newest, all.size())));
        List<SnapshotFile> gone = new ArrayList<>();
        for (SnapshotFile file : all.subList(kept.size(), all.size())) {
            (exported.contains(file.name()) ? kept : gone).add(file);
        }
        // the oldest first: whatever a crash leaves, the newest are among it
        remove(gone.reversed().stream().map(SnapshotFile::name).toList());
        return kept;
    }

    private void remove(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        try {
            for (String name : names) {
                disk.delete(name);
            }
            disk.forceDirectory();
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(disk.describe(""), e);
        }
    }

    /**
     * Opens a snapshot for a replica; the caller closes it. Empty when it is gone meanwhile. STORAGE_FAILURE when its
     * first block is damaged.
     */
    public synchronized Optional<SnapshotExport> export(SnapshotFile file) {
        try {
            if (!disk.list().contains(file.name())) {
                return Optional.empty();
            }
            SnapshotHead head;
            try (FileBlockSource source = new FileBlockSource(disk, file.name())) {
                BlockFeed feed = new BlockFeed(source);
                head = SnapshotCodec.decodeHead(feed.content(feed.require(BlockKind.HEAD)));
            }
            var outline = new SnapshotOutline(head.databaseId(), head.position(), head.createdMicros(), file.bytes());
            LogFile opened = disk.open(file.name());
            exported.add(file.name());
            return Optional.of(new SnapshotExport(opened, file, outline, () -> exportEnded(file.name())));
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(file.path(), e);
        }
    }

    private synchronized void exportEnded(String name) {
        exported.remove(name);
    }

    /** Goes on receiving this snapshot, or begins to; the caller closes it. */
    public IncomingSnapshot receive(SnapshotOutline outline) {
        try {
            return IncomingSnapshot.open(disk, outline);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(
                    disk.describe(SnapshotName.incoming(outline.position().lsn())), e);
        }
    }

    /** Removes those that stand for later records. */
    public void removeAfter(long lsn) {
        remove(list().stream()
                .filter(file -> file.lsn() > lsn)
                .map(SnapshotFile::name)
                .toList());
    }

    /** Gives a received snapshot of this record its name and removes all others; 0: removes all. Again does nothing. */
    public void installOnly(long lsn) {
        String name = SnapshotName.of(lsn);
        try {
            List<String> names = disk.list();
            if (lsn > 0 && names.contains(SnapshotName.incoming(lsn))) {
                disk.rename(SnapshotName.incoming(lsn), name);
                disk.forceDirectory();
            }
            remove(disk.list().stream()
                    .filter(other -> SnapshotName.isSnapshot(other) || SnapshotName.isIncoming(other))
                    .filter(other -> lsn == 0 || !other.equals(name))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(disk.describe(name), e);
        }
    }

    /** Puts a damaged snapshot aside, so that it is not tried again; answers where it is now. */
    public String putAside(SnapshotFile file) {
        String aside = SnapshotName.damaged(file.name());
        try {
            disk.rename(file.name(), aside);
            disk.forceDirectory();
            return disk.describe(aside);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(file.path(), e);
        }
    }
}
