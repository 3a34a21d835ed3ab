package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.storage.log.RandomRecords;
import skein.storage.wal.FaultDisk.Kept;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** Logs that do not begin with record 1: old segments were dropped, or the log was made in the middle of a history. */
class DroppedLogTest {
    private static final int RECORDS = 200;
    private static final int CHUNK_BYTES = 3000;

    private final FaultDisk disk = new FaultDisk();
    private final List<WriteAheadLog> opened = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        opened.forEach(WriteAheadLog::close);
    }

    private WriteAheadLog open(LogDisk on) {
        return remembered(WriteAheadLog.open(on, RecordedLog.settings().withRecentBytes(0), new ListenerProbe()));
    }

    private WriteAheadLog openAt(LogDisk on, LogPosition start, List<LogPosition> reigns) {
        return remembered(WriteAheadLog.openAt(on, start, reigns, RecordedLog.settings(), new ListenerProbe()));
    }

    private WriteAheadLog remembered(WriteAheadLog log) {
        opened.add(log);
        return log;
    }

    private static List<LogPosition> write(WriteAheadLog log) {
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(9), RECORDS, 7);
        log.decide(RECORDS);
        return history;
    }

    private static List<Integer> crcsAfter(long lsn, List<LogPosition> history) {
        return history.subList((int) lsn, history.size()).stream()
                .map(LogPosition::crc)
                .toList();
    }

    private static void assertHolds(WriteAheadLog log, LogPosition start, List<LogPosition> history) {
        assertThat(log.start()).isEqualTo(start);
        assertThat(log.end()).isEqualTo(history.getLast());
        assertThat(RecordedLog.crcs(RecordedLog.readAll(log, CHUNK_BYTES))).isEqualTo(crcsAfter(start.lsn(), history));
        assertThat(log.lineage()).isEqualTo(reigns(history));
    }

    /** The first record of each reign. */
    private static List<LogPosition> reigns(List<LogPosition> history) {
        List<LogPosition> reigns = new ArrayList<>();
        Epoch last = Epoch.NONE;
        for (LogPosition position : history) {
            if (!position.epoch().equals(last)) {
                reigns.add(position);
                last = position.epoch();
            }
        }
        return reigns;
    }

    @Test
    void droppedSegmentsAreGoneAndTheRestIsWholeWithItsFullLineage() {
        WriteAheadLog log = open(disk);
        List<LogPosition> history = write(log);
        int files = disk.files().size();
        log.dropBefore(120);
        assertThat(disk.files().size()).isLessThan(files - 1);
        LogPosition start = log.start();
        assertThat(start.lsn()).isBetween(60L, 120L);
        assertThat(start).isEqualTo(history.get((int) start.lsn() - 1));
        assertHolds(log, start, history);
        log.close();
        WriteAheadLog again = open(disk);
        assertHolds(again, start, history);
        again.dropBefore(RECORDS);
        assertHolds(again, again.start(), history);
        assertThat(again.start().lsn()).isGreaterThan(start.lsn()).isLessThan(RECORDS);
    }

    @Test
    void whatWasDroppedIsAnsweredAsNotHeld() {
        WriteAheadLog log = open(disk);
        List<LogPosition> history = write(log);
        log.dropBefore(120);
        LogPosition start = log.start();
        assertThat(log.read(start.lsn() - 1, 1)).isEqualTo(new LogRead.NotHeld(start));
        assertThat(log.read(0, 1)).isEqualTo(new LogRead.NotHeld(start));
        assertThat(log.read(start.lsn(), 1).found().orElseThrow().last()).isEqualTo(history.get((int) start.lsn()));
        assertThat(log.positionOf(start.lsn())).contains(start);
        assertThat(log.positionOf(start.lsn() - 1)).isEmpty();
        assertThat(log.positionOf(0)).isEmpty();
        assertThatThrownBy(() -> log.truncateAfter(0)).hasMessageContaining("does not hold");
    }

    @Test
    void onlyWhatIsDecidedIsDroppedAndNeverTheLastSegment() {
        WriteAheadLog log = open(disk);
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(9), 50, 7);
        log.decide(20);
        assertThatThrownBy(() -> log.dropBefore(21)).hasMessageContaining("only 20 are decided");
        log.decide(50);
        log.dropBefore(50);
        assertThat(disk.files().keySet().stream().filter(SegmentFormat::isName)).hasSize(1);
        log.dropBefore(50);
        assertHolds(log, log.start(), history);
    }

    @Test
    void readersInTheMiddleOfADropReadOnOrHearThatItIsGone() {
        WriteAheadLog log = open(disk);
        List<LogPosition> history = write(log);
        CompletableFuture<Void> dropping = CompletableFuture.runAsync(() -> {
            for (int lsn = 1; lsn <= RECORDS; lsn += 3) {
                log.dropBefore(lsn);
            }
        });
        Random random = new Random(1);
        boolean met = false;
        while (!dropping.isDone() || !met) {
            int after = random.nextInt(RECORDS);
            switch (log.read(after, CHUNK_BYTES)) {
                case LogRead.Found(LogChunk chunk) ->
                    assertThat(chunk.last())
                            .isEqualTo(history.get((int) chunk.last().lsn() - 1));
                case LogRead.NotHeld(LogPosition start) -> {
                    assertThat(after).isLessThan((int) start.lsn());
                    met = true;
                }
                case LogRead.AtEnd() -> throw new AssertionError("record " + after + " is not the last");
            }
        }
        dropping.join();
    }

    @Test
    void aFileThatCannotBeDeletedDoesNotHurtAndGoesWithTheNextStart() throws IOException {
        WriteAheadLog log = open(disk);
        List<LogPosition> history = write(log);
        Map<String, byte[]> before = disk.files();
        log.dropBefore(120);
        LogPosition start = log.start();
        log.close();
        Map<String, byte[]> found = disk.files();
        String left = SegmentFormat.nameOf(1);
        found.put(left, bytes(before, left));
        FaultDisk again = FaultDisk.of(found);
        assertHolds(open(again), start, history);
        assertThat(again.list()).doesNotContain(left);
    }

    @Test
    void aLogThatBeginsLaterThanItSaysIsDamaged() {
        WriteAheadLog log = open(disk);
        write(log);
        log.dropBefore(120);
        long start = log.start().lsn();
        log.close();
        assertThatThrownBy(() -> RecordedLog.recover(without(SegmentFormat.nameOf(start + 1))))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("records from " + (start + 1) + " on are needed");
        assertThatThrownBy(() -> RecordedLog.recover(without(LineageFile.NAME)))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("disk/lineage")
                .hasMessageContaining("missing although records up to " + start + " were dropped");
    }

    private FaultDisk without(String name) {
        Map<String, byte[]> files = disk.files();
        files.remove(name);
        return FaultDisk.of(files);
    }

    private static byte[] bytes(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    @Test
    void everyFlippedBitOfTheLineageIsRefused() {
        WriteAheadLog log = open(disk);
        write(log);
        log.dropBefore(120);
        log.close();
        byte[] lineage = bytes(disk.files(), LineageFile.NAME);
        for (int bit = 0; bit < lineage.length * 8; bit++) {
            Map<String, byte[]> files = disk.files();
            bytes(files, LineageFile.NAME)[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files)))
                    .as("bit %d", bit)
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("disk/lineage at offset 0");
        }
    }

    @Test
    void aLogMadeInTheMiddleOfAHistoryGoesOnWithIt() {
        WriteAheadLog main = open(disk);
        List<LogPosition> history = write(main);
        LogPosition start = history.get(129);
        FaultDisk copy = new FaultDisk();
        WriteAheadLog log = openAt(
                copy,
                start,
                reigns(history).stream().filter(reign -> reign.lsn() <= 130).toList());
        assertThat(log.start()).isEqualTo(start);
        assertThat(log.end()).isEqualTo(start);
        assertThat(log.durableLsn()).isEqualTo(130);
        assertThat(log.decidedLsn()).isEqualTo(130);
        assertThat(log.read(130, 1)).isEqualTo(new LogRead.AtEnd());
        assertThat(log.read(0, 1)).isEqualTo(new LogRead.NotHeld(start));
        while (log.end().lsn() < RECORDS) {
            log.appendReplicated(main.read(log.end().lsn(), CHUNK_BYTES)
                    .found()
                    .orElseThrow()
                    .records());
        }
        assertHolds(log, start, history);
        log.close();
        assertHolds(open(copy), start, history);
    }

    @Test
    void anotherHistoryDoesNotFitALogMadeInTheMiddle() {
        WriteAheadLog main = open(disk);
        List<LogPosition> history = write(main);
        LogPosition true130 = history.get(129);
        LogPosition false130 = new LogPosition(true130.epoch(), 130, true130.crc() ^ 1);
        List<LogPosition> reigns =
                reigns(history).stream().filter(reign -> reign.lsn() <= 130).toList();
        WriteAheadLog log = openAt(new FaultDisk(), false130, reigns);
        assertThatThrownBy(() -> log.appendReplicated(
                        main.read(130, 1).found().orElseThrow().records()))
                .hasMessageContaining("follows another record 130");
        assertThatThrownBy(() -> openAt(new FaultDisk(), true130, reigns(history)))
                .hasMessageContaining("do not lead to");
        assertThatThrownBy(() -> openAt(disk, true130, reigns)).hasMessageContaining("There is a log");
    }

    @Test
    void aCrashWhileALogIsMadeLeavesNoneOrAllOfIt() {
        FaultDisk fresh = new FaultDisk();
        LogPosition start = new LogPosition(new Epoch(3, new UUID(0, 3)), 77, 42);
        List<LogPosition> reigns = List.of(new LogPosition(start.epoch(), 70, 41));
        Random random = new Random(1);
        List<FaultDisk> crashes = new ArrayList<>();
        fresh.afterOperation(() -> {
            for (Kept kept : Kept.values()) {
                crashes.add(fresh.crash(kept, random));
            }
        });
        openAt(fresh, start, reigns).close();
        fresh.afterOperation(() -> {});
        assertThat(crashes.size()).isGreaterThan(20);
        int whole = 0;
        for (FaultDisk crash : crashes) {
            boolean made = crash.files().containsKey(MarkFile.NAME);
            whole += made ? 1 : 0;
            WriteAheadLog log = made ? open(crash) : openAt(crash, start, reigns);
            assertThat(log.end()).isEqualTo(start);
            assertThat(log.lineage()).isEqualTo(reigns);
            log.close();
        }
        assertThat(whole).isBetween(3, crashes.size() - 10);
    }
}
