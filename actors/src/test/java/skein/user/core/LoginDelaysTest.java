package skein.user.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skein.user.core.LoginDelays.Who;

class LoginDelaysTest {
    private static final Who ANN = new Who("ann", "192.0.2.1");
    private static final int MANY = 1_000;

    private final LoginDelays delays = new LoginDelays(MANY);

    @Test
    void threeFailuresAreFree() {
        assertThat(fail(ANN, 0)).isZero();
        assertThat(fail(ANN, 1)).isZero();
        assertThat(fail(ANN, 2)).isEqualTo(1_000);
        assertThat(delays.begin(ANN, 3)).isEqualTo(999);
    }

    @Test
    void theWaitDoublesUpToAMinute() {
        long now = 0;
        long[] expected = {0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000};
        for (long wait : expected) {
            assertThat(fail(ANN, now)).isEqualTo(wait);
            now += wait;
        }
        for (int i = 0; i < 100; i++) {
            assertThat(fail(ANN, now)).isEqualTo(60_000);
            now += 60_000;
        }
    }

    @Test
    void aTryDuringAWaitIsNotJudgedAndMakesItNoLonger() {
        long until = failures(ANN, 3);
        for (long now = 0; now < until; now += 100) {
            assertThat(delays.begin(ANN, now)).isEqualTo(until - now);
        }
        assertThat(delays.begin(ANN, until)).isZero();
    }

    @Test
    void theRightPasswordBeginsAnew() {
        long until = failures(ANN, 5);
        assertThat(delays.begin(ANN, until)).isZero();
        delays.succeeded(ANN);
        assertThat(fail(ANN, until)).isZero();
        assertThat(fail(ANN, until)).isZero();
    }

    @Test
    void tenQuietMinutesBeginAnew() {
        failures(ANN, 9);
        assertThat(fail(ANN, 10_000_000)).isZero();
    }

    @Test
    void anotherUserOrAnotherAddressDoesNotWait() {
        failures(ANN, 4);
        assertThat(delays.waitMillis(new Who("bob", ANN.address()), 0)).isZero();
        assertThat(delays.waitMillis(new Who(ANN.user(), "192.0.2.2"), 0)).isZero();
    }

    @Test
    void anAddressHasTwentyFailuresAMinuteForAllUsersTogether() {
        for (int i = 0; i < 20; i++) {
            assertThat(delays.begin(new Who("user" + i, "192.0.2.1"), 0)).isZero();
            delays.failed(new Who("user" + i, "192.0.2.1"), 0);
        }
        Who fresh = new Who("fresh", "192.0.2.1");
        assertThat(delays.begin(fresh, 0)).isEqualTo(3_000);
        assertThat(delays.begin(fresh, 3_000)).isZero();
        delays.failed(fresh, 3_000);
        assertThat(delays.waitMillis(ANN, 3_000)).isEqualTo(3_000);
        assertThat(delays.waitMillis(new Who("fresh", "192.0.2.2"), 3_000)).isZero();
    }

    @Test
    void manyTriesAtOnceFindOutNoMoreThanOneAfterTheOther() {
        int judged = 0;
        for (int i = 0; i < 50; i++) {
            judged += delays.begin(ANN, 0) == 0 ? 1 : 0;
        }
        assertThat(judged).isEqualTo(LoginDelays.FREE_FAILURES);
        for (int i = 0; i < judged; i++) {
            delays.failed(ANN, 0);
        }
        assertThat(delays.begin(ANN, 0)).isEqualTo(1_000);
    }

    @Test
    void aTryThatCouldNotBeJudgedDoesNotCount() {
        for (int i = 0; i < 50; i++) {
            assertThat(delays.begin(ANN, 0)).isZero();
            delays.cancelled(ANN);
        }
        assertThat(delays.size()).isZero();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 10 * MANY; i++) {
            Who who = new Who("user" + i, "address" + i);
            delays.begin(who, i);
            delays.failed(who, i);
        }
        assertThat(delays.size()).isLessThanOrEqualTo(2 * MANY);
    }

    private long fail(Who who, long now) {
        assertThat(delays.begin(who, now)).isZero();
        return delays.failed(who, now);
    }

    /** Returns when the wait is over. */
    private long failures(Who who, int count) {
        long now = 0;
        for (int i = 0; i < count; i++) {
            now += fail(who, now);
        }
        return now;
    }
}
