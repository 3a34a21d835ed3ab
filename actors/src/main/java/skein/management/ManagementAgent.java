package skein.management;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.Link.LinkPort;
import skein.link.LinkConnection;
import skein.management.core.ManagementCore;
import skein.management.core.ManagementEffect;
import skein.management.core.ManagementInput;
import skein.management.core.RoleStep;
import skein.management.core.Sighting;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.FromInstance;
import skein.protocol.ManagementProtocol.Peer;
import skein.replication.core.WriteGrant;
import skein.role.RoleOrder;
import skein.role.core.Registration;
import skein.role.core.RoleView;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/**
 * The coordinators' agent on a data instance: the shell of a {@link ManagementCore}. Listens for their leader, tells
 * the role one step at a time, and sets the latch of the clients' writes.
 */
public final class ManagementAgent {
    /** Everything in the mailbox. */
    public sealed interface Message {}

    /** A coordinator has connected. */
    record Opened(long number, LinkConnection connection) implements Message {}

    record Received(long number, Assignment assignment) implements Message {}

    record Closed(long number) implements Message {}

    /** The port is open. */
    record Bound(LinkPort port) implements Message {}

    /** The role has become something else. */
    record RoleSeen(RoleView view) implements Message {}

    /** What became of a step. */
    record StepAnswered(long number, Reply reply) implements Message {}

    /** A timer. */
    record Look() implements Message {}

    /**
     * The instance is to end. The leader hears of it, and makes somebody else MAIN if this one is.
     *
     * @param done completes when this instance is not MAIN, as far as it knows
     */
    public record Leave(CompletableFuture<Void> done) implements Message {}

    private static final Logger LOG = LoggerFactory.getLogger(ManagementAgent.class);

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final ManagementSettings settings;
    private final CoordinatorsWord word;
    private final Map<Long, LinkConnection> connections = new HashMap<>();
    private ManagementCore core = ManagementCore.starting();
    private RoleView role = RoleView.starting();
    private @Nullable LinkPort port;
    private @Nullable CompletableFuture<Void> leaving;

    private ManagementAgent(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            ManagementSettings settings,
            CoordinatorsWord word) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.word = word;
    }

    /**
     * @param word where the newest assignment is kept for others to read
     * @param bound completes when the port is open, or fails
     */
    public static Behavior<Message> create(
            ManagementSettings settings, CoordinatorsWord word, CompletableFuture<LinkPort> bound) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ManagementAgent agent = new ManagementAgent(context, timers, settings, word);
            agent.begin(bound);
            return agent.behavior();
        }));
    }

    private void begin(CompletableFuture<LinkPort> bound) {
        ActorRef<Message> self = context.getSelf();
        settings.role().tell(new RoleOrder.Watch(context.messageAdapter(RoleView.class, RoleSeen::new)));
        AtomicLong numbers = new AtomicLong();
        settings.link()
                .bind(
                        settings.address(),
                        remote -> new CoordinatorLine(numbers.incrementAndGet(), self::tell, settings.lines()))
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        self.tell(new Bound(opened));
                        bound.complete(opened);
                    } else {
                        bound.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
                    }
                });
    }

    private Behavior<Message> behavior() {
        return Behaviors.receive(
                (_, message) -> {
                    heard(message);
                    return Behaviors.same();
                },
                (_, signal) -> {
                    if (signal instanceof PostStop) {
                        end();
                    }
                    return Behaviors.same();
                });
    }

    /** Whether it fails or the instance ends: nobody hears any more whether this is still MAIN. */
    private void end() {
        settings.latch().set(WriteGrant.withheld(Long.MIN_VALUE, "this instance ends"));
        LinkPort open = port;
        if (open != null) {
            var _ = open.close();
        }
    }

    private void heard(Message message) {
        switch (message) {
            case Opened(long number, LinkConnection connection) -> connections.put(number, connection);
            case Closed(long number) -> {
                connections.remove(number);
                step(new ManagementInput.Disconnected(number));
            }
            case Received(long number, Assignment assignment) -> {
                step(new ManagementInput.Assigned(number, assignment));
                word.heard(core.assignment(), settings.nanos().getAsLong());
            }
            case Bound(LinkPort opened) -> port = opened;
            case RoleSeen(RoleView view) -> {
                role = view;
                step(new ManagementInput.Looked());
            }
            case StepAnswered(long number, Reply reply) -> step(new ManagementInput.Answered(number, trouble(reply)));
            case Look _ -> step(new ManagementInput.Looked());
            case Leave(CompletableFuture<Void> done) -> {
                leaving = done;
                step(new ManagementInput.Leaving());
            }
        }
        CompletableFuture<Void> asked = leaving;
        if (asked != null && core.mayEnd(role)) {
            asked.complete(null);
        }
    }

    private static String trouble(Reply reply) {
        return reply instanceof Refused(var reason) ? String.valueOf(reason.getMessage()) : "";
    }

    private void step(ManagementInput input) {
        Step<ManagementCore, ManagementEffect> step =
                core.step(input, look(), settings.nanos().getAsLong());
        core = step.state();
        step.effects().forEach(this::perform);
    }

    private Sighting look() {
        return new Sighting(
                role,
                settings.facts().logs(),
                settings.facts().replicas(role).stream()
                        .map(replica -> new Sighting.ReplicaSeen(replica.name(), replica.ready(), replica.lag()))
                        .toList(),
                settings.facts().isQuiet());
    }

    private void perform(ManagementEffect effect) {
        switch (effect) {
            case ManagementEffect.Grant(var grant) -> settings.latch().set(grant);
            case ManagementEffect.Take(long number, RoleStep taken) -> take(number, taken);
            case ManagementEffect.Send(long number, FromInstance message) -> {
                LinkConnection connection = connections.get(number);
                if (connection != null) {
                    connection.send(message);
                }
            }
            case ManagementEffect.WakeAt(long nanos) ->
                timers.startSingleTimer(
                        "look",
                        new Look(),
                        Duration.ofNanos(Math.max(0, nanos - settings.nanos().getAsLong())));
        }
    }

    private void take(long number, RoleStep taken) {
        LOG.info("as the coordinators want it: {}", taken);
        ActorRef<Message> self = context.getSelf();
        ActorRef<Reply> replyTo = context.spawnAnonymous(Behaviors.receiveMessage(reply -> {
            self.tell(new StepAnswered(number, reply));
            return Behaviors.stopped();
        }));
        settings.role().tell(orderOf(taken, replyTo));
    }

    private static RoleOrder orderOf(RoleStep taken, ActorRef<Reply> replyTo) {
        return switch (taken) {
            case RoleStep.Join(var cluster) -> new RoleOrder.Join(cluster, replyTo);
            case RoleStep.Reign(long reign, var others) ->
                new RoleOrder.Reign(
                        reign,
                        others.stream()
                                .map(peer ->
                                        skein.role.core.Peer.named(peer.name().value(), peer.replication()))
                                .toList(),
                        replyTo);
            case RoleStep.Serve(int replicationPort) -> new RoleOrder.Serve(replicationPort, replyTo);
            case RoleStep.Enlist(Peer peer) ->
                new RoleOrder.Enlist(
                        Registration.asked(new ReplicaName(peer.name().value()), peer.mode(), null, peer.replication()),
                        peer.resync(),
                        replyTo);
            case RoleStep.Drop(ReplicaName name) -> new RoleOrder.Drop(name, replyTo);
        };
    }
}
