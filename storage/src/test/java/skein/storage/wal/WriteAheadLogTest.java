package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.storage.log.LogRecord;
import skein.storage.log.RandomRecords;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordBody.SystemPayload;
import skein.storage.log.RecordCodec;
import skein.storage.wal.FaultDisk.Kept;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

class WriteAheadLogTest {
    private static final int CHUNK_BYTES = 3000;

    private final FaultDisk disk = new FaultDisk();
    private final ListenerProbe listener = new ListenerProbe();
    private final List<WriteAheadLog> opened = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        opened.forEach(WriteAheadLog::close);
    }

    private WriteAheadLog open(FaultDisk on, LogSettings settings) {
        WriteAheadLog log = WriteAheadLog.open(on, settings, listener);
        opened.add(log);
        return log;
    }

    private WriteAheadLog open() {
        return open(disk, RecordedLog.settings());
    }

    private static byte[] draft(int payloadBytes) {
        return RecordCodec.draft(new SystemPayload(new byte[payloadBytes]));
    }

    @Test
    void whatWasAppendedIsReadBackFromMemoryAndFromFiles() {
        WriteAheadLog log = open();
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(1), 300, 7);
        List<Integer> crcs = history.stream().map(LogPosition::crc).toList();
        assertThat(RecordedLog.crcs(RecordedLog.readAll(log, CHUNK_BYTES))).isEqualTo(crcs);
        log.close();
        WriteAheadLog again = open();
        assertThat(again.end()).isEqualTo(history.getLast());
        assertThat(again.durableLsn()).isEqualTo(300);
        assertThat(RecordedLog.crcs(RecordedLog.readAll(again, CHUNK_BYTES))).isEqualTo(crcs);
        assertThat(again.databaseId()).isEqualTo(RecordedLog.DATABASE);
    }

    @Test
    void readersMayBeginAnywhere() {
        WriteAheadLog log = open(disk, RecordedLog.settings().withRecentBytes(2000));
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(2), 200, 7);
        for (int i = 0; i < history.size(); i++) {
            LogPosition previous = i == 0 ? LogPosition.START : history.get(i - 1);
            LogChunk chunk = log.read(i, 1).found().orElseThrow();
            assertThat(chunk.previous()).isEqualTo(previous);
            assertThat(chunk.last()).isEqualTo(history.get(i));
            assertThat(log.positionOf(i + 1)).contains(history.get(i));
        }
        assertThat(log.read(200, CHUNK_BYTES)).isEqualTo(new LogRead.AtEnd());
        assertThat(log.read(500, CHUNK_BYTES)).isEqualTo(new LogRead.AtEnd());
        assertThat(log.positionOf(201)).isEmpty();
        assertThat(log.positionOf(0)).contains(LogPosition.START);
    }

    @Test
    void lineageTellsTheReignOfEveryRecord() {
        WriteAheadLog log = open();
        LogPosition first = log.openReign(new Epoch(1, new UUID(0, 1)), 1);
        log.append(draft(10), 2);
        LogPosition second = log.openReign(new Epoch(5, new UUID(0, 5)), 3);
        log.append(draft(10), 4);
        assertThat(log.lineage()).containsExactly(first, second);
        log.close();
        WriteAheadLog again = open();
        assertThat(again.lineage()).containsExactly(first, second);
        assertThat(again.positionOf(2).orElseThrow().epoch()).isEqualTo(first.epoch());
        assertThat(again.positionOf(4).orElseThrow().epoch()).isEqualTo(second.epoch());
        assertThatThrownBy(() -> again.openReign(new Epoch(5, new UUID(0, 6)), 5))
                .hasMessageContaining("does not follow");
    }

    @Test
    void oneForceServesAllThatGatheredWhileTheDiskWasBusy() {
        WriteAheadLog log = open();
        ForceGate gate = new ForceGate();
        disk.beforeForce(gate);
        log.append(draft(10), 0);
        gate.awaitArrival();
        int forces = disk.forces();
        for (int i = 0; i < 30; i++) {
            log.append(draft(10), 0);
        }
        assertThat(listener.durable()).isEmpty();
        assertThat(log.durableLsn()).isZero();
        assertThat(log.end().lsn()).isEqualTo(31);
        assertThat(log.read(0, CHUNK_BYTES * 10).found().orElseThrow().last().lsn())
                .isEqualTo(31);
        gate.open();
        await().until(() -> listener.last() == 31);
        assertThat(listener.durable()).containsExactly(1L, 31L);
        assertThat(disk.forces()).isEqualTo(forces + 2);
        LogCounters counters = log.counters();
        assertThat(counters.records()).isEqualTo(31);
        assertThat(counters.batches()).isEqualTo(2);
        assertThat(counters.forces()).isEqualTo(2);
        assertThat(counters.bytes()).isGreaterThan(31 * 10);
    }

    @Test
    void nothingIsReportedBeforeItIsForced() {
        WriteAheadLog log = open();
        Random random = new Random(3);
        disk.beforeForce(() -> {
            long reported = listener.last();
            try {
                assertThat(RecordedLog.recover(disk.crash(Kept.NOTHING, random)).lsn())
                        .isGreaterThanOrEqualTo(reported);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        RecordedLog.append(log, new RandomRecords(3), 100, 3);
        assertThat(listener.last()).isEqualTo(100);
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void concurrentAppendersGetDensePositions() throws Exception {
        WriteAheadLog log = open();
        List<CompletableFuture<List<Long>>> appenders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int size = 10 + i;
            appenders.add(CompletableFuture.supplyAsync(() -> LongStream.range(0, 400)
                    .map(k -> log.append(draft(size), k).lsn())
                    .boxed()
                    .toList()));
        }
        List<Long> all = new ArrayList<>();
        for (CompletableFuture<List<Long>> appender : appenders) {
            assertThat(appender.get()).isSorted();
            all.addAll(appender.get());
        }
        Collections.sort(all);
        assertThat(all).isEqualTo(LongStream.rangeClosed(1, 3200).boxed().toList());
        await().until(() -> listener.last() == 3200);
        assertThat(listener.durable()).isSorted();
        assertThat(RecordedLog.readAll(log, CHUNK_BYTES)).hasSize(3200);
        log.close();
        assertThat(RecordedLog.readAll(open(), CHUNK_BYTES)).hasSize(3200);
    }

    @Test
    void readersFollowAWritingLog() {
        WriteAheadLog log = open(disk, RecordedLog.settings().withRecentBytes(500));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 3000; i++) {
                log.append(draft(i % 200), 0);
            }
        });
        LogPosition last = LogPosition.START;
        while (last.lsn() < 3000) {
            LogChunk chunk = log.read(last.lsn(), CHUNK_BYTES).found().orElse(null);
            if (chunk != null) {
                assertThat(chunk.previous()).isEqualTo(last);
                List<LogRecord> records = RecordedLog.decode(chunk);
                assertThat(records.getFirst().lsn()).isEqualTo(last.lsn() + 1);
                last = chunk.last();
            }
        }
        writing.join();
    }

    @Test
    void aFailedForceIsTheEnd() {
        WriteAheadLog log = open();
        log.append(draft(10), 0);
        log.flush();
        disk.failForces(new IOException("the drive is on fire"));
        log.append(draft(10), 0);
        await().until(() -> !listener.failures().isEmpty());
        assertThat(listener.failures()).hasSize(1);
        assertThat(listener.failures().getFirst().code()).isEqualTo(ErrorCode.STORAGE_FAILURE);
        assertThat(listener.failures().getFirst()).hasMessageContaining("the drive is on fire");
        disk.failForces(null);
        assertThatThrownBy(() -> log.append(draft(10), 0)).hasMessageContaining("the drive is on fire");
        assertThatThrownBy(log::flush).isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> log.truncateAfter(0)).isInstanceOf(SkeinException.class);
        log.close();
        assertThat(listener.failures()).hasSize(1);
        assertThat(listener.last()).isEqualTo(1);
        assertThat(log.durableLsn()).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsStopsTheLog() {
        List<SkeinException> failures = Collections.synchronizedList(new ArrayList<>());
        WriteAheadLog log = WriteAheadLog.open(disk, RecordedLog.settings(), new DurabilityListener() {
            @Override
            public void durable(long lsn) {
                throw new IllegalStateException("cannot take record " + lsn);
            }

            @Override
            public void failed(SkeinException reason) {
                failures.add(reason);
            }
        });
        opened.add(log);
        log.append(draft(1), 0);
        await().until(() -> failures.size() == 1);
        assertThat(failures.getFirst()).hasMessageContaining("cannot take record 1");
    }

    @Test
    void aFullQueueRefusesBeforeAnLsnIsSpent() throws Exception {
        WriteAheadLog log = open(disk, RecordedLog.settings().withQueueBytes(2000));
        ForceGate gate = new ForceGate();
        disk.beforeForce(gate);
        log.append(draft(10), 0);
        gate.awaitArrival();
        log.append(draft(3000), 0);
        assertThatThrownBy(() -> log.append(draft(10), 0))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.code().isTransient()).isTrue())
                .hasMessageContaining("The log is behind");
        assertThat(log.end().lsn()).isEqualTo(2);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                log.awaitRoom();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(waiting).isNotDone();
        gate.open();
        waiting.get();
        assertThat(log.append(draft(10), 0).lsn()).isEqualTo(3);
    }

    @Test
    void aRecordLongerThanASegmentGetsALongerSegment() {
        WriteAheadLog log = open();
        log.append(draft(100), 0);
        log.append(draft(3 * RecordedLog.SEGMENT_BYTES), 0);
        log.append(draft(2 << 20), 0);
        log.append(draft(100), 0);
        log.close();
        assertThat(disk.files().keySet())
                .containsExactly(
                        SegmentFormat.nameOf(1),
                        SegmentFormat.nameOf(2),
                        SegmentFormat.nameOf(3),
                        SegmentFormat.nameOf(4),
                        "mark");
        assertThat(RecordedLog.readAll(open(), CHUNK_BYTES)).hasSize(4);
    }

    @Test
    void aSmallLogStaysSmall() {
        WriteAheadLog log = open(disk, LogSettings.standard(RecordedLog.DATABASE));
        RecordedLog.append(log, new RandomRecords(5), 20, 5);
        assertThat(disk.files().values().stream()
                        .mapToInt(bytes -> bytes.length)
                        .sum())
                .isLessThan(200_000);
    }

    @Test
    void theDecidedMarkReachesTheDiskByItselfAndNeverExceedsWhatWasForced() throws IOException {
        WriteAheadLog log = open();
        RecordedLog.append(log, new RandomRecords(6), 10, 5);
        log.decide(7);
        await().until(() -> open(disk.crash(Kept.ALL, new Random(1)), RecordedLog.settings())
                        .decidedLsn()
                == 7);
        ForceGate gate = new ForceGate();
        disk.beforeForce(gate);
        log.append(draft(10), 0);
        gate.awaitArrival();
        log.decide(11);
        gate.open();
        await().until(() -> open(disk.crash(Kept.ALL, new Random(1)), RecordedLog.settings())
                        .decidedLsn()
                == 11);
        assertThat(log.decidedLsn()).isEqualTo(11);
        log.decide(3);
        assertThat(log.decidedLsn()).isEqualTo(11);
        assertThatThrownBy(() -> log.decide(12)).hasMessageContaining("the log ends with 11");
    }

    @Test
    void truncationRemovesTheTailAndTheLogGoesOn() {
        WriteAheadLog log = open();
        List<LogPosition> history = new ArrayList<>(RecordedLog.append(log, new RandomRecords(7), 200, 7));
        for (int keep : List.of(190, 150, 149, 100, 41, 40, 39, 1, 0)) {
            log.truncateAfter(keep);
            history.subList(keep, history.size()).clear();
            assertThat(log.end()).isEqualTo(keep == 0 ? LogPosition.START : history.getLast());
            assertThat(log.durableLsn()).isEqualTo(keep);
            assertReads(log, history);
            history.addAll(RecordedLog.append(log, new RandomRecords(1000 + keep), 20, 3));
            assertReads(log, history);
            log.close();
            log = open();
            assertReads(log, history);
            log.truncateAfter(log.end().lsn() - 10);
            history.subList(history.size() - 10, history.size()).clear();
        }
    }

    private static void assertReads(WriteAheadLog log, List<LogPosition> history) {
        assertThat(RecordedLog.crcs(RecordedLog.readAll(log, CHUNK_BYTES)))
                .isEqualTo(history.stream().map(LogPosition::crc).toList());
        assertThat(log.lineage())
                .isEqualTo(history.stream()
                        .filter(position -> log.lineage().contains(position))
                        .toList());
    }

    @Test
    void truncationTakesBackWhatIsStillQueued() {
        WriteAheadLog log = open();
        log.append(draft(10), 0);
        log.flush();
        ForceGate gate = new ForceGate();
        disk.beforeForce(gate);
        LogPosition second = log.append(draft(10), 0);
        gate.awaitArrival();
        log.append(draft(20), 0);
        log.append(draft(30), 0);
        CompletableFuture<Void> truncation = CompletableFuture.runAsync(() -> log.truncateAfter(2));
        await().until(() -> log.end().equals(second));
        LogPosition third = log.append(draft(40), 0);
        gate.open();
        truncation.join();
        log.close();
        assertThat(open().end()).isEqualTo(third);
    }

    @Test
    void decidedRecordsAreNotTruncated() {
        WriteAheadLog log = open();
        RecordedLog.append(log, new RandomRecords(8), 10, 5);
        log.decide(5);
        assertThatThrownBy(() -> log.truncateAfter(4)).hasMessageContaining("5 is decided");
        assertThatThrownBy(() -> log.truncateAfter(11)).hasMessageContaining("cannot truncate");
        log.truncateAfter(5);
        assertThat(log.end().lsn()).isEqualTo(5);
    }

    @Test
    void aReplicaTakesTheSameBytesAndRefusesWhatDoesNotFit() {
        WriteAheadLog main = open();
        List<LogPosition> history = RecordedLog.append(main, new RandomRecords(10), 50, 7);
        WriteAheadLog replica = open(new FaultDisk(), RecordedLog.settings());
        LogChunk all = main.read(0, 1 << 20).found().orElseThrow();
        assertThat(replica.appendReplicated(all.records())).isEqualTo(history.getLast());
        replica.flush();
        assertThat(replica.read(0, 1 << 20).found()).contains(all);
        assertThat(replica.lineage()).isEqualTo(main.lineage());
        assertRefused(replica, all.records(), "1 stands where 51 must");
        main.append(draft(10), 0);
        main.append(draft(10), 0);
        LogChunk two = main.read(50, 1 << 20).found().orElseThrow();
        assertRefused(replica, main.read(51, 1 << 20).found().orElseThrow().records(), "52 stands where 51 must");
        for (int bit = 0; bit < two.records().remaining() * 8; bit += 5) {
            byte[] damaged = two.records().array().clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(replica, ByteBuffer.wrap(damaged), "arrived damaged");
        }
        assertThat(replica.end()).isEqualTo(history.getLast());
        assertThat(replica.appendReplicated(two.records())).isEqualTo(main.end());
        WriteAheadLog stranger = open(new FaultDisk(), LogSettings.standard(new UUID(1, 1)));
        assertRefused(stranger, all.records(), "another database");
    }

    private static void assertRefused(WriteAheadLog replica, ByteBuffer records, String reason) {
        assertThatThrownBy(() -> replica.appendReplicated(records))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLICATION_REFUSED))
                .hasMessageContaining(reason);
    }

    @Test
    void aDivergedReplicaRefusesAndFitsAgainAfterTruncation() {
        WriteAheadLog main = open();
        WriteAheadLog replica = open(new FaultDisk(), RecordedLog.settings());
        main.openReign(new Epoch(1, new UUID(0, 1)), 0);
        main.append(draft(10), 0);
        replica.appendReplicated(main.read(0, 1 << 20).found().orElseThrow().records());
        replica.openReign(new Epoch(2, new UUID(0, 2)), 0);
        main.append(draft(10), 0);
        main.append(draft(10), 0);
        ByteBuffer rest = main.read(2, 1 << 20).found().orElseThrow().records();
        assertRefused(replica, rest, "3 stands where 4 must");
        assertRefused(replica, main.read(3, 1 << 20).found().orElseThrow().records(), "follows another record 3");
        replica.truncateAfter(2);
        assertThat(replica.appendReplicated(rest)).isEqualTo(main.end());
        assertThat(replica.lineage()).isEqualTo(main.lineage());
    }

    @Test
    void policiesForceAsTheyPromise() {
        FaultDisk off = new FaultDisk();
        WriteAheadLog log =
                open(off, RecordedLog.settings().withSegmentBytes(1 << 20).withSync(new SyncPolicy.Off()));
        int forces = off.forces();
        appendEach(log, 25);
        assertThat(off.forces()).isEqualTo(forces);
        log.close();
        assertThat(off.forces()).isGreaterThan(forces);

        FaultDisk some = new FaultDisk();
        WriteAheadLog tenth = open(
                some, RecordedLog.settings().withSegmentBytes(1 << 20).withSync(new SyncPolicy.EveryTransactions(10)));
        int before = some.forces();
        appendEach(tenth, 25);
        assertThat(some.forces()).isEqualTo(before + 2);

        FaultDisk timed = new FaultDisk();
        WriteAheadLog interval =
                open(timed, RecordedLog.settings().withSync(new SyncPolicy.Interval(Duration.ofMillis(20))));
        appendEach(interval, 1);
        await().until(() ->
                RecordedLog.recover(timed.crash(Kept.NOTHING, new Random(1))).lsn() == 1);
    }

    /** One batch each. */
    private void appendEach(WriteAheadLog log, int records) {
        for (int i = 0; i < records; i++) {
            LogPosition position = log.append(draft(10), 0);
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> log.durableLsn() == position.lsn());
        }
    }

    @Test
    void aClosedLogRefusesAndClosesTwice() {
        WriteAheadLog log = open();
        log.append(draft(10), 0);
        log.close();
        log.close();
        assertThat(listener.last()).isEqualTo(1);
        assertThatThrownBy(() -> log.append(draft(10), 0)).hasMessageContaining("closed");
        assertThatThrownBy(() -> log.read(0, 1)).hasMessageContaining("closed");
        assertThatThrownBy(log::flush).hasMessageContaining("closed");
    }

    @Test
    void opaqueEntriesNeedNoReign() {
        WriteAheadLog log = open();
        for (byte i = 0; i < 50; i++) {
            log.append(RecordCodec.draft(new SystemPayload(new byte[] {i})), 0);
        }
        log.close();
        List<RecordBody> bodies =
                RecordedLog.readAll(open(), 500).stream().map(LogRecord::body).toList();
        assertThat(bodies).hasSize(50);
        assertThat(bodies.get(49)).isEqualTo(new SystemPayload(new byte[] {49}));
    }

    @Test
    void aNewLogTakesTheIdForCreationAndAnOldOneKeepsItsOwn() {
        open().close();
        WriteAheadLog again = open(disk, LogSettings.standard(new UUID(9, 9)));
        assertThat(again.databaseId()).isEqualTo(RecordedLog.DATABASE);
        Map<String, byte[]> files = disk.files();
        FaultDisk other = new FaultDisk();
        open(other, LogSettings.standard(new UUID(9, 9))).close();
        files.put(MarkFile.NAME, other.files().get(MarkFile.NAME));
        assertThatThrownBy(() -> open(FaultDisk.of(files), RecordedLog.settings()))
                .hasMessageContaining("belongs to database " + RecordedLog.DATABASE);
    }
}
