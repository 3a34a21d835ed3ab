package skein.failover;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/** A way for a cluster to lose its MAIN, and for whoever was struck to come back. */
enum Strike {
    /** SIGKILL; the instance is started again when another one is MAIN. */
    KILL {
        @Override
        String hit(CoordinatedStage stage, String main, Random random) {
            stage.cluster().kill(main);
            String next = stage.awaitOtherMain(main);
            stage.cluster().start(main);
            return next;
        }
    },
    /** SIGSTOP past every timeout; the instance goes on as if nothing had happened. */
    FREEZE {
        @Override
        String hit(CoordinatedStage stage, String main, Random random) {
            stage.cluster().freeze(main);
            try {
                return stage.awaitOtherMain(main);
            } finally {
                stage.cluster().thaw(main);
            }
        }
    },
    /** In the middle of the failover, or before or after it, the coordinators' leader is killed too. */
    KILL_AND_LEADER {
        @Override
        String hit(CoordinatedStage stage, String main, Random random) {
            String leader = stage.awaitLeader();
            stage.cluster().kill(main);
            pass(Duration.ofMillis(random.nextInt(MID_FAILOVER_MILLIS)));
            stage.cluster().kill(leader);
            String next = stage.awaitOtherMain(main);
            stage.cluster().start(main);
            stage.cluster().start(leader);
            stage.cluster().process(leader).awaitReady();
            return next;
        }
    },
    /** The next one is killed as soon as it takes writes. */
    KILL_TWICE {
        @Override
        String hit(CoordinatedStage stage, String main, Random random) {
            stage.cluster().kill(main);
            String next = stage.awaitOtherMain(main);
            stage.cluster().kill(next);
            List.of(main, next).forEach(stage.cluster()::start);
            return stage.awaitMain();
        }
    };

    private static final int MID_FAILOVER_MILLIS = 700;

    /** Strikes this MAIN; returns who is MAIN then, perhaps before whoever was struck is back. */
    abstract String hit(CoordinatedStage stage, String main, Random random);

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - end >= 0);
    }
}
