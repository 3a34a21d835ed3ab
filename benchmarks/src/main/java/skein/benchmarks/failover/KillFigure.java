package skein.benchmarks.failover;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The MAIN ends without a word, again and again; the killed instance is in step again before the next time. */
final class KillFigure {
    private final MeasuredCluster cluster;
    private final Progress progress;
    private final Outcome outcome = new Outcome();

    KillFigure(MeasuredCluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    Outcome measure(FailoverSettings settings) throws InterruptedException {
        try (Clients clients = new Clients(cluster, settings.pace())) {
            clients.awaitWritesAfter(System.nanoTime());
            for (int i = 1; i <= settings.repetitions(); i++) {
                progress.says("kill %d of %d: %s".formatted(i, settings.repetitions(), once(clients)));
            }
            clients.judge(outcome);
        }
        return outcome;
    }

    private String once(Clients clients) throws InterruptedException {
        String main = cluster.awaitInStep();
        cluster.awaitSettled();
        // at any moment between two checks
        TimeUnit.MILLISECONDS.sleep(
                ThreadLocalRandom.current().nextLong(cluster.timing().check().toMillis()));
        Phases phases = cluster.phases();
        long killed = System.nanoTime();
        cluster.processes().kill(main);
        clients.awaitWritesAfter(killed);
        cluster.settlesFrom(System.nanoTime());
        long fresh = Clients.millisToWrite(clients.fresh(), killed);
        long managed = Clients.millisToWrite(clients.managed(), killed);
        long appointed = phases.millisUntil(" is appointed MAIN");
        long opened = phases.millisUntil(": opened after ");
        outcome.time("new session per try", fresh);
        outcome.time("managed transactions", managed);
        outcome.time("of it: until another is appointed", appointed);
        outcome.time("of it: until its reign is opened", opened - appointed);
        outcome.time("of it: until a client has found it", fresh - opened);
        outcome.time("of that: the write itself", clients.fresh().millisOfFirstAfter(killed));
        cluster.processes().start(main);
        if (fresh > cluster.timing().aimMillisP99() || Boolean.getBoolean("skein.story")) {
            phases.story().forEach(progress::says);
            clients.fresh().failuresSince(killed).forEach(progress::says);
        }
        return "%s: %d ms (appointed after %d, opened after %d), managed %d"
                .formatted(main, fresh, appointed, opened, managed);
    }
}
