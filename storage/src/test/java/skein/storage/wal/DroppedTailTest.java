package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.storage.log.RandomRecords;
import skein.storage.log.RecordCodec;
import skein.vocabulary.LogPosition;

/** What a log drops from its end is kept beside it, and counted. */
class DroppedTailTest {
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

    private static List<String> tails(FaultDisk on) {
        return on.files().keySet().stream()
                .filter(name -> name.endsWith(TailBackup.SUFFIX))
                .toList();
    }

    /** The checksums of the whole records in a file, in order. */
    private static List<Integer> crcs(byte[] file) {
        List<Integer> crcs = new ArrayList<>();
        for (int at = SegmentFormat.HEADER_BYTES; at < file.length; ) {
            int length = SegmentFormat.mayBeMark(file, at)
                    ? SegmentFormat.MARK_BYTES
                    : RecordCodec.lengthAt(file, at, file.length - at);
            if (length < 0) {
                break;
            }
            if (length != SegmentFormat.MARK_BYTES) {
                crcs.add(RecordCodec.header(Arrays.copyOfRange(file, at, at + length))
                        .crc());
            }
            at += length;
        }
        return crcs;
    }

    private static byte[] file(FaultDisk on, String name) {
        return Objects.requireNonNull(on.files().get(name), name);
    }

    @Test
    void aTailThatTheMainDoesNotHaveIsKeptRecordForRecord() {
        WriteAheadLog log = open(disk, RecordedLog.settings());
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(1), 100, 7);
        assertThat(disk.files().keySet().stream().filter(SegmentFormat::isName).count())
                .isGreaterThan(2);
        log.truncateAfter(23);
        assertThat(tails(disk)).containsExactly("00000000000000000024.1.tail");
        byte[] kept = file(disk, tails(disk).getFirst());
        assertThat(SegmentFormat.decodeHeader(kept))
                .isEqualTo(Optional.of(new SegmentFormat.Header(RecordedLog.DATABASE, history.get(22))));
        assertThat(crcs(kept))
                .isEqualTo(
                        history.subList(23, 100).stream().map(LogPosition::crc).toList());
        DroppedTails dropped = log.droppedTails();
        assertThat(dropped).isEqualTo(new DroppedTails(77, kept.length - SegmentFormat.HEADER_BYTES));
        assertThat(listener.notes())
                .containsExactly(new LogNote.TailDropped(
                        77, dropped.bytes(), "disk/" + tails(disk).getFirst()));
        RecordedLog.append(log, new RandomRecords(2), 10, 7);
        log.truncateAfter(23);
        assertThat(tails(disk)).containsExactly("00000000000000000024.1.tail", "00000000000000000024.2.tail");
        assertThat(log.droppedTails().records()).isEqualTo(87);
    }

    @Test
    void aTornTailIsKeptAsItStood() {
        WriteAheadLog log = open(disk, LogSettings.standard(RecordedLog.DATABASE));
        List<LogPosition> history = RecordedLog.append(log, new RandomRecords(1), 20, 1);
        log.close();
        FaultDisk fresh = new FaultDisk();
        open(fresh, LogSettings.standard(RecordedLog.DATABASE)).close();
        Map<String, byte[]> files = new TreeMap<>(disk.files());
        files.put(MarkFile.NAME, file(fresh, MarkFile.NAME));
        String name = SegmentFormat.nameOf(1);
        byte[] bytes = file(disk, name);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        bytes[end - 1] ^= 1;
        files.put(name, bytes);
        FaultDisk torn = FaultDisk.of(files);
        WriteAheadLog again = open(torn, LogSettings.standard(RecordedLog.DATABASE));
        assertThat(again.end()).isEqualTo(history.get(18));
        byte[] kept = file(torn, tails(torn).getFirst());
        assertThat(again.droppedTails()).isEqualTo(new DroppedTails(0, kept.length - SegmentFormat.HEADER_BYTES));
        byte[] tail = Arrays.copyOfRange(kept, SegmentFormat.HEADER_BYTES, kept.length);
        int from = (end + 7) / 8 * 8 - tail.length;
        assertThat(Arrays.copyOfRange(bytes, from, from + tail.length)).isEqualTo(tail);
        assertThat(listener.notes()).hasSize(1);
        assertThat(listener.notes().getFirst().text())
                .contains("0 records")
                .contains("disk/" + tails(torn).getFirst());
    }

    @Test
    void onlyTheNewestTailsAreKept() {
        WriteAheadLog log = open(disk, RecordedLog.settings());
        RecordedLog.append(log, new RandomRecords(1), 60, 7);
        for (int keep = 59; keep > 30; keep--) {
            log.truncateAfter(keep);
        }
        assertThat(tails(disk)).hasSize(16);
        assertThat(log.droppedTails().records()).isEqualTo(29);
    }

    @Test
    void withoutTheSettingNothingIsKeptButCounted() {
        WriteAheadLog log = open(disk, RecordedLog.settings().withKeepsTails(false));
        RecordedLog.append(log, new RandomRecords(1), 60, 7);
        log.truncateAfter(50);
        assertThat(tails(disk)).isEmpty();
        assertThat(log.droppedTails().records()).isEqualTo(10);
        assertThat(log.droppedTails().bytes()).isPositive();
    }

    @Test
    void aTruncationThatDropsNothingKeepsNothing() {
        WriteAheadLog log = open(disk, RecordedLog.settings());
        RecordedLog.append(log, new RandomRecords(1), 10, 7);
        log.truncateAfter(10);
        assertThat(tails(disk)).isEmpty();
        assertThat(log.droppedTails()).isEqualTo(DroppedTails.NONE);
        assertThat(listener.notes()).isEmpty();
    }
}
