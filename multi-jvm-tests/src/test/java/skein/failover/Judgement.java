package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.function.Consumer;
import skein.history.SetHistory;
import skein.history.SetHistory.Insert;

/** What clients heard, compared with what every instance shows in the end. */
final class Judgement {
    private Judgement() {}

    /**
     * Nothing that was refused is there, nothing twice; on every instance, as soon as it has caught up.
     *
     * @param lossless nothing that was acknowledged is missing either
     * @param verdicts is told each
     */
    static void everywhere(
            CoordinatedStage stage, List<Insert> inserts, boolean lossless, Consumer<SetHistory.Verdict> verdicts) {
        stage.dataInstances()
                .forEach(name -> await().atMost(CoordinatedStage.PATIENCE).untilAsserted(() -> {
                    SetHistory.Verdict verdict = new SetHistory(inserts, stage.idsOn(name)).check();
                    verdicts.accept(verdict);
                    if (lossless) {
                        assertThat(verdict.lost()).as("lost on " + name).isEmpty();
                    }
                    assertThat(verdict.reappeared()).as(name + ": " + verdict).isEmpty();
                    assertThat(verdict.invented()).as(name + ": " + verdict).isEmpty();
                    assertThat(verdict.doubled()).as(name + ": " + verdict).isEmpty();
                }));
    }
}
