package skein.replication.core;

import skein.vocabulary.ReplicaName;

/**
 * What the ledger knows of one replica.
 *
 * @param inSync commits wait for it
 * @param leftBy why commits stopped waiting for it
 * @param doubtLsn up to here commits were waiting when they stopped; later ones found the replica not in sync
 * @param durableLsn last acknowledged as fsynced
 * @param appliedLsn last acknowledged as applied
 * @param progressNanos when one of the two last rose
 * @param contactNanos when it last gave a sign of life; -1 never
 */
record Follower(
        ReplicaName name,
        AckRule rule,
        boolean inSync,
        Doubt leftBy,
        long doubtLsn,
        long durableLsn,
        long appliedLsn,
        long progressNanos,
        long contactNanos) {

    static Follower registered(ReplicaName name, AckRule rule) {
        return new Follower(name, rule, false, Doubt.NOT_IN_SYNC, 0, 0, 0, 0, -1);
    }

    Follower joined(long durable, long applied, long now) {
        return new Follower(name, rule, true, Doubt.NOT_IN_SYNC, 0, durable, applied, now, now);
    }

    Follower acked(long durable, long applied, long now) {
        boolean progress = durable > durableLsn || applied > appliedLsn;
        return new Follower(
                name,
                rule,
                inSync,
                leftBy,
                doubtLsn,
                Math.max(durable, durableLsn),
                Math.max(applied, appliedLsn),
                progress ? now : progressNanos,
                now);
    }

    /** Commits stop waiting; those up to {@code waitingLsn} were. */
    Follower left(Doubt why, long waitingLsn) {
        long until = why == Doubt.DIVERGED ? Long.MAX_VALUE : inSync ? waitingLsn : doubtLsn;
        Doubt reason = inSync || why == Doubt.DIVERGED ? why : leftBy;
        return new Follower(name, rule, false, reason, until, durableLsn, appliedLsn, progressNanos, contactNanos);
    }

    /** Why it has not confirmed this record. */
    Doubt doubt(long lsn) {
        return lsn <= doubtLsn ? leftBy : Doubt.NOT_IN_SYNC;
    }

    long confirmedLsn(SyncAck ack) {
        return switch (ack) {
            case DURABLE -> durableLsn;
            case APPLIED -> appliedLsn;
        };
    }

    /** True when commits are held up until this replica confirms. */
    boolean holdsCommits() {
        return inSync && rule.waits();
    }
}
