package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.history.SetHistory.Insert;
import skein.server.cluster.ClusterPlan;

/**
 * The network between processes is cut, silently, in the middle of writes: clients on {@code neo4j://} go on with
 * whoever may be MAIN, clients that stay with the one before are told nothing that does not hold. In a build with SYNC
 * replicas, where most depends on the lease; {@code -Dskein.partitions=5} goes through all cuts so many times, in every
 * mode that loses nothing.
 */
final class PartitionMultiJvmTest {
    private static final int CAMPAIGN = Integer.getInteger("skein.partitions", 0);
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 10;
    private static final int FIRST_PORT = 25_000;

    /** Where the network is cut. */
    private enum Cut {
        /** The MAIN still has its replicas. */
        MAIN_FROM_COORDINATORS {
            @Override
            void make(CoordinatedStage stage, String main) {
                cut(stage, List.of(main), stage.coordinators());
            }
        },
        /** The MAIN does what it is told, and nobody hears of it. */
        COORDINATORS_DO_NOT_HEAR_THE_MAIN {
            @Override
            void make(CoordinatedStage stage, String main) {
                stage.coordinators().forEach(coordinator -> stage.cluster().silence(main, coordinator));
            }
        },
        MAIN_DOES_NOT_HEAR_COORDINATORS {
            @Override
            void make(CoordinatedStage stage, String main) {
                stage.coordinators().forEach(coordinator -> stage.cluster().silence(coordinator, main));
            }
        },
        /** The leader and the MAIN have each other, and nobody else. */
        LEADER_AND_MAIN_FROM_ALL_OTHERS {
            @Override
            void make(CoordinatedStage stage, String main) {
                List<String> minority = List.of(main, stage.awaitLeader());
                cut(stage, minority, others(stage, minority));
            }
        };

        abstract void make(CoordinatedStage stage, String main);

        private static List<String> others(CoordinatedStage stage, List<String> than) {
            return Stream.concat(stage.coordinators().stream(), stage.dataInstances().stream())
                    .filter(name -> !than.contains(name))
                    .toList();
        }
    }

    @TempDir
    Path directory;

    private final AtomicLong ids = new AtomicLong();
    private final List<Insert> inserts = new ArrayList<>();

    static List<String> modes() {
        return CAMPAIGN == 0 ? List.of("SYNC") : List.of("SYNC", "STRICT_SYNC", "QUORUM");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whoeverIsCutOffAcknowledgesNothingThatIsLost(String mode) {
        ClusterPlan plan = ClusterPlan.of(directory, FIRST_PORT, 3, 3, mode).withSeverableLinks();
        assumeTrue(plan.severable(), "this machine does not tell who connects to whom");
        try (CoordinatedStage stage = CoordinatedStage.formed(plan)) {
            try (RoutingWatch watch = new RoutingWatch(stage.cluster());
                    FreshInserters routed = new FreshInserters(stage::routing, CLIENTS, ids)) {
                for (int round = 0; round < Math.max(1, CAMPAIGN); round++) {
                    for (Cut cut : Cut.values()) {
                        another(stage, routed, cut);
                    }
                    replicas(stage, routed);
                }
                routed.end();
                inserts.addAll(routed.inserts());
                assertThat(watch.secondWriters()).isEmpty();
            }
            stage.awaitAllInStep();
            Judgement.everywhere(stage, inserts, true, verdict -> {});
        }
    }

    private static void cut(CoordinatedStage stage, List<String> these, List<String> those) {
        these.forEach(one -> those.forEach(other -> stage.cluster().cut(one, Optional.of(other))));
    }

    /** Another MAIN takes over; the one before comes back as a replica by itself. */
    private void another(CoordinatedStage stage, FreshInserters routed, Cut cut) {
        String main = stage.awaitAllInStep();
        routed.awaitCommits(ENOUGH);
        try (FreshInserters stubborn = new FreshInserters(() -> stage.direct(main), CLIENTS, ids)) {
            stubborn.awaitCommits(ENOUGH);
            cut.make(stage, main);
            stage.awaitOtherMain(main);
            // some of them wait for the one that was cut off from its replicas
            routed.relieve();
            routed.awaitCommits(ENOUGH);
            stage.cluster().heal();
            stage.awaitAllInStep();
            stubborn.end();
            inserts.addAll(stubborn.inserts());
        }
        System.out.println(cut + ": from " + main + " to " + stage.main());
    }

    /** Who answers the coordinators stays MAIN; what it does without its replicas is the mode's affair. */
    private static void replicas(CoordinatedStage stage, FreshInserters routed) {
        String main = stage.awaitAllInStep();
        long reign = stage.reign();
        routed.awaitCommits(ENOUGH);
        List<String> replicas = stage.dataInstances().stream()
                .filter(name -> !name.equals(main))
                .toList();
        cut(stage, List.of(main), replicas);
        CoordinatedStage.await(
                "replicas that are not in step",
                () -> stage.cluster().run(main, "SHOW REPLICAS").stream()
                        .noneMatch(row -> row.get("data_info")
                                .get("skein")
                                .get("status")
                                .asString()
                                .equals("ready")));
        stage.cluster().heal();
        stage.awaitAllInStep();
        routed.awaitCommits(ENOUGH);
        stage.checkNobodyWasDeposedWhoAnswered(reign);
    }
}
