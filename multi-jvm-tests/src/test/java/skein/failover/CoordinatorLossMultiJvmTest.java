package skein.failover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.history.SetHistory.Insert;
import skein.server.cluster.ClusterPlan;

/** Coordinators end: some of five, and then all of them. */
final class CoordinatorLossMultiJvmTest {
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 20;

    @TempDir
    Path directory;

    private final AtomicLong ids = new AtomicLong();
    private final List<Insert> inserts = new ArrayList<>();

    @Test
    void threeOfFiveFailOverAndWritesGoOnWithoutAny() {
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, 25_200, 5, 2, "SYNC"))) {
            List<String> dead = twoWithTheLeader(stage);
            try (FreshInserters routed = new FreshInserters(stage::routing, CLIENTS, ids)) {
                routed.awaitCommits(ENOUGH);
                dead.forEach(stage.cluster()::kill);
                String main = stage.awaitReplaceable();
                stage.cluster().kill(main);
                stage.awaitOtherMain(main);
                routed.awaitCommits(ENOUGH);
                stage.cluster().start(main);
                stage.awaitAllInStep();
                routed.end();
                inserts.addAll(routed.inserts());
            }
            withoutAny(stage);
            Judgement.everywhere(stage, inserts, true, verdict -> {});
        }
    }

    private static List<String> twoWithTheLeader(CoordinatedStage stage) {
        String leader = stage.awaitLeader();
        String another = stage.coordinators().stream()
                .filter(name -> !name.equals(leader))
                .findFirst()
                .orElseThrow();
        return List.of(leader, another);
    }

    /** Whoever has a connection to the MAIN goes on; what every replica confirms is acknowledged. */
    private void withoutAny(CoordinatedStage stage) {
        String main = stage.awaitAllInStep();
        long reign = stage.reign();
        try (FreshInserters connected = new FreshInserters(() -> stage.direct(main), CLIENTS, ids)) {
            connected.awaitCommits(ENOUGH);
            stage.coordinators().forEach(stage.cluster()::kill);
            connected.awaitCommits(ENOUGH);
            // longer than any lease
            long over = System.nanoTime() + 1_000_000_000;
            CoordinatedStage.await("the end of the lease", () -> System.nanoTime() - over > 0);
            connected.awaitCommits(ENOUGH);
            stage.coordinators().forEach(stage.cluster()::start);
            stage.awaitAllInStep();
            stage.checkNobodyWasDeposedWhoAnswered(reign);
            connected.awaitCommits(ENOUGH);
            connected.end();
            inserts.addAll(connected.inserts());
        }
    }
}
