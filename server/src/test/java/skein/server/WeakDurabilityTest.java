package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;

/** Whoever trades durability for speed is told so at every start. */
final class WeakDurabilityTest {
    private final Logger log = (Logger) LoggerFactory.getLogger("skein");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
    }

    /** What a start warns of about the log. */
    private List<String> warningsWith(Map<String, String> settings) {
        Map<String, String> flags = new HashMap<>(settings);
        flags.put("bolt-port", "0");
        flags.put("data-directory", directory.toString());
        Node.start(ResolvedSettings.resolve(SettingSources.ofFlags(flags))).close();
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(text -> text.contains("before they are on disk"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "storage-wal-sync, off, log forced: off",
        "storage-wal-sync, interval, every 100 ms",
        "storage-wal-file-flush-every-n-tx, 100000, every 100000 transactions"
    })
    void aPolicyThatPowerLossOutwitsIsWarnedOf(String flag, String value, String words) {
        assertThat(warningsWith(Map.of(flag, value)))
                .singleElement()
                .asString()
                .contains(words, "a loss of power can lose them", "--storage-wal-sync=every-batch");
    }

    @Test
    void theDefaultIsNot() {
        assertThat(warningsWith(Map.of())).isEmpty();
    }
}
