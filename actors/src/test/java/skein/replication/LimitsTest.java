package skein.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import skein.link.tcp.LinkSettings;
import skein.replication.core.StreamLimits;
import skein.storage.log.RecordCodec;

/** Limits of three rooms that only make sense together: what MAIN may commit must be able to reach its replicas. */
class LimitsTest {
    private static final int ENVELOPE_BYTES = 1 << 10;

    @Test
    void largestRecordFitsIntoAMessage() {
        assertThat(LinkSettings.DEFAULT.messageBytesMax())
                .isGreaterThanOrEqualTo(RecordCodec.RECORD_BYTES_MAX + ENVELOPE_BYTES);
    }

    @Test
    void linkQueuesAWholeWindowAndTheRecordThatOversteppedIt() {
        StreamLimits limits = StreamLimits.checkingEvery(Duration.ofSeconds(1));

        assertThat(LinkSettings.DEFAULT.frameBytesMax()).isLessThan(LinkSettings.DEFAULT.messageBytesMax());
        assertThat(LinkSettings.DEFAULT.queueBytesMax())
                .isGreaterThan(limits.windowBytes() + LinkSettings.DEFAULT.messageBytesMax());
    }
}
