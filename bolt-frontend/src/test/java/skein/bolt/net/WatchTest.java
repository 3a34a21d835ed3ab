package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a message is late. Times in seconds. */
final class WatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final Watch watch =
            new Watch(BoltSettings.Timeouts.DEFAULT, new BoltSettings.MessageRate(1024, Duration.ofSeconds(10)), 0);

    private void received(int bytes, boolean withinMessage, boolean completed, long seconds) {
        watch.received(bytes, withinMessage, completed, seconds * SECOND);
    }

    private boolean isLate(double seconds) {
        return watch.isMessageLate((long) (seconds * SECOND));
    }

    @Test
    void aMessageThatDripsIsLateAfterAGrace() {
        for (int second = 0; second <= 12; second++) {
            received(1_000, true, false, second);
            assertThat(isLate(second)).as("after %d s", second).isFalse();
        }
        // 13,000 bytes have come
        assertThat(isLate(12.5)).isFalse();
        assertThat(isLate(12.8)).isTrue();
    }

    @Test
    void aFastMessageHasThirtySeconds() {
        for (int second = 0; second <= 30; second++) {
            received(1_000_000, true, false, second);
            assertThat(isLate(second)).isFalse();
        }
        assertThat(isLate(30.1)).isTrue();
    }

    @Test
    void whatCameBeforeDoesNotCountForTheNextMessage() {
        received(1_000_000, true, false, 0);
        received(10, true, true, 5);
        assertThat(isLate(14.9)).isFalse();
        assertThat(isLate(15.1)).isTrue();
        received(10, false, true, 16);
        assertThat(isLate(100)).isFalse();
    }

    @Test
    void betweenMessagesNothingIsLate() {
        received(8, false, true, 0);
        assertThat(isLate(1_000)).isFalse();
        received(1, true, false, 1_000);
        assertThat(isLate(1_009)).isFalse();
        watch.readingPaused();
        assertThat(isLate(2_000)).isFalse();
    }

    @Test
    void anyRateWillDoWhereNoneIsAsked() {
        Watch patient =
                new Watch(BoltSettings.Timeouts.DEFAULT, new BoltSettings.MessageRate(0, Duration.ofSeconds(10)), 0);
        patient.received(1, true, false, 0);
        assertThat(patient.isMessageLate(29 * SECOND)).isFalse();
        assertThat(patient.isMessageLate(31 * SECOND)).isTrue();
    }
}
