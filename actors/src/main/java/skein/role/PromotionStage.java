package skein.role;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.protocol.WireMessage;
import skein.replication.DatabaseActor;
import skein.replication.DatabaseActor.Inherited;
import skein.replication.ServedDatabase;
import skein.replication.core.FollowerInput;
import skein.role.core.Peer;
import skein.role.core.PeerAnswer;
import skein.role.core.RoleEffect.AskPeers;
import skein.role.core.RoleEffect.PullTail;
import skein.role.core.RoleEffect.WithdrawFrom;
import skein.role.core.RoleInput;
import skein.storage.failpoint.FailPoint;
import skein.vocabulary.Epoch;

/**
 * Where a promotion's effects take place: conversations with other members, and what is taken over from them. Confined
 * to the role's actor.
 */
final class PromotionStage {
    /** What happens in a promotion. */
    sealed interface Event {}

    record InCall(PeerCall.Event event) implements Event {}

    /** A timer: who has not answered by now is not waited for. */
    record AskTimeout(Epoch epoch) implements Event {}

    /** A timer: the tail on its way has not come on. */
    record PullTimeout(PullTail task) implements Event {}

    /** A database's log is durable after what it inherited. */
    record InheritedIn(Inherited reply) implements Event {}

    /** How long a member may take to pledge. */
    private static final Duration PLEDGE_PATIENCE = Duration.ofSeconds(2);

    /** How long the next piece of a tail may take. */
    private static final Duration PULL_PATIENCE = Duration.ofSeconds(10);

    private static final String ASK = "promotion-ask";
    private static final String PULL = "promotion-pull";

    private final ActorRef<InstanceRoleProtocol.Message> self;
    private final TimerScheduler<InstanceRoleProtocol.Message> timers;
    private final RoleSettings settings;
    private final DatabaseSet databases;
    private final DatabaseActors actors;
    private final Consumer<RoleInput> core;
    private final ActorRef<Inherited> inherited;
    private final Map<UUID, PeerCall> calls = new LinkedHashMap<>();
    private final Set<UUID> awaited = new HashSet<>();
    private @Nullable Epoch asked;
    private @Nullable TailPull pull;
    private boolean deciding;

    PromotionStage(
            ActorContext<InstanceRoleProtocol.Message> context,
            TimerScheduler<InstanceRoleProtocol.Message> timers,
            RoleSettings settings,
            DatabaseSet databases,
            DatabaseActors actors,
            Consumer<RoleInput> core) {
        this.timers = timers;
        this.settings = settings;
        this.databases = databases;
        this.actors = actors;
        this.self = context.getSelf();
        this.core = core;
        this.inherited = context.messageAdapter(Inherited.class, reply -> message(new InheritedIn(reply)));
    }

    private static InstanceRoleProtocol.Message message(Event event) {
        return RoleStage.heard(new RoleStage.InPromotion(event));
    }

    /** Answers StoodStill once nothing streams any more. */
    void standStill() {
        actors.whenStill(
                () -> core.accept(new RoleInput.StoodStill(RoleReports.logs(databases), databases.memberships())));
    }

    void ask(AskPeers effect) {
        Pledge pledge = effect.pledge();
        asked = pledge.epoch();
        for (Peer peer : effect.peers()) {
            awaited.add(peer.instance());
            PeerCall open = calls.get(peer.instance());
            if (open == null || !open.say(pledge)) {
                calls.put(peer.instance(), call(peer, pledge));
            }
        }
        timers.startSingleTimer(ASK, message(new AskTimeout(pledge.epoch())), PLEDGE_PATIENCE);
    }

    private PeerCall call(Peer peer, WireMessage first) {
        return PeerCall.start(settings.link(), peer, first, event -> self.tell(message(new InCall(event))));
    }

    void decideSystem(long lsn) {
        ServedDatabase system = databases.systemDatabase();
        deciding = true;
        actors.find(system.cell().identity())
                .ifPresent(
                        actor -> actor.tell(new DatabaseActor.Inherit(new FollowerInput.TailDecided(lsn), inherited)));
    }

    void pull(PullTail task) {
        PeerCall call = calls.get(task.peer().instance());
        Optional<ServedDatabase> database = databases.everything().stream()
                .filter(one -> one.id().equals(task.database().id()))
                .findFirst();
        Optional<ActorRef<DatabaseActor.Message>> actor = actors.find(task.database());
        if (database.isEmpty() || actor.isEmpty()) {
            // it has failed meanwhile: the rest goes on without it
            standStill();
            return;
        }
        if (call == null) {
            core.accept(new RoleInput.TailMissed(
                    task.peer(), RoleReports.logOf(database.get()), true, "the connection has ended"));
            return;
        }
        TailPull next = new TailPull(task, call, database.get(), actor.get(), inherited);
        if (next.begin()) {
            pull = next;
            awaitMore(next);
        } else {
            missed(next, false, "this log does not hold record " + task.afterLsn() + " any more");
        }
    }

    private void awaitMore(TailPull next) {
        timers.startSingleTimer(PULL, message(new PullTimeout(next.task())), PULL_PATIENCE);
    }

    /** The conversations end: the promotion has come about. */
    void leave() {
        calls.values().forEach(PeerCall::end);
        forget();
    }

    /** The promotion has not come about. */
    void withdraw(WithdrawFrom effect) {
        WithdrawPledge message = new WithdrawPledge(effect.epoch());
        for (Peer peer : effect.peers()) {
            PeerCall open = calls.get(peer.instance());
            if (open != null) {
                open.say(message);
            } else {
                // after a restart: a conversation of its own, which the member ends
                call(peer, message);
            }
        }
        leave();
    }

    private void forget() {
        calls.clear();
        awaited.clear();
        asked = null;
        deciding = false;
        endPull();
        timers.cancel(ASK);
    }

    void heard(Event event) {
        switch (event) {
            case InCall(PeerCall.Event inner) -> {
                if (calls.get(inner.call().peer().instance()) == inner.call()) {
                    inCall(inner);
                }
            }
            case AskTimeout(Epoch epoch) -> {
                if (epoch.equals(asked)) {
                    silent();
                }
            }
            case PullTimeout(PullTail task) -> {
                if (pull != null && pull.task().equals(task)) {
                    missed(pull, true, "it sent nothing for " + PULL_PATIENCE.toSeconds() + " s");
                }
            }
            case InheritedIn(Inherited reply) -> inherited(reply);
        }
    }

    private void silent() {
        List<UUID> late = calls.keySet().stream().filter(awaited::contains).toList();
        String text = "it did not answer within " + PLEDGE_PATIENCE.toSeconds() + " s";
        late.forEach(peer -> answered(peer, new PeerAnswer.Silent(text)));
    }

    private void answered(UUID peer, PeerAnswer answer) {
        Epoch epoch = asked;
        if (epoch != null && awaited.remove(peer)) {
            core.accept(new RoleInput.PeerAnswered(peer, epoch, answer));
        }
    }

    private void inCall(PeerCall.Event event) {
        switch (event) {
            case PeerCall.Event.Said(PeerCall call, WireMessage message) -> said(call, message);
            case PeerCall.Event.Left(PeerCall call, String reason) -> {
                calls.remove(call.peer().instance());
                lost(call, true, reason);
            }
        }
    }

    private void said(PeerCall call, WireMessage message) {
        UUID peer = call.peer().instance();
        switch (message) {
            case Pledged(var report) -> answered(peer, new PeerAnswer.Given(report));
            case PledgeRefused(Reason reason, long number, String text) ->
                answered(peer, new PeerAnswer.Denied(reason, number, text));
            case Pulled pulled -> pulled(call, pulled);
            case Refusal(Reason reason, String text) -> lost(call, reason != Reason.OUT_OF_SEQUENCE, text);
            default -> lost(call, true, "it answered something else than a member would");
        }
    }

    private void lost(PeerCall call, boolean isHeld, String reason) {
        TailPull open = pull;
        if (open != null && open.call() == call) {
            missed(open, isHeld, reason);
        }
        answered(call.peer().instance(), new PeerAnswer.Silent(reason));
    }

    private void pulled(PeerCall call, Pulled message) {
        TailPull open = pull;
        if (open == null
                || open.call() != call
                || !message.database().equals(open.database().id())) {
            return;
        }
        if (open.take(message)) {
            awaitMore(open);
        } else {
            missed(open, true, "its log ends before record " + open.task().end().lsn());
        }
    }

    private void inherited(Inherited reply) {
        TailPull open = pull;
        if (open != null && reply.database().equals(open.database().id())) {
            FailPoint.PROMOTION_TAIL_TAKEN.reached();
            if (!open.follows(reply.end())) {
                missed(open, true, "its records do not follow those of this log");
            } else if (open.isComplete(reply.end())) {
                endPull();
                core.accept(new RoleInput.TailPulled(
                        open.task().peer(),
                        open.fromLsn(),
                        RoleReports.logOf(open.database()),
                        databases.memberships()));
            } else {
                awaitMore(open);
                open.askForMore(reply.end());
            }
        } else if (deciding) {
            deciding = false;
            standStill();
        }
    }

    private void missed(TailPull open, boolean isHeld, String message) {
        endPull();
        core.accept(new RoleInput.TailMissed(open.task().peer(), RoleReports.logOf(open.database()), isHeld, message));
    }

    private void endPull() {
        pull = null;
        timers.cancel(PULL);
    }
}
