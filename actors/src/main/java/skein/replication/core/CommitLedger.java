package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import skein.replication.core.LedgerEffect.Complete;
import skein.replication.core.LedgerEffect.Decide;
import skein.replication.core.LedgerEffect.Holds;
import skein.replication.core.LedgerEffect.JoinedSync;
import skein.replication.core.LedgerEffect.LeftSync;
import skein.replication.core.LedgerEffect.Unknown;
import skein.replication.core.LedgerEffect.WakeAt;
import skein.replication.core.LedgerInput.Acked;
import skein.replication.core.LedgerInput.Dropped;
import skein.replication.core.LedgerInput.Fsynced;
import skein.replication.core.LedgerInput.Lost;
import skein.replication.core.LedgerInput.Ready;
import skein.replication.core.LedgerInput.Registered;
import skein.replication.core.LedgerInput.Tick;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/**
 * Decides when the commits of one database stand. Rules, each with a scenario in {@code scenario/ledger}:
 *
 * <ul>
 *   <li>Decisions are a prefix of the log: {@code decidedLsn} only rises, record by record in order. What was given a
 *       place is never taken back by its MAIN.
 *   <li>MAIN's own fsync is part of every decision.
 *   <li>An inherited tail is decided together with the EPOCH record that follows it, not before, by the same rules.
 *   <li>A SYNC replica that is in sync holds every undecided record until it has confirmed it. It stops doing so when
 *       its connection ends, when its time is up, or when it is dropped; what waited for it then stands, with a
 *       warning.
 *   <li>A STRICT_SYNC replica that has joined holds every undecided record until it has confirmed it or is dropped,
 *       whether or not it is in sync. Of the QUORUM replicas that have joined, k have to confirm.
 *   <li>What they hold is answered "unknown" once it cannot be decided by those in sync; it is decided later, when they
 *       are back. Until then the {@link #gate} lets nothing new in.
 *   <li>A confirmation counts while the connection lasts on which it came.
 *   <li>A record that stands without the confirmation of a registered SYNC replica is always warned about, so a commit
 *       without a warning is held by every SYNC replica.
 *   <li>An ASYNC replica holds nothing and warns of nothing.
 * </ul>
 *
 * <p>Where the modes differ is said in {@link CommitRules} alone. Not thread-safe because immutable.
 *
 * @param fsyncedLsn MAIN's own log
 * @param decidedLsn decided, so applied here
 * @param answeredLsn answered; behind {@code decidedLsn} only while replicas are to apply first, beyond it when the
 *     answer was that nobody knows
 * @param reignLsn the EPOCH record of this MAIN's first reign here; what it inherited is decided no sooner
 * @param followers in the order of registration
 * @param waits when records became durable here, oldest first, for those not answered; only kept while someone is
 *     waited for
 * @param wakeNanos the Tick that was asked for; {@link Long#MAX_VALUE} none
 */
public record CommitLedger(
        CommitRules rules,
        long fsyncedLsn,
        long decidedLsn,
        long answeredLsn,
        long reignLsn,
        List<Follower> followers,
        List<Wait> waits,
        long wakeNanos) {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Past this, a new wait joins the youngest one and so ends a little early: bounded memory, never a longer wait. */
    private static final int WAITS_MAX = 64;

    public CommitLedger {
        followers = List.copyOf(followers);
        waits = List.copyOf(waits);
    }

    /** Records up to {@code lsn} became durable on MAIN at {@code nanos}. */
    record Wait(long lsn, long nanos) {}

    /**
     * A ledger over a log whose first {@code lsn} records are decided and answered.
     *
     * @param reignLsn the EPOCH record with which this MAIN begins
     */
    public static CommitLedger startingAt(long lsn, long reignLsn, CommitRules rules) {
        return new CommitLedger(rules, lsn, lsn, lsn, reignLsn, List.of(), List.of(), NEVER);
    }

    /** True when commits wait for this replica now. */
    public boolean isInSync(ReplicaName replica) {
        return followers.stream().anyMatch(f -> f.name().equals(replica) && f.inSync());
    }

    /** True for a replica that is registered. */
    public boolean knows(ReplicaName replica) {
        return followers.stream().anyMatch(f -> f.name().equals(replica));
    }

    /** Whether a write may be given a place in the log now. */
    public WriteGate gate() {
        WriteGate gate = rules.gate(followers);
        return gate instanceof WriteGate.Open && decidedLsn < reignLsn ? WriteGate.OPENING : gate;
    }

    /** Whether every replica is in sync whose mode says that it should be, and there is one. */
    public boolean isConfirmable() {
        return rules.confirmable(followers);
    }

    /** Whether this MAIN has decided, and as many as have to now hold all of it. */
    public boolean isCovered() {
        return decidedLsn >= reignLsn && rules.decidable(followers, fsyncedLsn) >= decidedLsn;
    }

    public Step<CommitLedger, LedgerEffect> step(LedgerInput input, long nowNanos) {
        var effects = new ArrayList<LedgerEffect>();
        CommitLedger next = take(input, nowNanos, effects).expire(nowNanos, effects);
        next = next.decide(effects).complete(nowNanos, effects).giveUp(nowNanos, effects);
        next = next.wake(effects);
        Invariant.check(next.decidedLsn >= decidedLsn, "decided fell from %d to %d", decidedLsn, next.decidedLsn);
        Invariant.check(
                next.decidedLsn <= next.fsyncedLsn, "decided %d beyond fsynced %d", next.decidedLsn, next.fsyncedLsn);
        return new Step<>(next, effects);
    }

    private CommitLedger take(LedgerInput input, long now, List<LedgerEffect> effects) {
        return switch (input) {
            case Fsynced(long lsn) -> fsynced(lsn, now);
            case Registered(ReplicaName name, AckRule rule, boolean holds) -> register(name, rule, holds);
            case Dropped(ReplicaName name) -> drop(name);
            case Ready(ReplicaName name, long durable, long applied) -> {
                if (followers.stream().anyMatch(f -> f.name().equals(name))) {
                    effects.add(new JoinedSync(name));
                }
                yield change(name, f -> f.joined(durable, applied, now)).hold(effects);
            }
            case Acked(ReplicaName name, long durable, long applied) ->
                change(name, f -> f.acked(durable, applied, now));
            case Lost(ReplicaName name, Doubt doubt) -> change(name, f -> f.disconnected(doubt, fsyncedLsn));
            case Tick() ->
                new CommitLedger(rules, fsyncedLsn, decidedLsn, answeredLsn, reignLsn, followers, waits, NEVER);
        };
    }

    private CommitLedger fsynced(long lsn, long now) {
        Invariant.check(lsn >= fsyncedLsn, "fsynced fell from %d to %d", fsyncedLsn, lsn);
        List<Wait> more = waits;
        if (lsn > fsyncedLsn && followers.stream().anyMatch(Follower::holdsCommits)) {
            more = new ArrayList<>(waits);
            boolean full = more.size() >= WAITS_MAX;
            long since = full ? more.removeLast().nanos() : now;
            more.add(new Wait(lsn, since));
        }
        return new CommitLedger(rules, lsn, decidedLsn, answeredLsn, reignLsn, followers, more, wakeNanos);
    }

    private CommitLedger drop(ReplicaName name) {
        List<Follower> left =
                followers.stream().filter(f -> !f.name().equals(name)).toList();
        boolean wasLast = followers.stream().anyMatch(CommitRules::isInQuorum)
                && left.stream().noneMatch(CommitRules::isInQuorum);
        CommitRules next = wasLast ? rules.withoutQuorum() : rules;
        return new CommitLedger(next, fsyncedLsn, decidedLsn, answeredLsn, reignLsn, left, waits, wakeNanos);
    }

    /** Who holds decisions from now on does so until it is dropped. */
    private CommitLedger hold(List<LedgerEffect> effects) {
        CommitLedger next = this;
        for (Follower joining : rules.joining(followers)) {
            effects.add(new Holds(joining.name()));
            next = next.change(joining.name(), Follower::holding);
        }
        return next.raised();
    }

    private CommitLedger raised() {
        CommitRules raised = rules.with(followers);
        return new CommitLedger(raised, fsyncedLsn, decidedLsn, answeredLsn, reignLsn, followers, waits, wakeNanos);
    }

    private CommitLedger register(ReplicaName name, AckRule rule, boolean holds) {
        Invariant.check(followers.stream().noneMatch(f -> f.name().equals(name)), "%s is registered twice", name);
        var more = new ArrayList<>(followers);
        more.add(Follower.registered(name, rule, holds));
        return with(more).raised();
    }

    /** Releases what waits for replicas whose time is up. */
    private CommitLedger expire(long now, List<LedgerEffect> effects) {
        CommitLedger next = this;
        for (Follower follower : followers) {
            if (deadline(follower) <= now) {
                effects.add(new LeftSync(follower.name()));
                next = next.change(follower.name(), f -> f.left(Doubt.TIMED_OUT, fsyncedLsn));
            }
        }
        return next;
    }

    private long deadline(Follower follower) {
        if (!follower.holdsCommits()) {
            return NEVER;
        }
        for (Wait wait : waits) {
            if (isOwed(follower, wait.lsn())) {
                boolean renewed = follower.rule().renewedByProgress();
                long since = renewed ? Math.max(wait.nanos(), follower.progressNanos()) : wait.nanos();
                return since + follower.rule().timeoutNanos();
            }
        }
        return NEVER;
    }

    /**
     * True while it is this replica that keeps a record waiting: it cannot apply what others have not let be decided.
     */
    private boolean isOwed(Follower follower, long lsn) {
        return follower.durableLsn() < lsn || follower.confirmedLsn(rules.syncAck()) < Math.min(lsn, decidedLsn);
    }

    private CommitLedger decide(List<LedgerEffect> effects) {
        long possible = rules.decidable(followers, fsyncedLsn);
        long decidable = possible < reignLsn ? decidedLsn : Math.max(decidedLsn, possible);
        if (decidable > decidedLsn) {
            effects.add(new Decide(decidable));
        }
        return new CommitLedger(rules, fsyncedLsn, decidable, answeredLsn, reignLsn, followers, waits, wakeNanos);
    }

    private CommitLedger complete(long now, List<LedgerEffect> effects) {
        long completable = Math.max(answeredLsn, rules.answerable(followers, decidedLsn));
        long first = answeredLsn + 1;
        while (first <= completable) {
            long last = sameWarningsUntil(first, completable);
            effects.add(new Complete(first, last, warnings(first, now), acks(first, now)));
            first = last + 1;
        }
        return answered(completable);
    }

    /**
     * Answers what those in sync cannot decide. Answers are a prefix too: while an earlier record may still be decided,
     * later ones wait with it, which its own time limits.
     */
    private CommitLedger giveUp(long now, List<LedgerEffect> effects) {
        long hope = Math.max(decidedLsn, rules.hopeful(followers, fsyncedLsn));
        if (hope > answeredLsn || fsyncedLsn <= answeredLsn) {
            return this;
        }
        long first = answeredLsn + 1;
        while (first <= fsyncedLsn) {
            long last = sameWarningsUntil(first, fsyncedLsn);
            effects.add(new Unknown(first, last, missing(first, now)));
            first = last + 1;
        }
        return answered(fsyncedLsn);
    }

    private CommitLedger answered(long lsn) {
        List<Wait> left = waits.stream().filter(wait -> wait.lsn() > lsn).toList();
        return new CommitLedger(rules, fsyncedLsn, decidedLsn, lsn, reignLsn, followers, left, wakeNanos);
    }

    private long sameWarningsUntil(long first, long limit) {
        return followers.stream()
                .flatMapToLong(f -> LongStream.of(f.confirmedLsn(rules.syncAck()), f.doubtLsn()))
                .filter(lsn -> lsn >= first)
                .reduce(limit, Math::min);
    }

    /** The records of one answer are confirmed by the same replicas; the oldest of them has waited longest. */
    private List<ReplicaAck> acks(long first, long now) {
        long since = waits.stream()
                .filter(wait -> wait.lsn() >= first)
                .mapToLong(Wait::nanos)
                .findFirst()
                .orElse(now);
        return followers.stream()
                .map(follower -> {
                    boolean acknowledged = follower.confirmedLsn(rules.syncAck()) >= first;
                    long nanos = acknowledged ? Math.max(0, follower.progressNanos() - since) : 0;
                    return new ReplicaAck(
                            follower.name(), follower.rule().mode(), acknowledged, nanos / NANOS_PER_MICRO);
                })
                .toList();
    }

    private List<CommitWarning> warnings(long first, long now) {
        return doubts(first, now, f -> rules.isMissed(f, followers, first));
    }

    private List<CommitWarning> missing(long first, long now) {
        return doubts(first, now, f -> rules.isLacking(f, first));
    }

    private List<CommitWarning> doubts(long first, long now, Predicate<Follower> which) {
        long waited = waits.stream()
                .filter(wait -> wait.lsn() >= first)
                .mapToLong(wait -> now - wait.nanos())
                .findFirst()
                .orElse(0);
        return followers.stream()
                .filter(which)
                .map(f -> new CommitWarning(
                        f.name(), f.rule().mode(), f.doubt(first), waited / NANOS_PER_MILLI, silentMillis(f, now)))
                .toList();
    }

    private static long silentMillis(Follower follower, long now) {
        return follower.contactNanos() < 0 ? -1 : (now - follower.contactNanos()) / NANOS_PER_MILLI;
    }

    private CommitLedger wake(List<LedgerEffect> effects) {
        long deadline = followers.stream().mapToLong(this::deadline).reduce(NEVER, Math::min);
        if (deadline >= wakeNanos) {
            // an earlier Tick is on its way and will ask again: one timer, not one per batch
            return this;
        }
        effects.add(new WakeAt(deadline));
        return new CommitLedger(rules, fsyncedLsn, decidedLsn, answeredLsn, reignLsn, followers, waits, deadline);
    }

    private CommitLedger change(ReplicaName name, UnaryOperator<Follower> change) {
        // a replica that was dropped may still speak for a moment: nothing to change then
        return with(followers.stream()
                .map(f -> f.name().equals(name) ? change.apply(f) : f)
                .toList());
    }

    private CommitLedger with(List<Follower> changed) {
        return new CommitLedger(rules, fsyncedLsn, decidedLsn, answeredLsn, reignLsn, changed, waits, wakeNanos);
    }
}
