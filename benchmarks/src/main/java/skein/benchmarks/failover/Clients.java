package skein.benchmarks.failover;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import skein.benchmarks.failover.PacedWriter.Style;
import skein.benchmarks.failover.Write.Told;
import skein.server.cluster.ClusterPlan;

/** A client of either style beside each other, and what became of all they wrote. */
final class Clients implements AutoCloseable {
    private static final long LOOK_MILLIS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final MeasuredCluster cluster;
    private final PacedWriter fresh;
    private final PacedWriter managed;

    Clients(MeasuredCluster cluster, Duration pace) {
        this.cluster = cluster;
        this.fresh = new PacedWriter(cluster.driver(), Style.NEW_SESSION, pace, cluster.ids());
        this.managed = new PacedWriter(cluster.driver(), Style.MANAGED, pace, cluster.ids());
    }

    /** One that opens a session for each try. */
    WriteLog fresh() {
        return fresh.log();
    }

    WriteLog managed() {
        return managed.log();
    }

    /** Returns when both have written something that they sent after this moment. */
    void awaitWritesAfter(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (fresh().firstCommittedAfter(nanos).isEmpty()
                || managed().firstCommittedAfter(nanos).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no write within " + PATIENCE.toSeconds() + " s; the logs are in "
                        + cluster.processes().plan().directory());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Milliseconds from this moment to the first committed write that was sent after it. */
    static long millisToWrite(WriteLog log, long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(log.firstCommittedAfter(nanos).orElseThrow() - nanos);
    }

    /** Ends both, and looks for everything they wrote on every instance. */
    void judge(Outcome outcome) {
        close();
        String main = cluster.awaitInStep();
        for (Told told : Told.values()) {
            outcome.count(
                    told.name().toLowerCase(Locale.ROOT),
                    fresh().count(told) + managed().count(told));
        }
        outcome.count(
                "managed transactions that failed",
                managed().count(Told.REFUSED) + managed().count(Told.UNKNOWN));
        for (ClusterPlan.Data instance : cluster.processes().plan().dataInstances()) {
            awaitAsMuchAs(main, instance.name());
            Set<Long> found = cluster.idsOn(instance.name());
            outcome.count("acknowledged and lost", missing(Told.ACKNOWLEDGED, found));
            outcome.count("refused and there", fresh().countReappeared(found));
        }
        outcome.count("warned about and lost", missing(Told.WARNED, cluster.idsOn(main)));
    }

    private void awaitAsMuchAs(String main, String name) {
        cluster.processes()
                .await(
                        "as much on " + name + " as on " + main,
                        () -> cluster.idsOn(name).equals(cluster.idsOn(main)));
    }

    private long missing(Told told, Set<Long> found) {
        return fresh().countMissing(told, found) + managed().countMissing(told, found);
    }

    @Override
    public void close() {
        fresh.close();
        managed.close();
    }
}
