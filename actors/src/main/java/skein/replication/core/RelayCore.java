package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import skein.protocol.ReplicationProtocol.Ack;
import skein.replication.core.LedgerEffect.Complete;
import skein.replication.core.LedgerEffect.Decide;
import skein.replication.core.LedgerEffect.Holds;
import skein.replication.core.LedgerEffect.JoinedSync;
import skein.replication.core.LedgerEffect.LeftSync;
import skein.replication.core.LedgerEffect.Unknown;
import skein.replication.core.LedgerInput.Fsynced;
import skein.replication.core.LedgerInput.Registered;
import skein.replication.core.RelayEffect.ApplyNow;
import skein.replication.core.RelayEffect.Confirm;
import skein.replication.core.RelayEffect.LeaveSync;
import skein.replication.core.RelayEffect.PassOn;
import skein.replication.core.RelayEffect.WakeAt;
import skein.replication.core.RelayInput.Anew;
import skein.replication.core.RelayInput.Below;
import skein.replication.core.RelayInput.Released;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/**
 * How a REPLICA passes on one database to replicas of its own, between its {@link FollowerCore} and its log. Rules,
 * each with a scenario in {@code scenario/relay}:
 *
 * <ul>
 *   <li>Passed on is only what is decided and durable here, so nothing travels further that could still be refused.
 *   <li>What is decided above stands: whatever happens below, it is applied here sooner or later, and never taken back.
 *   <li>A SYNC replica that is in sync holds back what this one shows, and what it says to be applied, until it has
 *       confirmed it: by the rules of a {@link CommitLedger} in which decided above takes the place of fsynced, and
 *       applied here that of decided. It stops doing so when its connection ends, when its time is up, or when it is
 *       dropped.
 *   <li>An ASYNC replica holds back nothing.
 *   <li>What this replica says to be durable depends on nobody below.
 * </ul>
 *
 * <p>Not thread-safe because immutable.
 *
 * @param ledger {@code fsyncedLsn} is what is decided above and durable here, {@code decidedLsn} what is applied here,
 *     {@code answeredLsn} what may be said to be applied
 */
public record RelayCore(CommitRules rules, CommitLedger ledger) {

    /** Without replicas, of a log that is applied up to here. */
    public static RelayCore startingAt(long appliedLsn, CommitRules rules) {
        return new RelayCore(rules, CommitLedger.startingAt(appliedLsn, appliedLsn, rules));
    }

    /** How far records may be sent. */
    public long releasedLsn() {
        return ledger.fsyncedLsn();
    }

    /** What this replica may say, as of what it would say if nobody followed it. */
    public Ack said(Ack own) {
        return new Ack(own.receivedLsn(), own.durableLsn(), Math.min(own.appliedLsn(), ledger.answeredLsn()));
    }

    public Step<RelayCore, RelayEffect> step(RelayInput input, long nowNanos) {
        return switch (input) {
            case Released(long lsn) -> released(lsn, nowNanos);
            case Below(LedgerInput below) -> {
                boolean kept = below instanceof Registered(_, AckRule rule, _)
                        && rule.mode().joins();
                Invariant.check(!kept, "%s below a replica", below);
                yield stepped(below, List.of(), nowNanos);
            }
            case Anew(long lsn) -> anew(lsn);
        };
    }

    private Step<RelayCore, RelayEffect> released(long lsn, long now) {
        if (lsn <= ledger.fsyncedLsn()) {
            return new Step<>(this, List.of());
        }
        Step<RelayCore, RelayEffect> step = stepped(new Fsynced(lsn), List.of(new PassOn(lsn)), now);
        // whoever releases something says itself how far it has come
        return new Step<>(
                step.state(),
                step.effects().stream()
                        .filter(effect -> !(effect instanceof Confirm))
                        .toList());
    }

    private Step<RelayCore, RelayEffect> stepped(LedgerInput input, List<RelayEffect> first, long now) {
        Step<CommitLedger, LedgerEffect> step = ledger.step(input, now);
        List<RelayEffect> effects = new ArrayList<>(first);
        step.effects().forEach(effect -> translate(effect, effects));
        return new Step<>(new RelayCore(rules, step.state()), effects);
    }

    private static void translate(LedgerEffect effect, List<RelayEffect> effects) {
        switch (effect) {
            case Decide(long lsn) -> effects.add(new ApplyNow(lsn));
            case Complete _ -> {
                if (!effects.contains(new Confirm())) {
                    effects.add(new Confirm());
                }
            }
            case LeftSync(var replica) -> effects.add(new LeaveSync(replica));
            case LedgerEffect.WakeAt(long nanos) -> effects.add(new WakeAt(nanos));
            case JoinedSync _ -> {}
            case Unknown _, Holds _ -> throw new IllegalStateException("only of a MAIN's ledger: " + effect);
        }
    }

    private Step<RelayCore, RelayEffect> anew(long lsn) {
        List<RelayEffect> effects = new ArrayList<>();
        effects.add(new PassOn(lsn));
        CommitLedger fresh = CommitLedger.startingAt(lsn, lsn, rules);
        for (Follower follower : ledger.followers()) {
            fresh = fresh.step(new Registered(follower.name(), follower.rule(), false), 0)
                    .state();
            effects.add(new LeaveSync(follower.name()));
        }
        return new Step<>(new RelayCore(rules, fresh), effects);
    }
}
