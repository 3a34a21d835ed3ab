package skein.coordination;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.CoordinatorCore;
import skein.coordination.core.CoordinatorEffect;
import skein.coordination.core.CoordinatorEffect.AddMember;
import skein.coordination.core.CoordinatorEffect.Admit;
import skein.coordination.core.CoordinatorEffect.AskStatus;
import skein.coordination.core.CoordinatorEffect.Assign;
import skein.coordination.core.CoordinatorEffect.Confirm;
import skein.coordination.core.CoordinatorEffect.Connect;
import skein.coordination.core.CoordinatorEffect.Disconnect;
import skein.coordination.core.CoordinatorEffect.Found;
import skein.coordination.core.CoordinatorEffect.Note;
import skein.coordination.core.CoordinatorEffect.Propose;
import skein.coordination.core.CoordinatorEffect.Relay;
import skein.coordination.core.CoordinatorEffect.RemoveMember;
import skein.coordination.core.CoordinatorEffect.SayElsewhere;
import skein.coordination.core.CoordinatorEffect.TakeState;
import skein.coordination.core.CoordinatorEffect.Tell;
import skein.coordination.core.CoordinatorEffect.Transfer;
import skein.coordination.core.CoordinatorInput;
import skein.coordination.core.CoordinatorInput.Applied;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.coordination.core.CoordinatorInput.Concluded;
import skein.coordination.core.CoordinatorInput.Elected;
import skein.coordination.core.CoordinatorInput.Following;
import skein.coordination.core.CoordinatorInput.Installed;
import skein.coordination.core.CoordinatorInput.InstanceSaid;
import skein.coordination.core.CoordinatorInput.LeaderAnswered;
import skein.coordination.core.CoordinatorInput.LineClosed;
import skein.coordination.core.CoordinatorInput.LineOpened;
import skein.coordination.core.CoordinatorInput.MembersChanged;
import skein.coordination.core.CoordinatorInput.RelayBroken;
import skein.coordination.core.CoordinatorInput.RelayMissed;
import skein.coordination.core.CoordinatorInput.StatusTold;
import skein.coordination.core.CoordinatorInput.Tick;
import skein.coordination.core.Happening;
import skein.coordination.core.Moment;
import skein.link.Link.LinkPort;
import skein.link.LinkConnection;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Ask;
import skein.protocol.CoordinatorProtocol.Message;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Status;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * A coordinator: the shell of a {@link CoordinatorCore}, and the owner of this process's member of the Raft group.
 * Turns what comes into inputs and performs effects in their order. Not restarted: what it does not know any more Raft
 * tells again at the next start of the process.
 */
public final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final CoordinatorPorts ports;
    private final ActorRef<RaftProtocol.Command> raft;
    private final Map<InstanceName, InstanceLine> lines = new HashMap<>();
    private final CheckTimes checks = new CheckTimes();
    private final Map<Long, Asker> askers = new HashMap<>();
    private final Map<Long, RelayCall> calls = new HashMap<>();
    private CoordinatorCore core;
    private long nextTicket = 1;
    private @Nullable LinkPort port;

    /** What only this actor sends to itself. */
    private sealed interface Own extends Message {}

    private record RaftTold(RaftProtocol.Event event) implements Own {}

    private record RaftReplied(long number, Reply reply) implements Own {}

    private record StatusCame(long number, Status status) implements Own {}

    private record LineTold(InstanceLine.Event event) implements Own {}

    private record CallTold(RelayCall.Event event) implements Own {}

    private record RelayCame(RelayPort.Event event) implements Own {}

    private record Bound(LinkPort port) implements Own {}

    private record Due() implements Own {}

    private record Settle(CompletableFuture<Done> settled) implements Own {}

    /** Who waits for a ticket. */
    private sealed interface Asker {}

    private record Here(ActorRef<Answer> replyTo) implements Asker {}

    private record Elsewhere(LinkConnection connection, long number) implements Asker {}

    private Coordinator(ActorContext<Message> context, TimerScheduler<Message> timers, CoordinatorPorts ports) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.core = CoordinatorCore.starting(ports.self());
        this.raft = context.spawn(
                ports.raft().apply(context.messageAdapter(RaftProtocol.Event.class, RaftTold::new)), "raft");
        context.watch(raft);
    }

    /** @param bound completes when the management port is open, or fails */
    public static Behavior<Message> create(CoordinatorPorts ports, CompletableFuture<LinkPort> bound) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Coordinator coordinator = new Coordinator(context, timers, ports);
            coordinator.listen(bound);
            return coordinator.behavior();
        }));
    }

    private void listen(CompletableFuture<LinkPort> bound) {
        ActorRef<Message> self = context.getSelf();
        ports.link()
                .bind(ports.bind(), remote -> new RelayPort(event -> self.tell(new RelayCame(event))))
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
                    try {
                        heard(message);
                    } catch (SkeinException reason) {
                        LOG.error("this coordinator stops: {}", reason.getMessage());
                        ports.fatal().accept(reason);
                        return Behaviors.stopped();
                    }
                    return Behaviors.same();
                },
                (_, signal) -> {
                    if (signal instanceof Terminated) {
                        ports.fatal()
                                .accept(new SkeinException(
                                        ErrorCode.INTERNAL,
                                        "SKEIN-HA-005: This coordinator stops: its member of the Raft group has ended."
                                                + " The log says why. The others go on; start it again."));
                        return Behaviors.stopped();
                    }
                    if (signal instanceof PostStop) {
                        end();
                    }
                    return Behaviors.same();
                });
    }

    private void end() {
        lines.values().forEach(InstanceLine::end);
        calls.values().forEach(RelayCall::end);
        LinkPort open = port;
        if (open != null) {
            var _ = open.close();
        }
    }

    private void heard(Message message) {
        switch (message) {
            case Ask(var request, var replyTo) -> step(asked(request, new Here(replyTo), false));
            case RaftTold(var event) -> step(inputOf(event));
            case RaftReplied(long number, Reply reply) -> step(new Concluded(number, reply));
            case StatusCame(long number, Status status) -> step(new StatusTold(number, status));
            case LineTold(var event) -> lineTold(event);
            case CallTold(var event) -> callTold(event);
            case RelayCame(var event) ->
                step(asked(event.request(), new Elsewhere(event.connection(), event.number()), true));
            case Bound(LinkPort opened) -> port = opened;
            case Due() -> step(new Tick());
            case Settle(var settled) -> settle(settled);
            default -> throw new IllegalArgumentException("no message of a coordinator: " + message);
        }
    }

    /** Completes when this coordinator has been told what its member held at the start; once that listens. */
    public static CompletionStage<Done> settled(ActorRef<Message> coordinator) {
        CompletableFuture<Done> settled = new CompletableFuture<>();
        coordinator.tell(new Settle(settled));
        return settled;
    }

    /** A member that listens tells what it held before it answers. */
    private void settle(CompletableFuture<Done> settled) {
        raft.tell(new RaftProtocol.ShowStatus(context.spawnAnonymous(Behaviors.receiveMessage(status -> {
            settled.complete(Done.getInstance());
            return Behaviors.stopped();
        }))));
    }

    private CoordinatorInput asked(CoordinatorProtocol.Request request, Asker asker, boolean relayed) {
        long ticket = nextTicket;
        nextTicket++;
        askers.put(ticket, asker);
        return new Asked(ticket, request, relayed);
    }

    private CoordinatorInput inputOf(RaftProtocol.Event event) {
        return switch (event) {
            case RaftProtocol.Applied applied -> new Applied(applied.index(), ClusterBytes.change(applied.entry()));
            case RaftProtocol.Installed installed ->
                new Installed(installed.index(), ClusterBytes.state(installed.state()));
            case RaftProtocol.Elected(long term) ->
                new Elected(term, ports.fresh().get());
            case RaftProtocol.Following(long term, var leader) -> new Following(term, leader);
            case RaftProtocol.MembersChanged(var members) -> new MembersChanged(members);
        };
    }

    /** Events of a line that was given up count no more. */
    private void lineTold(InstanceLine.Event event) {
        InstanceName name = event.line().name();
        if (lines.get(name) != event.line()) {
            return;
        }
        switch (event) {
            case InstanceLine.Event.Opened opened -> step(new LineOpened(name));
            case InstanceLine.Event.Said said -> {
                checks.said(name, said.message(), ports);
                step(new InstanceSaid(name, said.message()));
            }
            case InstanceLine.Event.Ended ended -> {
                lines.remove(name);
                checks.ended(name, ports);
                LOG.debug("the line to {} ended: {}", name, ended.why());
                step(new LineClosed(name, ended.why()));
            }
        }
    }

    private void callTold(RelayCall.Event event) {
        calls.remove(event.ticket());
        switch (event) {
            case RelayCall.Event.Answered(long ticket, Answer answer) -> step(new LeaderAnswered(ticket, answer));
            case RelayCall.Event.Missed(long ticket) -> step(new RelayMissed(ticket));
            case RelayCall.Event.Broken(long ticket, String why) -> step(new RelayBroken(ticket, why));
        }
    }

    private void step(CoordinatorInput input) {
        long millis = ports.nanos().getAsLong() / NANOS_PER_MILLI;
        Step<CoordinatorCore, CoordinatorEffect> step =
                core.step(new Moment(millis, ports.wallMillis().getAsLong()), input);
        if (!step.state().cluster().equals(core.cluster())) {
            ports.meter().changed(step.state().cluster());
        }
        core = step.state();
        step.effects().forEach(this::perform);
        OptionalLong due = core.wakeAt();
        if (due.isPresent()) {
            timers.startSingleTimer("due", new Due(), Duration.ofMillis(Math.max(1, due.getAsLong() - millis)));
        } else {
            timers.cancel("due");
        }
    }

    private void perform(CoordinatorEffect effect) {
        switch (effect) {
            case Propose(long number, var change) ->
                raft.tell(new RaftProtocol.Propose(ClusterBytes.of(change), replyTo(number)));
            case Confirm(long number) -> raft.tell(new RaftProtocol.ConfirmLeadership(replyTo(number)));
            case Found(long number) ->
                raft.tell(new RaftProtocol.Found(ports.self().member(), replyTo(number)));
            case AddMember(long number, var member) -> raft.tell(new RaftProtocol.AddMember(member, replyTo(number)));
            case RemoveMember(long number, int id) -> raft.tell(new RaftProtocol.RemoveMember(id, replyTo(number)));
            case Transfer(long number) ->
                raft.tell(new RaftProtocol.TransferLeadership(Optional.empty(), replyTo(number)));
            case AskStatus(long number) -> raft.tell(new RaftProtocol.ShowStatus(statusTo(number)));
            case TakeState(long index, var state) ->
                raft.tell(new RaftProtocol.StateTaken(index, ClusterBytes.of(state)));
            case Admit(var users) -> ports.admit().accept(users);
            case Tell(long ticket, Answer answer) -> tell(ticket, answer);
            case SayElsewhere(long ticket, var leader) -> sayElsewhere(ticket, leader);
            case Relay(long ticket, HostPort leader, var request) -> relay(ticket, leader, request);
            case Connect(InstanceName name, HostPort management) -> connect(name, management);
            case Disconnect(InstanceName name) -> disconnect(name);
            case Assign(InstanceName name, var assignment) -> {
                InstanceLine line = lines.get(name);
                if (line != null) {
                    checks.assigned(name, assignment, ports);
                    line.assign(assignment);
                }
            }
            case Note(Happening happening, String text) -> {
                LOG.atInfo().addKeyValue("event", happening.code()).log(text);
                ports.meter().happened(happening);
            }
        }
    }

    /** Raft answers every command once; a stand-in per command tells which one. */
    private ActorRef<Reply> replyTo(long number) {
        ActorRef<Message> self = context.getSelf();
        return context.spawnAnonymous(Behaviors.receiveMessage(reply -> {
            self.tell(new RaftReplied(number, reply));
            return Behaviors.stopped();
        }));
    }

    private ActorRef<Status> statusTo(long number) {
        ActorRef<Message> self = context.getSelf();
        return context.spawnAnonymous(Behaviors.receiveMessage(status -> {
            self.tell(new StatusCame(number, status));
            return Behaviors.stopped();
        }));
    }

    private void tell(long ticket, Answer answer) {
        RelayCall call = calls.remove(ticket);
        if (call != null) {
            call.end();
        }
        switch (askers.remove(ticket)) {
            case Here(var replyTo) -> replyTo.tell(answer);
            case Elsewhere(LinkConnection connection, long number) ->
                connection.send(new RelayedAnswer(number, answer));
            case null -> {}
        }
    }

    private void sayElsewhere(long ticket, Optional<HostPort> leader) {
        if (askers.remove(ticket) instanceof Elsewhere(LinkConnection connection, long number)) {
            connection.send(new RelayedElsewhere(number, leader));
        }
    }

    private void relay(long ticket, HostPort leader, CoordinatorProtocol.Request request) {
        ActorRef<Message> self = context.getSelf();
        calls.put(
                ticket,
                RelayCall.start(ports.link(), ticket, leader, request, event -> self.tell(new CallTold(event))));
    }

    private void connect(InstanceName name, HostPort management) {
        disconnect(name);
        ActorRef<Message> self = context.getSelf();
        lines.put(name, InstanceLine.start(ports.link(), name, management, event -> self.tell(new LineTold(event))));
    }

    private void disconnect(InstanceName name) {
        InstanceLine line = lines.remove(name);
        if (line != null) {
            line.end();
        }
    }
}
