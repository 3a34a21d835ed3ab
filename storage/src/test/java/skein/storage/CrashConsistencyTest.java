package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.wal.FaultDisk;
import skein.storage.wal.FaultDisk.Kept;
import skein.storage.wal.LogChunk;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Whatever a crash leaves of log, marks, lineage and snapshots, the database that is opened from it is in the state
 * after some record at or above the newest one that was acknowledged (reliability I13). Every operation on either disk
 * of a scenario is a crash point.
 */
final class CrashConsistencyTest {
    private static final int SUBSETS = 4;
    private static final DatabaseOptions OPTIONS = new DatabaseOptions(
            DatabaseOptions.standard(SingleNode.ID).log().withSegmentBytes(4096).withRecentBytes(0),
            DatabaseOptions.standard(SingleNode.ID).memory(),
            new SnapshotOptions(1, 0, 1));

    private static final AtomicLong RECOVERIES = new AtomicLong();
    private static final AtomicLong WRONG = new AtomicLong();
    private static final Set<String> SCENARIOS = ConcurrentHashMap.newKeySet();

    private final FaultDisk log = new FaultDisk();
    private final FaultDisk snapshots = new FaultDisk();

    /** State hashes by record, of every state that was ever visible. */
    private final Map<LogPosition, Long> states = new HashMap<>();

    private final List<Found> found = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private volatile LogPosition acknowledged = LogPosition.START;

    /** What a recovery brought back, to be compared once the whole history is known. */
    private record Found(String where, LogPosition end, long stateHash) {}

    @AfterAll
    static void sayHowMany() {
        System.out.println("crash consistency: " + RECOVERIES.get() + " recoveries, " + WRONG.get() + " wrong states");
        assertThat(RECOVERIES.get()).isGreaterThan(SCENARIOS.size() == 4 ? 20_000 : 0);
    }

    @Test
    void everyLossOfPowerWhileAMainWritesAndTakesSnapshots() {
        SCENARIOS.add("everyLossOfPowerWhileAMainWritesAndTakesSnapshots");
        long before = RECOVERIES.get();
        for (int seed = 0; seed < 10; seed++) {
            mainScenario(seed);
        }
        assertThat(RECOVERIES.get() - before).isGreaterThan(4_000);
    }

    private void mainScenario(int seed) {
        FaultDisk mainLog = new FaultDisk();
        FaultDisk mainSnapshots = new FaultDisk();
        begin();
        try (SingleNode main = SingleNode.main(mainLog, mainSnapshots, OPTIONS)) {
            settle(main);
            Crashes crashes = new Crashes(mainLog, mainSnapshots, "seed " + seed);
            crashes.watch();
            for (int i = 0; i < 45; i++) {
                write(main, seed + i);
                settle(main);
                if (i % 15 == 14) {
                    main.snapshot();
                }
            }
            crashes.end();
            assertThat(main.database().logStart().lsn()).isPositive();
        }
        check();
    }

    @Test
    void everyLossOfPowerWhileAReplicaFollowsAndDropsATail() {
        SCENARIOS.add("everyLossOfPowerWhileAReplicaFollowsAndDropsATail");
        List<LogChunk> stream = new ArrayList<>();
        Map<LogPosition, Long> live = new HashMap<>();
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            for (int i = 0; i < 40; i++) {
                live.put(main.database().logEnd(), main.database().stateHash());
                write(main, i);
            }
            live.put(main.database().logEnd(), main.database().stateHash());
            for (long lsn = 0;
                    lsn < main.database().logEnd().lsn();
                    lsn = stream.getLast().last().lsn()) {
                stream.add(main.database().read(lsn, 300).found().orElseThrow());
            }
        }
        begin();
        states.putAll(live);
        FaultDisk replicaLog = new FaultDisk();
        FaultDisk replicaSnapshots = new FaultDisk();
        try (SingleNode replica = SingleNode.replica(replicaLog, replicaSnapshots, OPTIONS)) {
            Crashes crashes = new Crashes(replicaLog, replicaSnapshots, "replica");
            crashes.watch();
            follow(replica, stream);
            crashes.end();
        }
        check();
    }

    /** Takes each chunk twice: once to drop it again, once to keep it. */
    private void follow(SingleNode replica, List<LogChunk> stream) {
        Database database = replica.database();
        for (LogChunk chunk : stream) {
            database.appendReplicated(chunk.records().duplicate());
            if (chunk.previous().lsn() > 0) {
                replica.awaitDurable(chunk.last().lsn());
                database.truncateAfter(chunk.previous().lsn());
                database.appendReplicated(chunk.records().duplicate());
            }
            replica.decide(chunk.last().lsn());
            acknowledged = chunk.last();
            if (chunk.last().lsn() % 17 == 0) {
                replica.snapshot();
            }
        }
    }

    /** Until it is complete nobody uses it; then all of it is there, whatever happens. */
    @Test
    void everyLossOfPowerWhileADatabaseIsMadeOfASnapshot(@TempDir Path directory) {
        Path file;
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(t -> t.createIndex("L1", "k"));
            for (int i = 0; i < 40; i++) {
                write(main, i);
            }
            file = Path.of(main.snapshot().file().path());
        }
        begin();
        Crashes crashes = new Crashes(log, snapshots, "import");
        crashes.watch();
        SnapshotImport.run(file, log, snapshots, OPTIONS);
        crashes.end();
        try (SingleNode made = SingleNode.replica(log.crash(Kept.ALL, new Random(1)), new FaultDisk(), OPTIONS);
                SingleNode replica = SingleNode.replica(new FaultDisk(), new FaultDisk(), OPTIONS)) {
            for (ByteBuffer record : made.log(0, 1)) {
                replica.decide(replica.database().appendReplicated(record).lsn());
                states.put(replica.database().logEnd(), replica.database().stateHash());
            }
            acknowledged = made.database().logEnd();
        }
        assertThat(acknowledged.lsn()).isGreaterThan(3);
        crashes.look(log, snapshots, true);
        check();
    }

    @Test
    void everyBytePrefixOfALog() {
        SCENARIOS.add("everyBytePrefixOfALog");
        begin();
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            settle(main);
            for (int i = 0; i < 12; i++) {
                write(main, i);
                settle(main);
            }
        }
        // as after a kill before the first mark: what is known to be on disk is nothing
        FaultDisk fresh = new FaultDisk();
        SingleNode.replica(fresh, new FaultDisk(), OPTIONS).close();
        acknowledged = LogPosition.START;
        Map<String, byte[]> files = new TreeMap<>(log.files());
        files.put("mark", bytes(fresh.files(), "mark"));
        List<String> names =
                files.keySet().stream().filter(name -> name.endsWith(".log")).toList();
        TreeMap<String, byte[]> prefix = new TreeMap<>(Map.of("mark", bytes(files, "mark")));
        for (String name : names) {
            byte[] whole = bytes(files, name);
            for (int length = 80; length <= whole.length; length++) {
                prefix.put(name, Arrays.copyOf(whole, length));
                recover(FaultDisk.of(prefix), new FaultDisk(), name + " cut at " + length);
            }
        }
        assertThat(found).hasSizeGreaterThan(2_000);
        check();
    }

    @Test
    void everyBitOfASmallLog() {
        SCENARIOS.add("everyBitOfASmallLog");
        begin();
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            settle(main);
            for (int i = 0; i < 4; i++) {
                write(main, i);
                settle(main);
            }
        }
        Map<String, byte[]> files = log.files();
        int refused = 0;
        for (String name : files.keySet()) {
            int bits = 8 * (name.equals("mark") ? 64 : content(bytes(files, name)));
            for (int bit = 0; bit < bits; bit++) {
                Map<String, byte[]> flipped = new TreeMap<>(files);
                byte[] copy = bytes(files, name).clone();
                copy[bit / 8] ^= (byte) (1 << bit % 8);
                flipped.put(name, copy);
                refused += recover(FaultDisk.of(flipped), new FaultDisk(), name + " bit " + bit) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(2_000);
        failures.removeIf(failure -> failure.contains("SkeinException"));
        check();
    }

    private static int content(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static byte[] bytes(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static void write(SingleNode main, int number) {
        main.write(t -> {
            long node = t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "L" + number % 3)});
            t.setNodeProperty(node, t.tokenFor(NameKind.PROPERTY_KEY, "k"), Value.of("v".repeat(number % 50 * 5)));
            t.createRelationship(t.tokenFor(NameKind.RELATIONSHIP_TYPE, "T"), node, number % 2 == 0 ? node : 0);
        });
    }

    private void begin() {
        states.clear();
        found.clear();
        failures.clear();
        acknowledged = LogPosition.START;
        states.put(LogPosition.START, 0L);
    }

    /** What the last commit left is acknowledged. */
    private void settle(SingleNode main) {
        states.put(main.database().logEnd(), main.database().stateHash());
        acknowledged = main.database().logEnd();
    }

    private void check() {
        for (Found each : found) {
            Long known = states.get(each.end);
            if (known == null) {
                failures.add(each.where + ": record " + each.end + " was never there");
            } else if (known != each.stateHash) {
                failures.add(each.where + ": another state after " + each.end);
            }
        }
        WRONG.addAndGet(failures.size());
        assertThat(failures).isEmpty();
    }

    /** Opens, decides what is there as the next MAIN would, and compares; false when it could not be opened. */
    private boolean recover(FaultDisk onLog, FaultDisk onSnapshots, String where) {
        RECOVERIES.incrementAndGet();
        long atLeast = acknowledged.lsn();
        try (SingleNode again = SingleNode.replica(onLog, onSnapshots, OPTIONS)) {
            LogPosition end = again.database().logEnd();
            again.database().decide(end.lsn());
            synchronized (this) {
                found.add(new Found(where, end, again.database().stateHash()));
                if (end.lsn() < atLeast) {
                    failures.add(where + ": record " + end.lsn() + " is the last, " + atLeast + " was acknowledged");
                }
            }
            return true;
        } catch (SkeinException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE);
            synchronized (this) {
                failures.add(where + ": " + e);
            }
            return false;
        }
    }

    /** Looks at what a crash would leave, on both disks at one moment, after every operation on either. */
    private final class Crashes {
        private final FaultDisk onLog;
        private final FaultDisk onSnapshots;
        private final String name;
        private int points;

        Crashes(FaultDisk onLog, FaultDisk onSnapshots, String name) {
            this.onLog = onLog;
            this.onSnapshots = onSnapshots;
            this.name = name;
        }

        void watch() {
            onLog.afterOperation(() -> look(onLog, onSnapshots, true));
            onSnapshots.afterOperation(() -> look(onSnapshots, onLog, false));
        }

        void end() {
            onLog.afterOperation(() -> {});
            onSnapshots.afterOperation(() -> {});
        }

        private synchronized void look(FaultDisk changed, FaultDisk other, boolean isLog) {
            Random random = new Random(points++);
            Set<Map<String, Integer>> seen = new HashSet<>();
            List<FaultDisk> images = changed.everyLossOfPower(random, SUBSETS);
            images.add(changed.crash(Kept.ALL, random));
            for (int i = 0; i < images.size(); i++) {
                FaultDisk image = images.get(i);
                if (!seen.add(fingerprint(image))) {
                    continue;
                }
                Kept kept = i == 0 ? Kept.NOTHING : i == images.size() - 1 ? Kept.ALL : Kept.SOME;
                FaultDisk beside = other.crash(kept, random);
                String where = name + ", point " + points + (isLog ? " of the log" : " of snapshots") + ", image " + i;
                FaultDisk foundLog = isLog ? image : beside;
                FaultDisk foundSnapshots = isLog ? beside : image;
                boolean watched = i == images.size() - 1 && points % 7 == 0;
                if (watched) {
                    foundLog.afterOperation(() -> recover(
                            foundLog.crash(Kept.NOTHING, random),
                            foundSnapshots.crash(Kept.NOTHING, random),
                            where + ", again while it recovered"));
                }
                recover(foundLog, foundSnapshots, where);
            }
        }

        private static Map<String, Integer> fingerprint(FaultDisk image) {
            Map<String, Integer> print = new HashMap<>();
            image.files().forEach((name, bytes) -> print.put(name, Arrays.hashCode(bytes)));
            return print;
        }
    }
}
