package skein.coordination.core;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.scenario.Scenario;

/**
 * Plays {@code scenario/coordination} on coordinator 1, whose Raft commits at once unless {@code raft holds}. Requests
 * are written as words ({@code register data1 SYNC}, {@code switchover data2}, {@code show instances}); an instance
 * speaks by {@code data1: MAIN 1 stands joined data2 log 1.0/9}, and from then on answers every assignment the same way
 * until {@code silent data1}. {@code wait 5000} lets time pass, with every check that falls due, {@code skip} without.
 * Of assignments those are shown that are other than the one before.
 */
class CoordinatorScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("coordination");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void coordinatorAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, CoordinatorPlayer::new);
    }
}
