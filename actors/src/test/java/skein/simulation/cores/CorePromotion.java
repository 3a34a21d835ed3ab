package skein.simulation.cores;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.protocol.WireMessage;
import skein.replication.core.FollowerInput;
import skein.role.core.Peer;
import skein.role.core.PeerAnswer;
import skein.role.core.RoleEffect.AskPeers;
import skein.role.core.RoleEffect.PullTail;
import skein.role.core.RoleEffect.WithdrawFrom;
import skein.role.core.RoleInput;
import skein.simulation.Probe;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/** Where a promotion's effects take place: conversations with other members, and what is taken over from them. */
final class CorePromotion {
    private static final long PLEDGE_PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PULL_PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final CoreRole role;
    private final Map<UUID, CoreCall> calls = new LinkedHashMap<>();
    private final Set<UUID> awaited = new LinkedHashSet<>();
    private @Nullable Epoch asked;
    private @Nullable CoreTail pull;
    private boolean deciding;

    CorePromotion(CoreRole role) {
        this.role = role;
    }

    /** Answers StoodStill once nothing streams any more. */
    void standStill() {
        role.whenStill(() ->
                role.step(new RoleInput.StoodStill(role.ownLogs(), role.node().memberships())));
    }

    void ask(AskPeers effect) {
        Pledge pledge = effect.pledge();
        asked = pledge.epoch();
        for (Peer peer : effect.peers()) {
            awaited.add(peer.instance());
            CoreCall open = calls.get(peer.instance());
            if (open == null || !open.say(pledge)) {
                calls.put(peer.instance(), call(peer, pledge));
            }
        }
        role.node().host().after(PLEDGE_PATIENCE_NANOS, () -> role.tell(() -> silent(pledge.epoch())));
    }

    private CoreCall call(Peer peer, WireMessage first) {
        return CoreCall.start(this, role.node().link(), peer, first);
    }

    private void silent(Epoch epoch) {
        if (epoch.equals(asked)) {
            List<UUID> late = calls.keySet().stream().filter(awaited::contains).toList();
            late.forEach(peer -> answered(peer, new PeerAnswer.Silent("it did not answer in time")));
        }
    }

    void decideSystem(long lsn) {
        deciding = true;
        CoreDatabase system = role.databases().getFirst();
        system.inherit(new FollowerInput.TailDecided(lsn), end -> inherited(system, end));
    }

    void pull(PullTail task) {
        CoreCall call = calls.get(task.peer().instance());
        CoreDatabase database = role.database(task.database().id()).orElseThrow();
        if (call == null) {
            role.hear(() ->
                    new RoleInput.TailMissed(task.peer(), role.ownLog(database), true, "the connection has ended"));
            return;
        }
        CoreTail next = new CoreTail(task, call, database, end -> inherited(database, end));
        if (next.begin()) {
            pull = next;
            awaitMore(next);
        } else {
            missed(next, false, "this log does not hold record " + task.afterLsn() + " any more");
        }
    }

    private void awaitMore(CoreTail next) {
        int pieces = next.pieces();
        role.node()
                .host()
                .after(
                        PULL_PATIENCE_NANOS,
                        () -> role.tell(() -> {
                            if (pull == next && next.pieces() == pieces) {
                                missed(next, true, "it sent nothing");
                            }
                        }));
    }

    /** The conversations end: the promotion has come about. */
    void leave() {
        calls.values().forEach(CoreCall::end);
        calls.clear();
        awaited.clear();
        asked = null;
        deciding = false;
        pull = null;
    }

    /** The promotion has not come about. */
    void withdraw(WithdrawFrom effect) {
        role.node().host().world().reached(Probe.PROMOTION_WITHDRAWN);
        WithdrawPledge message = new WithdrawPledge(effect.epoch());
        for (Peer peer : effect.peers()) {
            CoreCall open = calls.get(peer.instance());
            if (open != null) {
                open.say(message);
            } else {
                // after a restart: a conversation of its own, which the member ends
                call(peer, message);
            }
        }
        leave();
    }

    void said(CoreCall call, WireMessage message) {
        role.tell(() -> {
            if (isOpen(call)) {
                hear(call, message);
            }
        });
    }

    void left(CoreCall call, String reason) {
        role.tell(() -> {
            if (isOpen(call)) {
                calls.remove(call.peer().instance());
                lost(call, true, reason);
            }
        });
    }

    private boolean isOpen(CoreCall call) {
        return calls.get(call.peer().instance()) == call;
    }

    private void answered(UUID peer, PeerAnswer answer) {
        Epoch epoch = asked;
        if (epoch != null && awaited.remove(peer)) {
            role.step(new RoleInput.PeerAnswered(peer, epoch, answer));
        }
    }

    private void hear(CoreCall call, WireMessage message) {
        UUID peer = call.peer().instance();
        switch (message) {
            case Pledged(var report) -> {
                role.node().host().world().reached(Probe.PLEDGE_GIVEN);
                answered(peer, new PeerAnswer.Given(report));
            }
            case PledgeRefused(Reason reason, long number, String text) -> {
                role.node().host().world().reached(Probe.PLEDGE_REFUSED);
                answered(peer, new PeerAnswer.Denied(reason, number, text));
            }
            case Pulled pulled -> pulled(call, pulled);
            case Refusal(Reason reason, String text) -> lost(call, reason != Reason.OUT_OF_SEQUENCE, text);
            default -> lost(call, true, "it answered something else than a member would");
        }
    }

    private void lost(CoreCall call, boolean isHeld, String reason) {
        CoreTail open = pull;
        if (open != null && open.call() == call) {
            missed(open, isHeld, reason);
        }
        answered(call.peer().instance(), new PeerAnswer.Silent(reason));
    }

    private void pulled(CoreCall call, Pulled message) {
        CoreTail open = pull;
        boolean ours = open != null
                && open.call() == call
                && message.database().equals(open.database().identity().id());
        if (open == null || !ours) {
            return;
        }
        if (open.take(message)) {
            awaitMore(open);
        } else {
            missed(open, true, "its log ends before record " + open.task().end().lsn());
        }
    }

    /** A database's log is durable after what it inherited. */
    private void inherited(CoreDatabase database, LogPosition end) {
        role.tell(() -> {
            CoreTail open = pull;
            if (open != null && database == open.database()) {
                wentOn(open, end);
            } else if (deciding) {
                deciding = false;
                standStill();
            }
        });
    }

    private void wentOn(CoreTail open, LogPosition end) {
        if (!open.follows(end)) {
            missed(open, true, "its records do not follow those of this log");
        } else if (open.isComplete(end)) {
            role.node().host().world().reached(Probe.TAIL_PULLED);
            role.node().truth().moment(role.node());
            pull = null;
            role.step(new RoleInput.TailPulled(
                    open.task().peer(),
                    open.fromLsn(),
                    role.ownLog(open.database()),
                    role.node().memberships()));
        } else {
            open.askForMore(end);
            awaitMore(open);
        }
    }

    private void missed(CoreTail open, boolean isHeld, String message) {
        pull = null;
        role.step(new RoleInput.TailMissed(open.task().peer(), role.ownLog(open.database()), isHeld, message));
    }
}
