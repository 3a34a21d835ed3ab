package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A cause that speaks without end, in the real log. */
final class RepeatedLinesTest {
    private final Logger log = (Logger) LoggerFactory.getLogger("skein");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @AfterEach
    void unbound() {
        log.detachAppender(lines);
        RepeatedLines.bound(0);
    }

    @Test
    void aFloodOfOneCauseIsCutAndCountedAndOtherCausesAreHeard() {
        lines.start();
        log.addAppender(lines);
        RepeatedLines.bound(10);
        for (int i = 0; i < 10_000; i++) {
            log.warn("the client {} is a nuisance", i);
        }
        log.warn("something else");
        assertThat(texts()).contains("something else").hasSizeLessThan(200);
        await().until(() ->
                texts().stream().anyMatch(text -> text.contains("more lines within a second like: skein: the client")));
    }

    private List<String> texts() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
