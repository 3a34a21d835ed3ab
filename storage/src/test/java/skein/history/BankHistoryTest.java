package skein.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import skein.history.BankHistory.Read;
import skein.history.Transaction.Outcome;

final class BankHistoryTest {
    private static final Read GOOD = new Read(0, "main", 5, List.of(10L, 0L, 20L));

    @Test
    void everyReadSeesTheSum() {
        assertThat(check(GOOD, new Read(1, "replica", 3, List.of(30L, 0L, 0L))).isClean())
                .isTrue();
    }

    @Test
    void halfATransferIsSeen() {
        assertThat(check(GOOD, new Read(1, "replica", 6, List.of(5L, 0L, 20L))).problems())
                .singleElement()
                .asString()
                .contains("replica", "25", "30");
    }

    @Test
    void anAccountIsOverdrawn() {
        assertThat(check(new Read(0, "main", 1, List.of(-5L, 15L, 20L))).problems())
                .singleElement()
                .asString()
                .contains("-5");
    }

    @Test
    void anAccountIsMissing() {
        assertThat(check(new Read(0, "main", 1, List.of(10L, 20L))).problems())
                .singleElement()
                .asString()
                .contains("2 accounts of 3");
    }

    @Test
    void aSessionGoesBack() {
        assertThat(check(GOOD, new Read(0, "replica", 4, List.of(30L, 0L, 0L))).problems())
                .singleElement()
                .asString()
                .contains("position 4 after 5");
    }

    @Test
    void withoutPositionsNobodyGoesBack() {
        assertThat(check(GOOD, new Read(0, "replica", -1, List.of(30L, 0L, 0L))).isClean())
                .isTrue();
    }

    private static BankHistory.Verdict check(Read... reads) {
        return new BankHistory(3, 30, List.of(Outcome.COMMITTED), List.of(reads)).check();
    }
}
