package skein.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skein.history.SetHistory.Insert;
import skein.history.Transaction.Outcome;

final class SetHistoryTest {
    private final List<Insert> inserts = new ArrayList<>(
            List.of(new Insert(1, Outcome.COMMITTED), new Insert(2, Outcome.FAILED), new Insert(3, Outcome.UNKNOWN)));

    @Test
    void anUnknownInsertMayBeThereOrNot() {
        assertThat(check(1L, 3L).isClean()).isTrue();
        assertThat(check(1L).isClean()).isTrue();
    }

    @Test
    void anAcknowledgedInsertThatIsMissingIsLost() {
        assertThat(check(3L).lost()).containsExactly(1L);
        assertThat(check(3L).isClean()).isFalse();
    }

    @Test
    void aFailedInsertThatIsThereReappeared() {
        assertThat(check(1L, 2L).reappeared()).containsExactly(2L);
        assertThat(check(1L, 2L).isClean()).isFalse();
    }

    @Test
    void aValueThatNobodyInsertedIsInvented() {
        assertThat(check(1L, 7L).invented()).containsExactly(7L);
        assertThat(check(1L, 7L).isClean()).isFalse();
    }

    @Test
    void aValueThatIsThereTwiceIsDoubled() {
        assertThat(check(1L, 3L, 3L).doubled()).containsExactly(3L);
        assertThat(check(1L, 3L, 3L).isClean()).isFalse();
    }

    @Test
    void outcomesAreCounted() {
        assertThat(check(1L).outcomes()).isEqualTo(new Outcomes(1, 1, 1));
    }

    @Test
    void aWorkloadThatInsertsAValueTwiceProvesNothing() {
        inserts.add(new Insert(1, Outcome.FAILED));
        assertThatIllegalArgumentException().isThrownBy(() -> check(1L)).withMessageContaining("twice");
    }

    @Test
    void aHistoryInWhichHardlyAnythingCommittedIsVacuous() {
        assertThat(new Outcomes(30, 60, 10).vacuous(0.3, 30)).isEmpty();
        assertThat(new Outcomes(29, 61, 10).vacuous(0.3, 1))
                .hasValueSatisfying(why -> assertThat(why).contains("29 of 100"));
        assertThat(new Outcomes(10, 0, 0).vacuous(0.3, 30))
                .hasValueSatisfying(why -> assertThat(why).contains("at least 30"));
        assertThat(new Outcomes(0, 0, 0).vacuous(0.3, 1)).isPresent();
    }

    private SetHistory.Verdict check(Long... last) {
        return new SetHistory(inserts, List.of(last)).check();
    }
}
