package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.storage.log.RandomRecords;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** The log on the real file system. */
class FileDiskTest {
    @TempDir
    Path directory;

    private WriteAheadLog open() {
        return WriteAheadLog.open(
                directory.resolve("log"), RecordedLog.settings().withRecentBytes(0), new ListenerProbe());
    }

    @Test
    void aLogOnFilesComesBackAsItWas() {
        List<LogPosition> history;
        try (WriteAheadLog log = open()) {
            history = RecordedLog.append(log, new RandomRecords(1), 300, 9);
            log.truncateAfter(250);
            log.decide(200);
            log.dropBefore(100);
        }
        try (WriteAheadLog log = open()) {
            assertThat(log.end()).isEqualTo(history.get(249));
            assertThat(log.decidedLsn()).isEqualTo(200);
            assertThat(RecordedLog.crcs(RecordedLog.readAll(log, 5000)))
                    .isEqualTo(history.subList((int) log.start().lsn(), 250).stream()
                            .map(LogPosition::crc)
                            .toList());
        }
    }

    @Test
    void anInterruptedReaderDoesNotDisturbTheLog() {
        try (WriteAheadLog log = open()) {
            RecordedLog.append(log, new RandomRecords(2), 100, 9);
            Thread.currentThread().interrupt();
            assertThat(log.read(0, 1).found()).isPresent();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(RecordedLog.readAll(log, 5000)).hasSize(100);
            RecordedLog.append(log, new RandomRecords(3), 10, 9);
            assertThat(RecordedLog.readAll(log, 5000)).hasSize(110);
        }
    }

    @Test
    void damageFoundWhileReadingNamesFileAndOffset() throws IOException {
        try (WriteAheadLog log = open()) {
            RecordedLog.append(log, new RandomRecords(4), 100, 9);
            Path first = directory.resolve("log").resolve(SegmentFormat.nameOf(1));
            byte[] bytes = Files.readAllBytes(first);
            bytes[200] ^= 1;
            Files.write(first, bytes);
            assertThatThrownBy(() -> RecordedLog.readAll(log, 5000))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining(first + " at offset ")
                    .hasMessageContaining("not intact");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefusedInWords() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> WriteAheadLog.open(file.resolve("log"), RecordedLog.settings(), new ListenerProbe()))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("cannot be read");
    }
}
