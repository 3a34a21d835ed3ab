package skein.server;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import skein.http.InstanceMetrics;
import skein.replication.CommitMeter;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;

/**
 * How long commits take on a MAIN, and how often its replicas have caught up. Moved where they pass, read by whoever
 * scrapes.
 */
final class CommitMeters implements CommitMeter {
    private static final String PHASES = "commit.phase";
    private static final String WORDS =
            "whole: from a commit's place in the log to its answer; replicas: from being durable on the MAIN to the"
                    + " decision.";

    private final InstanceMetrics metrics;
    private final Timer whole;
    private final Timer replicas;
    private final Map<ReplicaName, Timer> acks = new ConcurrentHashMap<>();

    CommitMeters(InstanceMetrics metrics) {
        this.metrics = metrics;
        this.whole = metrics.timer(PHASES, WORDS, "phase", "whole");
        this.replicas = metrics.timer(PHASES, WORDS, "phase", "replicas");
    }

    @Override
    public void answered(long nanos) {
        whole.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void decided(long nanos) {
        replicas.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void acknowledged(ReplicaAck ack) {
        acks.computeIfAbsent(
                        ack.replica(),
                        name -> metrics.timer(
                                "replica.ack",
                                "From being durable on the MAIN until a replica confirmed it.",
                                "replica",
                                name.value(),
                                "mode",
                                ack.mode().name()))
                .record(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(ack.micros())));
    }

    @Override
    public void caughtUp(ReplicaName replica, boolean whole) {
        metrics.counter(
                        whole ? "replica.recovery.success" : "replica.recovery.fail",
                        whole
                                ? "How often a replica that caught up on a database came to have everything."
                                : "How often that ended before: the connection was lost, or the replica had diverged.",
                        "replica",
                        replica.value())
                .increment();
    }
}
