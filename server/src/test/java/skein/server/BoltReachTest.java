package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;

/** What is said at start about who can reach Bolt, and how. */
class BoltReachTest {
    private static final Map<String, String> EVERYWHERE = Map.of("bolt-address", "0.0.0.0");
    private static final Map<String, String> OPEN = Map.of("bolt-address", "0.0.0.0", "insecure-no-auth", "true");
    private static final Map<String, String> ENCRYPTED =
            Map.of("bolt-address", "0.0.0.0", "bolt-cert-file", "/c.pem", "bolt-key-file", "/k.pem");

    private final Logger logger = (Logger) LoggerFactory.getLogger(BoltReach.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void withoutUsersItIsSaidThatBoltIsWithheldAndHowToOpenIt() {
        assertThat(warnings(EVERYWHERE, true))
                .singleElement()
                .asString()
                .contains("no users", "127.0.0.1 and not on 0.0.0.0", "SKEIN_USER", "--insecure-no-auth");
    }

    @Test
    void whoLetsEverybodyInIsToldSo() {
        assertThat(warnings(OPEN, true)).singleElement().asString().contains("whoever reaches it may do everything");
    }

    @Test
    void passwordsWithoutEncryptionAreWarnedOf() {
        assertThat(warnings(EVERYWHERE, false))
                .singleElement()
                .asString()
                .contains("without encryption", "--bolt-cert-file", "--bolt-key-file");
        Map<String, String> off = new HashMap<>(ENCRYPTED);
        off.put("bolt-tls", "off");
        assertThat(warnings(off, false)).singleElement().asString().contains("without encryption");
    }

    @Test
    void nothingIsSaidWhereThereIsNothingToFear() {
        assertThat(warnings(ENCRYPTED, false)).isEmpty();
        assertThat(warnings(Map.of(), true)).isEmpty();
        assertThat(warnings(Map.of(), false)).isEmpty();
    }

    private List<String> warnings(Map<String, String> flags, boolean noUsers) {
        lines.list.clear();
        BoltReach.of(ResolvedSettings.resolve(SettingSources.ofFlags(flags))).warn(noUsers);
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
