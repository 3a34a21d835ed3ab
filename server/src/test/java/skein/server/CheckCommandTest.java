package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.wal.DirectoryLock;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogSettings;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.SkeinException;

/** {@code skein check} as its user meets it: status, results on one stream, refusals on the other. */
final class CheckCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() {
        DirectoryLock.acquire(directory).close();
        LogSettings settings = LogSettings.standard(new UUID(3, 3));
        try (WriteAheadLog log = WriteAheadLog.open(directory.resolve("role"), settings, new DurabilityListener() {
            @Override
            public void durable(long lsn) {}

            @Override
            public void failed(SkeinException reason) {
                throw reason;
            }
        })) {
            log.append(RecordCodec.draft(new RecordBody.SystemPayload(new byte[] {1})), 1);
        }
    }

    private int check(Path path) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute("check", path.toString());
    }

    @Test
    void aWholeDirectoryEndsWithZero() {
        assertThat(check(directory)).isEqualTo(Main.EXIT_DONE);
        assertThat(out.toString().lines()).containsExactly("role  whole  1 records", "No findings.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void damageEndsWithOneAndIsListed() throws IOException {
        Path segment = directory.resolve("role/00000000000000000001.log");
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(20);
            file.write(7);
        }
        assertThat(check(directory)).isEqualTo(Main.EXIT_FAILED);
        assertThat(out.toString())
                .contains("role  DAMAGED", "finding: ", segment + " at offset 0")
                .endsWith("1 finding." + System.lineSeparator());
    }

    @Test
    void aRunningInstanceIsRefusedInWords() {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertThat(lock).isNotNull();
            assertThat(check(directory)).isEqualTo(Main.EXIT_FAILED);
        }
        assertThat(err.toString()).contains("is locked by").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMissingArgumentIsAMatterOfUsage() {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        assertThat(line.execute("check")).isEqualTo(Main.EXIT_USAGE);
        assertThat(err.toString()).contains("DIR");
    }
}
