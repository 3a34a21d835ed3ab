package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many lines of one cause are written. */
final class LineBudgetTest {
    private final LineBudget budget = new LineBudget(10);

    private long admitted(String cause, int lines, long second) {
        return IntStream.range(0, lines)
                .filter(line -> budget.admits(cause, second))
                .count();
    }

    @Test
    void tenLinesOfACauseInASecondAreWrittenAndTheRestCounted() {
        assertThat(admitted("a", 25, 7)).isEqualTo(10);
        assertThat(admitted("b", 3, 7)).isEqualTo(3);
        assertThat(budget.leftOut(7)).isEmpty();
        assertThat(budget.leftOut(8)).containsExactly(new LineBudget.LeftOut("a", 15));
        assertThat(budget.leftOut(9)).isEmpty();
        assertThat(admitted("a", 25, 9)).isEqualTo(10);
    }

    @Test
    void everySecondHasItsOwnLines() {
        for (int second = 0; second < 5; second++) {
            assertThat(admitted("a", 10, second)).isEqualTo(10);
        }
        assertThat(budget.leftOut(100)).isEmpty();
    }

    @Test
    void whatWasLeftOutIsNotForgottenBeforeItIsTold() {
        admitted("a", 25, 1);
        assertThat(admitted("a", 5, 2)).isZero();
        assertThat(budget.leftOut(2)).containsExactly(new LineBudget.LeftOut("a", 20));
        assertThat(admitted("a", 5, 2)).isEqualTo(5);
    }

    @Test
    void causesWithoutEndCountAsOne() {
        long admitted = IntStream.range(0, 5_000)
                .filter(cause -> budget.admits("cause " + cause, 1))
                .count();
        assertThat(admitted).isEqualTo(1_010);
    }

    @Test
    void zeroMeansNoLimit() {
        LineBudget generous = new LineBudget(0);
        assertThat(IntStream.range(0, 1_000).allMatch(line -> generous.admits("a", 1)))
                .isTrue();
        assertThat(generous.leftOut(2)).isEmpty();
    }
}
