package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.bolt.message.BoltVersion;

/**
 * Seeded conversations of legal and senseless requests against a session that answers what it pleases. The invariants
 * hold at every step, jobs only run where the session allows them, and RESET always recovers.
 */
final class BoltConnectionFuzzTest {
    private static final int CONVERSATIONS = 1_500;
    private static final int STEPS = 60;

    @ParameterizedTest
    @EnumSource(BoltVersion.class)
    void resetAlwaysRecovers(BoltVersion version) {
        int survived = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            Conversation conversation = new Conversation(version, new SplittableRandom(seed));
            try {
                for (int i = 0; i < STEPS; i++) {
                    conversation.turn();
                }
                survived += conversation.endsReadyAfterReset() ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " of " + version, e);
            }
        }
        assertThat(survived).as("conversations that lived to be reset").isGreaterThan(CONVERSATIONS / 20);
    }
}
