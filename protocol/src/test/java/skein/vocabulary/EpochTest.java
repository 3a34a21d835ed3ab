package skein.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EpochTest {
    private static final UUID REIGN = new UUID(0, 1);

    private static Epoch epoch(long number) {
        return new Epoch(number, REIGN);
    }

    @Test
    void promotionOutranksEveryRestartOfWhatCameBefore() {
        long promoted = Epoch.promotedAbove(0);
        long restarted = promoted + Epoch.RESTARTS_MAX;

        assertThat(Epoch.hasRestartAfter(restarted - 1)).isTrue();
        assertThat(Epoch.hasRestartAfter(restarted)).isFalse();
        assertThat(epoch(Epoch.promotedAbove(restarted)).isAfter(epoch(restarted)))
                .isTrue();
        assertThat(epoch(Epoch.promotedAbove(promoted)).isAfter(epoch(restarted)))
                .isTrue();
        assertThat(Epoch.promotedAbove(restarted)).isEqualTo(Epoch.promotedAbove(promoted));
    }

    /** Numbers were counted one by one before there were terms. */
    @Test
    void epochsOfOlderDirectoriesAreRestartsBeforeAnyPromotion() {
        assertThat(Epoch.text(7)).isEqualTo("0.7");
        assertThat(epoch(Epoch.promotedAbove(7)).isAfter(epoch(1_000_000))).isTrue();
        assertThat(epoch(8).isAfter(epoch(7))).isTrue();
    }

    @Test
    void printsTermAndRestart() {
        assertThat(Epoch.text(Epoch.promotedAbove(Epoch.promotedAbove(3)) + 4)).isEqualTo("2.4");
        assertThat(epoch(Epoch.promotedAbove(0))).hasToString("1.0:" + REIGN);
    }
}
