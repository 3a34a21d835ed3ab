package skein.benchmarks.failover;

import java.util.concurrent.TimeUnit;
import skein.server.cluster.ClusterPlan;

/** The MAIN hands over to another one by command, in turn. */
final class SwitchoverFigure {
    private static final long SLOW_MILLIS = 300;

    private final MeasuredCluster cluster;
    private final Progress progress;
    private final Outcome outcome = new Outcome();

    SwitchoverFigure(MeasuredCluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    Outcome measure(FailoverSettings settings) throws InterruptedException {
        try (Clients clients = new Clients(cluster, settings.pace())) {
            clients.awaitWritesAfter(System.nanoTime());
            for (int i = 1; i <= settings.repetitions(); i++) {
                progress.says("switchover %d of %d: %s".formatted(i, settings.repetitions(), once(clients)));
            }
            clients.judge(outcome);
        }
        return outcome;
    }

    private String once(Clients clients) throws InterruptedException {
        String main = cluster.awaitInStep();
        String next = cluster.processes().plan().dataInstances().stream()
                .map(ClusterPlan.Data::name)
                .filter(name -> name.compareTo(main) > 0)
                .findFirst()
                .orElse(cluster.processes().plan().dataInstances().getFirst().name());
        clients.awaitWritesAfter(System.nanoTime());
        Phases phases = cluster.phases();
        long begin = System.nanoTime();
        cluster.onCoordinators("SET INSTANCE " + next + " TO MAIN SWITCHOVER");
        long answered = System.nanoTime();
        clients.awaitWritesAfter(answered);
        long end = System.nanoTime();
        long gap = clients.fresh().longestGapMillis(begin, end);
        long managed = clients.managed().longestGapMillis(begin, end);
        outcome.time("longest time without a write", gap);
        outcome.time("the same, managed transactions", managed);
        outcome.time("the command's answer", TimeUnit.NANOSECONDS.toMillis(answered - begin));
        outcome.time("of it: until the next is appointed", phases.millisUntil(" is appointed MAIN"));
        outcome.time("of it: until its reign is opened", phases.millisUntil(": opened after "));
        if (gap > SLOW_MILLIS) {
            phases.story().forEach(progress::says);
        }
        return "%s to %s: %d ms, managed %d ms".formatted(main, next, gap, managed);
    }
}
