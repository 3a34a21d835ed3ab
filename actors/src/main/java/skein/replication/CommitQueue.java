package skein.replication;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.replication.CommitOutcome.Committed;
import skein.replication.CommitOutcome.Unknown;
import skein.replication.core.FailureText;
import skein.replication.core.GrantText;
import skein.replication.core.WriteGate;
import skein.replication.core.WriteGrant;
import skein.storage.Database;
import skein.storage.failpoint.FailPoint;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.SkeinException;

/**
 * Commits between their sequencing, on session threads, and their decision, on the database's actor. Thread-safe. One
 * reign of one MAIN has one queue; when the reign ends, what still waits is unknown.
 *
 * <p>The decision of a record may come before the session that sequenced it has learned its lsn: whoever comes first
 * leaves the outcome under the lsn, whoever comes second finds it there.
 */
final class CommitQueue {
    private final Database database;
    private final long reignLsn;
    private final Runnable grown;
    private final Supplier<CommitGate> gate;
    private final WriteLatch latch;
    private final CommitMeter meter;
    private final LongSupplier nanos;
    private final Map<Long, CompletableFuture<CommitOutcome>> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean refusing;
    private volatile @Nullable String abandoned;

    /**
     * @param reignLsn the reign's EPOCH record: nobody waits for it or for what went before
     * @param grown called after a record was handed to the log
     * @param gate what may be done at the moment, as the replicas are
     * @param settings what may be done at the moment, as coordinators say, and who hears how long commits take
     * @param nanos the time that the gate tells of
     */
    CommitQueue(
            Database database,
            long reignLsn,
            Runnable grown,
            Supplier<CommitGate> gate,
            DatabaseSettings settings,
            LongSupplier nanos) {
        this.database = database;
        this.reignLsn = reignLsn;
        this.grown = grown;
        this.gate = gate;
        this.latch = settings.latch();
        this.meter = settings.meter();
        this.nanos = nanos;
    }

    /**
     * Sequences a transaction with changes. Completes when it is decided; throws {@link SkeinException} when it was
     * refused before a sequence was spent.
     */
    CompletableFuture<CommitOutcome> commit(StoreTransaction transaction) {
        long lsn = sequence(true, () -> database.sequence(transaction));
        return lsn == 0
                ? CompletableFuture.completedFuture(new Committed(transaction.snapshot(), List.of(), List.of()))
                : await(lsn).thenApply(this::asAllowed);
    }

    /**
     * As {@link #commit}, for a SYSTEM record.
     *
     * @param own it is the instance's own, and no client's: coordinators have no say in it
     */
    CompletableFuture<CommitOutcome> commitSystem(byte[] payload, boolean own) {
        CompletableFuture<CommitOutcome> outcome = await(sequence(!own, () -> database.sequenceSystem(payload)));
        return own ? outcome : outcome.thenApply(this::asAllowed);
    }

    /** Without a lease somebody else may be MAIN: what only this instance has may be lost then. */
    private CommitOutcome asAllowed(CommitOutcome outcome) {
        return outcome instanceof Committed(long _, var notifications, var acks)
                        && !latch.grant().answersUnconfirmed(nanos.getAsLong())
                        && !GrantText.isConfirmed(!notifications.isEmpty(), acks)
                ? new Unknown(GrantText.unknown())
                : outcome;
    }

    private long sequence(boolean ofClient, LongSupplier sequencing) {
        underWay.incrementAndGet();
        long lsn = 0;
        try {
            if (ofClient) {
                requireAllowed();
            }
            requireOpenGate();
            lsn = sequencing.getAsLong();
            return lsn;
        } finally {
            if (lsn == 0) {
                underWay.decrementAndGet();
            }
        }
    }

    /** False while no write can be decided. */
    boolean isOpen() {
        return !refusing && gate.get().modes() instanceof WriteGate.Open;
    }

    /** Throws what a client's write is refused with while none is allowed or can be decided. */
    void requireOpen() {
        requireAllowed();
        requireOpenGate();
    }

    private void requireAllowed() {
        WriteGrant grant = latch.grant();
        long now = nanos.getAsLong();
        switch (grant.leave(now)) {
            case FREE -> {}
            case CONFIRMED_ONLY -> {
                if (!gate.get().confirmable()) {
                    throw GrantText.unconfirmable(grant, now);
                }
            }
            case NONE -> throw GrantText.refusal(grant, now);
        }
    }

    private void requireOpenGate() {
        switch (gate.get().modes()) {
            case WriteGate.Shut shut -> throw FailureText.refusal(shut, nanos.getAsLong());
            case WriteGate.Opening _ -> throw changingRole();
            case WriteGate.Open _ -> {
                if (refusing) {
                    throw changingRole();
                }
            }
        }
    }

    private static SkeinException changingRole() {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-ROLE-007: This instance is changing its role. Nothing was committed. Try again in a moment.");
    }

    private CompletableFuture<CommitOutcome> await(long lsn) {
        FailPoint.COMMIT_SEQUENCED.reached();
        grown.run();
        CompletableFuture<CommitOutcome> outcome = outcomes.computeIfAbsent(lsn, key -> new CompletableFuture<>());
        long began = nanos.getAsLong();
        String reason = abandoned;
        if (reason != null) {
            outcome.complete(new Unknown(reason));
        }
        return outcome.whenComplete((known, failure) -> {
            outcomes.remove(lsn);
            underWay.decrementAndGet();
            meter.answered(nanos.getAsLong() - began);
        });
    }

    /** These records are decided. */
    void complete(long firstLsn, long lastLsn, List<Notification> notifications, List<ReplicaAck> acks) {
        for (long lsn = Math.max(firstLsn, reignLsn + 1); lsn <= lastLsn; lsn++) {
            outcomes.computeIfAbsent(lsn, key -> new CompletableFuture<>())
                    .complete(new Committed(lsn, notifications, acks));
        }
    }

    /** Whether these records will be decided is not known. */
    void unknown(long firstLsn, long lastLsn, String reason) {
        for (long lsn = Math.max(firstLsn, reignLsn + 1); lsn <= lastLsn; lsn++) {
            outcomes.computeIfAbsent(lsn, key -> new CompletableFuture<>()).complete(new Unknown(reason));
        }
    }

    /** No commit is taken any more. */
    void refuse() {
        refusing = true;
    }

    /** True when no session is between sequencing and the outcome. */
    boolean isEmpty() {
        return underWay.get() == 0;
    }

    /** The reign is over: nobody will decide what waits. Nothing must be sequenced any more when this is called. */
    void abandon(String reason) {
        refuse();
        abandoned = reason;
        outcomes.values().forEach(outcome -> outcome.complete(new Unknown(reason)));
    }
}
