package skein.replication;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol.CatchUpProgress;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.replication.core.StreamCore;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicaName;

/** How far a replica has come that catches up: for {@code SHOW REPLICAS}, and now and then in the log. */
final class CatchUpMeter {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpMeter.class);
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double NANOS_PER_SECOND = 1e9;

    private final ReplicaName replica;
    private final Supplier<DatabaseName> database;
    private final CommitMeter counts;
    private long logBytes;
    private long fromLsn;
    private @Nullable CatchUpProgress progress;
    private boolean bySnapshot;
    private long beganNanos;
    private long beganBytes;
    private long lineNanos;
    private long givenUp;

    CatchUpMeter(ReplicaName replica, Supplier<DatabaseName> database, CommitMeter counts) {
        this.replica = replica;
        this.database = database;
        this.counts = counts;
    }

    /** So much log follows what the replica has. */
    void toGo(long bytes, long afterLsn) {
        logBytes = bytes;
        fromLsn = afterLsn;
        progress = null;
    }

    void look(StreamCore core, StreamState state, long endLsn, long nowNanos) {
        if (state != StreamState.RECOVERY) {
            end(state == StreamState.READY || state == StreamState.REPLICATING);
            return;
        }
        Optional<StreamCore.SnapshotSent> snapshot = core.snapshotSent();
        if (snapshot.isPresent()) {
            move(true, snapshot.get().receivedBytes(), snapshot.get().bytes(), nowNanos);
        } else if (core.isConnected()) {
            double share = endLsn <= fromLsn ? 1 : (double) (core.durableLsn() - fromLsn) / (endLsn - fromLsn);
            move(false, (long) (Math.clamp(share, 0, 1) * logBytes), logBytes, nowNanos);
        }
    }

    private void end(boolean whole) {
        if (progress == null) {
            return;
        }
        progress = null;
        counts.caughtUp(replica, whole);
        if (whole) {
            LOG.info("replica {} of {} has caught up", replica, database.get());
        }
    }

    private void move(boolean snapshot, long done, long total, long nowNanos) {
        if (progress == null || bySnapshot != snapshot) {
            bySnapshot = snapshot;
            beganNanos = nowNanos;
            beganBytes = done;
            lineNanos = nowNanos;
        }
        double seconds = (nowNanos - beganNanos) / NANOS_PER_SECOND;
        long rate = seconds <= 0 ? 0 : (long) ((done - beganBytes) / seconds);
        CatchUpProgress now = new CatchUpProgress(snapshot, done, total, Math.max(0, rate));
        progress = now;
        if (nowNanos - lineNanos >= LINE_EVERY_NANOS) {
            lineNanos = nowNanos;
            LOG.info(
                    "replica {} of {} catches up by {}: {} % of {} bytes, {} bytes/s, about {} s to go",
                    replica,
                    database.get(),
                    snapshot ? "snapshot" : "log",
                    now.percent(),
                    total,
                    now.bytesPerSecond(),
                    now.secondsLeft());
        }
    }

    Optional<CatchUpProgress> progress() {
        return Optional.ofNullable(progress);
    }

    void gaveUp(GaveUp what) {
        givenUp += what.transactions();
        LOG.warn(
                "replica {} gave up {} transactions of {} ({} records{}) that this MAIN does not have; it keeps them"
                        + " in a file beside its log unless --storage-enable-backup-dir=false",
                replica,
                what.transactions(),
                database.get(),
                what.records(),
                what.complete() ? "" : ", and others before them that its log no longer held");
    }

    /** Transactions given up since the stream was started. */
    long givenUp() {
        return givenUp;
    }
}
