package skein.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.query.core.TransactionLimits.Activity;
import skein.vocabulary.ErrorCode;

class TransactionLimitsTest {
    private static final long SECOND = 1_000_000_000;
    /** Near the end of the clock's range: nanoTime may be anything and may wrap. */
    private static final long BEGUN = Long.MAX_VALUE - 5 * SECOND;

    private static TransactionLimits limits(@Nullable Duration asked, long server, long max) {
        return TransactionLimits.of(
                asked,
                new TransactionPolicy(
                        Duration.ofSeconds(server),
                        Duration.ofSeconds(max),
                        Duration.ofSeconds(600),
                        Duration.ofSeconds(60)));
    }

    private static Activity busy() {
        return new Activity(BEGUN, null, false, false);
    }

    private static Activity idleSince(long seconds, boolean changed) {
        return new Activity(BEGUN, BEGUN + seconds * SECOND, changed, false);
    }

    private static Optional<EndReason> judge(TransactionLimits limits, Activity activity, long afterSeconds) {
        return limits.judge(activity, BEGUN + afterSeconds * SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        // asked, server's, most: what holds, and whose it is
        "    , 600,   0, 600, false",
        "  30, 600,   0,  30, true",
        "3600, 600,   0, 3600, true",
        "   0, 600,   0,   0, true",
        "  30, 600, 900,  30, true",
        "3600, 600, 900, 900, false",
        "   0, 600, 900, 900, false",
        "    ,   0, 900,   0, false"
    })
    void whatTheClientAsksForHoldsUpToTheMost(
            @Nullable Long asked, long server, long max, long timeout, boolean byClient) {
        TransactionLimits limits = limits(asked == null ? null : Duration.ofSeconds(asked), server, max);
        assertThat(limits.timeout()).isEqualTo(Duration.ofSeconds(timeout));
        assertThat(limits.byClient()).isEqualTo(byClient);
    }

    @Test
    void theTimeoutCountsFromTheBeginWhateverTheTransactionDoes() {
        TransactionLimits server = limits(null, 10, 0);
        assertThat(judge(server, busy(), 10)).isEmpty();
        assertThat(judge(server, busy(), 11)).contains(EndReason.SERVER_TIMEOUT);
        assertThat(judge(server, idleSince(9, true), 11)).contains(EndReason.SERVER_TIMEOUT);
        assertThat(judge(limits(Duration.ofSeconds(10), 600, 0), busy(), 11)).contains(EndReason.CLIENT_TIMEOUT);
        assertThat(judge(limits(Duration.ZERO, 10, 0), busy(), 1_000_000)).isEmpty();
    }

    @Test
    void whoHasChangedSomethingMayBeSilentForLess() {
        TransactionLimits limits = limits(Duration.ZERO, 0, 0);
        assertThat(judge(limits, idleSince(1, true), 61)).isEmpty();
        assertThat(judge(limits, idleSince(1, true), 62)).contains(EndReason.IDLE_WRITING);
        assertThat(judge(limits, idleSince(1, false), 62)).isEmpty();
        assertThat(judge(limits, idleSince(1, false), 602)).contains(EndReason.IDLE_READING);
        assertThat(judge(limits, busy(), 100_000)).isEmpty();
    }

    @Test
    void aCommitUnderWayIsLeftAlone() {
        Activity committing = new Activity(BEGUN, null, true, true);
        assertThat(judge(limits(null, 1, 0), committing, 1000)).isEmpty();
    }

    @Test
    void onlyWhatTheDriverMustNotRepeatIsTold() {
        TransactionLimits limits = limits(Duration.ofMillis(1500), 0, 0);
        for (EndReason reason : EndReason.values()) {
            assertThat(reason.told(limits).code().isTransient())
                    .as(reason.name())
                    .isFalse();
        }
        assertThat(EndReason.CLIENT_TIMEOUT.told(limits).code()).isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT_BY_CLIENT);
        assertThat(EndReason.CLIENT_TIMEOUT.told(limits)).hasMessageContaining("after 1500 ms");
        assertThat(EndReason.IDLE_WRITING.told(limits)).hasMessageContaining("more than 60 s");
    }
}
