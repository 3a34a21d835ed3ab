package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skein.storage.log.RandomRecords;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** What recovery makes of logs that were cut, changed, or left by a crash. */
class TornLogTest {
    private static final int RECORDS = 200;

    @Test
    void everyBytePrefixRecoversToAPrefixOfTheHistory() throws IOException {
        FaultDisk disk = new FaultDisk();
        Map<String, byte[]> fresh = newLog();
        List<LogPosition> history = record(disk, RECORDS, 7);
        Map<String, byte[]> files = segmentsOf(disk);
        assertThat(files.size()).isGreaterThan(3);
        List<LogPosition> complete = new ArrayList<>(List.of(LogPosition.START));
        TreeMap<String, byte[]> found = new TreeMap<>(Map.of(MarkFile.NAME, bytesOf(fresh, MarkFile.NAME)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            List<Integer> ends = recordEnds(file.getValue());
            int whole = 0;
            for (int cut = 0; cut <= file.getValue().length; cut++) {
                while (whole < ends.size() && ends.get(whole) <= cut) {
                    complete.add(history.get(complete.size() - 1));
                    whole++;
                }
                found.put(file.getKey(), Arrays.copyOf(file.getValue(), cut));
                assertThat(RecordedLog.recover(FaultDisk.of(found)))
                        .as("%s cut at %d", file.getKey(), cut)
                        .isEqualTo(complete.getLast());
            }
        }
        assertThat(complete).hasSize(RECORDS + 1);
    }

    @Test
    void aLogThatWasCutGoesOn() {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history = record(disk, 40, 5);
        Map<String, byte[]> files = new TreeMap<>(segmentsOf(disk));
        String last = segmentsOf(disk).lastEntry().getKey();
        List<Integer> ends = recordEnds(bytesOf(files, last));
        files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
        files.put(last, Arrays.copyOf(bytesOf(files, last), ends.getLast() - 1));
        FaultDisk cut = FaultDisk.of(files);
        List<LogPosition> expected = new ArrayList<>(history.subList(0, history.size() - 1));
        try (WriteAheadLog log = open(cut)) {
            assertThat(log.end()).isEqualTo(expected.getLast());
            expected.addAll(RecordedLog.append(log, new RandomRecords(99), 30, 4));
        }
        try (WriteAheadLog log = open(cut)) {
            assertThat(RecordedLog.crcs(RecordedLog.readAll(log, 1000)))
                    .isEqualTo(expected.stream().map(LogPosition::crc).toList());
        }
    }

    @Test
    void everyFlippedBitOfAClosedLogIsRefusedOrWithoutEffect() {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history = record(disk, 12, 3);
        int refused = flipEachBit(disk.files(), history, history.size());
        assertThat(refused).isGreaterThan(8 * 12 * RecordCodec.HEADER_BYTES);
    }

    @Test
    void everyFlippedBitOfAKilledLogIsRefusedExceptInItsLastRecord() {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history = record(disk, 12, 1);
        Map<String, byte[]> files = disk.files();
        files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
        flipEachBit(files, history, history.size() - 1);
    }

    @Test
    void aFlippedBitInABatchThatWasNeverForcedIsRefusedWhenMoreOfTheBatchFollows() {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history = record(disk, 12, 100);
        Map<String, byte[]> files = disk.files();
        files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
        flipEachBit(files, history, history.size() - 1);
    }

    /** Flips each bit of each segment: at least {@code known} records of the history survive, or the log is refused. */
    private static int flipEachBit(Map<String, byte[]> files, List<LogPosition> history, int known) {
        int refused = 0;
        for (String name : files.keySet()) {
            byte[] bytes = bytesOf(files, name).clone();
            int flipped = name.equals(MarkFile.NAME) ? 64 : contentEnd(bytes) + 16;
            for (int bit = 0; bit < flipped * 8; bit++) {
                Map<String, byte[]> damaged = new TreeMap<>(files);
                byte[] copy = bytes.clone();
                copy[bit / 8] ^= (byte) (1 << bit % 8);
                damaged.put(name, copy);
                refused += isRefused(damaged, history, known, name + " bit " + bit) ? 1 : 0;
            }
        }
        return refused;
    }

    private static boolean isRefused(
            Map<String, byte[]> files, List<LogPosition> history, int known, String description) {
        try {
            LogPosition end = RecordedLog.recover(FaultDisk.of(files));
            assertThat(history.subList(known - 1, history.size()))
                    .as(description)
                    .contains(end);
            return false;
        } catch (SkeinException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE);
            assertThat(e).as(description).hasMessageMatching("(?s).*disk/(\\d{20}\\.log|mark).* (at|offset) \\d+.*");
            return true;
        } catch (IOException e) {
            throw new AssertionError(description, e);
        }
    }

    @Test
    void nothingBelowWhatWasForcedIsDropped() {
        FaultDisk disk = new FaultDisk();
        record(disk, 20, 1);
        Map<String, byte[]> files = disk.files();
        String last = segmentsOf(disk).lastEntry().getKey();
        List<Integer> ends = recordEnds(bytesOf(files, last));
        files.put(last, Arrays.copyOf(bytesOf(files, last), ends.getLast() - 1));
        assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files)))
                .hasMessageContaining("ends after record 19, but it had reached record 20");
        files.keySet().removeIf(SegmentFormat::isName);
        assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files)))
                .hasMessageContaining("ends after record 0, but it had reached record 20");
    }

    @Test
    void missingFilesAreNoticed() {
        FaultDisk disk = new FaultDisk();
        record(disk, RECORDS, 10);
        List<String> names = List.copyOf(segmentsOf(disk).keySet());
        assertThatThrownBy(() -> RecordedLog.recover(without(disk, names.getFirst())))
                .hasMessageContaining("records from 1 on are needed");
        assertThatThrownBy(() -> RecordedLog.recover(without(disk, names.get(1))))
                .hasMessageContaining("the one before it ends with");
        assertThatThrownBy(() -> RecordedLog.recover(without(disk, names.getLast())))
                .hasMessageContaining("but it had reached record 200");
        assertThatThrownBy(() -> RecordedLog.recover(without(disk, MarkFile.NAME)))
                .hasMessageContaining("missing although there are segments");
    }

    private static FaultDisk without(FaultDisk disk, String name) {
        Map<String, byte[]> files = disk.files();
        files.remove(name);
        return FaultDisk.of(files);
    }

    @Test
    void theMarkSurvivesTheLossOfEitherSlot() throws IOException {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history = record(disk, 10, 1);
        for (int slot : List.of(0, 4096)) {
            Map<String, byte[]> files = disk.files();
            Arrays.fill(bytesOf(files, MarkFile.NAME), slot, slot + 64, (byte) 0);
            assertThat(RecordedLog.recover(FaultDisk.of(files))).isEqualTo(history.getLast());
        }
        Map<String, byte[]> files = disk.files();
        Arrays.fill(bytesOf(files, MarkFile.NAME), (byte) 0);
        assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files)))
                .hasMessageContaining("neither of its two slots");
    }

    @Test
    void aBatchTornOutOfOrderIsATailNotDamage() throws IOException {
        FaultDisk disk = new FaultDisk();
        List<LogPosition> history;
        ForceGate gate = new ForceGate();
        try (WriteAheadLog log =
                WriteAheadLog.open(disk, LogSettings.standard(RecordedLog.DATABASE), new ListenerProbe())) {
            history = RecordedLog.append(log, new RandomRecords(5), 3, 1);
            disk.beforeForce(gate);
            appendNoise(log, 1);
            gate.awaitArrival();
            appendNoise(log, 3);
            gate.open();
        }
        Map<String, byte[]> files = disk.files();
        files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
        String last = segmentsOf(disk).lastEntry().getKey();
        int lost = recordEnds(bytesOf(files, last)).get(5) / 512 * 512 - 512;
        Arrays.fill(bytesOf(files, last), lost, lost + 512, (byte) 0);
        FaultDisk torn = FaultDisk.of(files);
        assertThat(RecordedLog.recover(torn).lsn()).isEqualTo(history.getLast().lsn() + 2);
        assertNothingOldComesBack(torn);
        bytesOf(files, last)[lost + 100] = 1;
        assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files))).hasMessageContaining("later records follow");
    }

    /** The tail that was cut off is not on the disk any more, where it could be taken for the log again. */
    private static void assertNothingOldComesBack(FaultDisk disk) throws IOException {
        try (WriteAheadLog log = open(disk)) {
            log.append(RecordCodec.draft(new RecordBody.SystemPayload(noise(900))), 0);
            log.flush();
            FaultDisk killed = disk.crash(FaultDisk.Kept.ALL, new Random(1));
            Map<String, byte[]> files = killed.files();
            files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
            assertThat(RecordedLog.recover(FaultDisk.of(files))).isEqualTo(log.end());
        }
    }

    @Test
    void aSectorLostFromABatchThatWasForcedIsDamage() {
        FaultDisk disk = new FaultDisk();
        try (WriteAheadLog log = open(disk)) {
            appendNoise(log, 2);
            log.flush();
            appendNoise(log, 1);
        }
        Map<String, byte[]> files = disk.files();
        files.put(MarkFile.NAME, bytesOf(newLog(), MarkFile.NAME));
        Arrays.fill(bytesOf(files, SegmentFormat.nameOf(1)), 512, 1024, (byte) 0);
        assertThatThrownBy(() -> RecordedLog.recover(FaultDisk.of(files)))
                .hasMessageContaining(SegmentFormat.nameOf(1) + " at offset 112")
                .hasMessageContaining("written after that record had been forced");
    }

    private static void appendNoise(WriteAheadLog log, int records) {
        for (int i = 0; i < records; i++) {
            log.append(RecordCodec.draft(new RecordBody.SystemPayload(noise(1000))), 0);
        }
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** A random history in batches, on a log that was closed. */
    private static List<LogPosition> record(FaultDisk disk, int records, int perBatch) {
        try (WriteAheadLog log = open(disk)) {
            return RecordedLog.append(log, new RandomRecords(42), records, perBatch);
        }
    }

    private static WriteAheadLog open(FaultDisk disk) {
        return WriteAheadLog.open(disk, RecordedLog.settings(), new ListenerProbe());
    }

    private static Map<String, byte[]> newLog() {
        FaultDisk disk = new FaultDisk();
        open(disk).close();
        return disk.files();
    }

    private static byte[] bytesOf(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static TreeMap<String, byte[]> segmentsOf(FaultDisk disk) {
        TreeMap<String, byte[]> segments = new TreeMap<>(disk.files());
        segments.keySet().removeIf(name -> !SegmentFormat.isName(name));
        segments.replaceAll((name, bytes) -> Arrays.copyOf(bytes, contentEnd(bytes)));
        return segments;
    }

    /** Where the zeros begin that were written ahead. */
    private static int contentEnd(byte[] bytes) {
        return recordEnds(bytes).isEmpty()
                ? SegmentFormat.HEADER_BYTES
                : recordEnds(bytes).getLast();
    }

    /** Where records end in a segment, found without the code under test: by magic and length alone. */
    private static List<Integer> recordEnds(byte[] segment) {
        List<Integer> ends = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(segment);
        for (int at = SegmentFormat.HEADER_BYTES; at + RecordCodec.HEADER_BYTES <= segment.length; ) {
            if (in.getInt(at) == 0x534B4231) {
                at += SegmentFormat.MARK_BYTES;
            } else if (in.getShort(at + 8) == 0x5B01) {
                at += in.getInt(at);
                ends.add(at);
            } else {
                break;
            }
        }
        return ends;
    }
}
