package skein.replication.core;

import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * What the ledger knows of one replica.
 *
 * @param holds STRICT_SYNC and QUORUM: it has joined, so that decisions depend on it, whether or not it is in sync
 * @param connected it has answered on a connection that has not ended
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
        boolean holds,
        boolean connected,
        boolean inSync,
        Doubt leftBy,
        long doubtLsn,
        long durableLsn,
        long appliedLsn,
        long progressNanos,
        long contactNanos) {

    static Follower registered(ReplicaName name, AckRule rule, boolean holds) {
        return new Follower(name, rule, holds, false, false, Doubt.NOT_IN_SYNC, 0, 0, 0, 0, -1);
    }

    Follower joined(long durable, long applied, long now) {
        return new Follower(name, rule, holds, true, true, Doubt.NOT_IN_SYNC, 0, durable, applied, now, now);
    }

    Follower holding() {
        return new Follower(
                name,
                rule,
                true,
                connected,
                inSync,
                leftBy,
                doubtLsn,
                durableLsn,
                appliedLsn,
                progressNanos,
                contactNanos);
    }

    /** The first answer on a connection tells what the replica has, whatever it said before; later ones only rise. */
    Follower acked(long durable, long applied, long now) {
        boolean progress = !connected || durable > durableLsn || applied > appliedLsn;
        return new Follower(
                name,
                rule,
                holds,
                true,
                inSync,
                leftBy,
                doubtLsn,
                connected ? Math.max(durable, durableLsn) : durable,
                connected ? Math.max(applied, appliedLsn) : applied,
                progress ? now : progressNanos,
                now);
    }

    /** Its connection has ended. */
    Follower disconnected(Doubt why, long waitingLsn) {
        return left(why, waitingLsn, false);
    }

    /** Commits stop waiting; those up to {@code waitingLsn} were. */
    Follower left(Doubt why, long waitingLsn) {
        return left(why, waitingLsn, connected);
    }

    private Follower left(Doubt why, long waitingLsn, boolean stillConnected) {
        long until = why == Doubt.DIVERGED ? Long.MAX_VALUE : inSync ? waitingLsn : doubtLsn;
        Doubt reason = inSync || why == Doubt.DIVERGED ? why : leftBy;
        return new Follower(
                name,
                rule,
                holds,
                stillConnected,
                false,
                reason,
                until,
                durableLsn,
                appliedLsn,
                progressNanos,
                contactNanos);
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

    /** What it holds, as far as its present connection tells: an older one may have been cut before a disk was lost. */
    long vouchedLsn() {
        return connected ? durableLsn : 0;
    }

    /** True when commits are held up until this replica confirms, or enough others do. */
    boolean holdsCommits() {
        return inSync && (holds || rule.mode() == ReplicationMode.SYNC);
    }
}
