package skein.raft;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.Link;
import skein.link.Link.LinkPort;
import skein.link.LinkConnection;
import skein.protocol.RaftPeerProtocol;
import skein.protocol.RaftPeerProtocol.Request;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.AddMember;
import skein.protocol.RaftProtocol.Command;
import skein.protocol.RaftProtocol.ConfirmLeadership;
import skein.protocol.RaftProtocol.Found;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Message;
import skein.protocol.RaftProtocol.Propose;
import skein.protocol.RaftProtocol.RemoveMember;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.ShowStatus;
import skein.protocol.RaftProtocol.StateTaken;
import skein.protocol.RaftProtocol.Status;
import skein.protocol.RaftProtocol.TransferLeadership;
import skein.protocol.RaftProtocol.Unknown;
import skein.raft.RaftLines.Event;
import skein.raft.core.Batch;
import skein.raft.core.DurableState;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftEffect;
import skein.raft.core.RaftEvent;
import skein.raft.core.RaftInput;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;

/**
 * A member of a Raft group: the shell of a {@link RaftCore}. What arrives while events are being written waits and is
 * then one {@link Batch}; events are durable before anything else of their batch is carried out. When its journal fails
 * the actor ends: a member that cannot remember must not speak.
 */
public final class RaftMember extends EventSourcedBehavior<Message, RaftEvent, DurableState> {
    private static final Logger LOG = LoggerFactory.getLogger(RaftMember.class);
    static final PersistenceId ID = PersistenceId.ofUniqueId("raft-member");
    private static final Duration WAKE_MIN = Duration.ofMillis(1);

    /** What the actor tells itself. */
    private sealed interface Own extends Message {}

    private record OfLine(Event event) implements Own {}

    private record Bound(LinkPort port) implements Own {}

    private enum Signal implements Own {
        WAKE,
        DRAIN
    }

    /** Hears everything before the journal does, which would stash it while it writes: only draining persists. */
    private static final class Listening extends BehaviorInterceptor<Message, Message> {
        private final RaftMember member;

        Listening(RaftMember member) {
            super(Message.class);
            this.member = member;
        }

        @Override
        public Behavior<Message> aroundReceive(
                TypedActorContext<Message> context, Message message, ReceiveTarget<Message> target) {
            if (message == Signal.DRAIN) {
                return target.apply(context, message);
            }
            member.told(message);
            return Behaviors.same();
        }
    }

    private final ActorRef<Message> self;
    private final TimerScheduler<Message> timers;
    private final RaftMemberSettings settings;
    private final Link link;
    private final ActorRef<RaftProtocol.Event> owner;
    private final CompletableFuture<HostPort> listening;
    private final RaftLines lines;
    private final HeldMessages held = new HeldMessages();
    private final Deque<RaftInput> waiting = new ArrayDeque<>();
    private final Map<Long, ActorRef<Reply>> tickets = new HashMap<>();
    private final Map<Long, Long> proposedAt = new HashMap<>();
    private RaftCore core;
    private @Nullable LinkPort port;
    private long nextTicket;
    private boolean draining;
    private boolean recovered;
    private boolean persisting;

    private RaftMember(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            RaftMemberSettings settings,
            Link link,
            ActorRef<RaftProtocol.Event> owner,
            CompletableFuture<HostPort> listening) {
        super(ID);
        this.self = context.getSelf();
        this.timers = timers;
        this.settings = settings;
        this.link = link;
        this.owner = owner;
        this.listening = listening;
        this.lines = new RaftLines(link, settings.nanos(), event -> self.tell(new OfLine(event)));
        this.core = RaftCore.recovered(settings.raft(), DurableState.empty());
    }

    /**
     * @param owner hears what is committed, and who leads
     * @param listening completes with the address once others can connect, or fails with the reason why they cannot
     */
    public static Behavior<Command> create(
            RaftMemberSettings settings,
            Link link,
            ActorRef<RaftProtocol.Event> owner,
            CompletableFuture<HostPort> listening) {
        return Behaviors.<Message>setup(context -> Behaviors.withTimers(timers -> {
                    RaftMember member = new RaftMember(context, timers, settings, link, owner, listening);
                    return Behaviors.intercept(() -> new Listening(member), member);
                }))
                .narrow();
    }

    @Override
    public DurableState emptyState() {
        return DurableState.empty();
    }

    @Override
    public EventHandler<DurableState, RaftEvent> eventHandler() {
        return DurableState::evolve;
    }

    @Override
    public SignalHandler<DurableState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .onSignal(RecoveryFailed.class, (state, failed) -> {
                    LOG.error(
                            "SKEIN-RAFT-016: the coordinator's journal cannot be read, so this coordinator takes no"
                                    + " part. Look at the directory 'role' of its data directory.",
                            failed.getFailure());
                    listening.completeExceptionally(failed.getFailure());
                })
                .onSignal(PostStop.instance(), state -> end())
                .build();
    }

    private void recovered(DurableState state) {
        core = RaftCore.recovered(settings.raft(), state);
        recovered = true;
        hear(new RaftInput.Started(
                settings.id(), UUID.randomUUID(), ThreadLocalRandom.current().nextLong()));
        link.bind(settings.listen(), _ -> lines.accept()).whenComplete((opened, failure) -> {
            if (failure == null) {
                self.tell(new Bound(opened));
                listening.complete(opened.address());
            } else {
                listening.completeExceptionally(failure);
            }
        });
        hearHeld();
    }

    /** Whoever still waits for an answer cannot know what became of it. */
    private void end() {
        if (persisting) {
            LOG.error(
                    "SKEIN-RAFT-017: this coordinator ended while its journal was being written. Unless it was stopped,"
                            + " the journal took nothing more, and the log says why: it takes no part, the other coordinators go"
                            + " on. Make room on the disk, or replace it, and restart this coordinator.");
        }
        tickets.values().forEach(replyTo -> replyTo.tell(new Unknown()));
        tickets.clear();
        held.refuseAll();
        lines.close();
        if (port != null) {
            port.close();
        }
    }

    @Override
    public CommandHandler<Message, RaftEvent, DurableState> commandHandler() {
        return (state, message) -> {
            Invariant.check(message == Signal.DRAIN, "%s came to the journal", message);
            return drain();
        };
    }

    /**
     * While events are written nothing is looked at: what the member says then could be outdated by them. Nor when much
     * waits for the next batch already: the signal that begins it stands in the mailbox behind all that came before it.
     */
    private void told(Message message) {
        if (persisting || !recovered || waiting.size() >= HeldMessages.WISHES_MAX) {
            held.add(message);
        } else {
            listen(message);
        }
    }

    private void hearHeld() {
        for (Message message = held.poll(); message != null; message = held.poll()) {
            listen(message);
        }
    }

    private void listen(Message message) {
        switch (message) {
            case Command command -> command(command);
            case OfLine(Event event) -> line(event);
            case Bound(LinkPort opened) -> port = opened;
            case Signal.WAKE -> hear(new RaftInput.Ticked());
            default -> throw new IllegalStateException("unexpected message " + message);
        }
    }

    private void command(Command command) {
        switch (command) {
            case Propose propose -> {
                proposedAt.put(nextTicket, settings.nanos().getAsLong());
                hear(new RaftInput.Proposed(List.of(new RaftInput.Proposal(
                        ticket(propose.replyTo()),
                        ByteBuffer.wrap(propose.entry().clone())))));
            }
            case ConfirmLeadership(ActorRef<Reply> replyTo) -> hear(new RaftInput.ToConfirm(ticket(replyTo)));
            case Found(Member member, ActorRef<Reply> replyTo) ->
                hear(new RaftInput.ToFound(ticket(replyTo), member, UUID.randomUUID()));
            case AddMember(Member member, ActorRef<Reply> replyTo) ->
                hear(new RaftInput.ToAdd(ticket(replyTo), member));
            case RemoveMember(int id, ActorRef<Reply> replyTo) -> hear(new RaftInput.ToRemove(ticket(replyTo), id));
            case TransferLeadership(var to, ActorRef<Reply> replyTo) ->
                hear(new RaftInput.ToTransfer(ticket(replyTo), to));
            case ShowStatus(ActorRef<Status> replyTo) ->
                replyTo.tell(core.status(settings.nanos().getAsLong()));
            case StateTaken taken ->
                hear(new RaftInput.StateTaken(
                        taken.index(), ByteBuffer.wrap(taken.state().clone())));
        }
    }

    private long ticket(ActorRef<Reply> replyTo) {
        long ticket = nextTicket++;
        tickets.put(ticket, replyTo);
        return ticket;
    }

    private void line(Event event) {
        switch (event) {
            case Event.Opened(RaftLines.Line line, LinkConnection connection) -> {
                if (lines.opened(line, connection)) {
                    hear(new RaftInput.LineOpened(line.id()));
                }
            }
            case Event.Closed(RaftLines.Line line) -> {
                if (lines.closed(line)) {
                    hear(new RaftInput.LineClosed(line.id()));
                }
            }
            case Event.Said(var message, LinkConnection connection) -> {
                connection.confirm();
                lines.alive(connection);
                if (message instanceof RaftPeerProtocol.Message ofRaft) {
                    if (ofRaft instanceof Request) {
                        lines.heardFrom(ofRaft.from().id(), connection);
                    }
                    hear(new RaftInput.Heard(ofRaft));
                } else {
                    connection.close();
                }
            }
        }
    }

    private void hear(RaftInput input) {
        waiting.addLast(input);
        drainSoon();
    }

    private void drainSoon() {
        if (!draining && recovered) {
            draining = true;
            self.tell(Signal.DRAIN);
        }
    }

    private Effect<RaftEvent, DurableState> drain() {
        draining = false;
        List<RaftInput> inputs = new ArrayList<>(waiting);
        waiting.clear();
        Batch batch = Batch.of(core, inputs, settings.nanos().getAsLong());
        core = batch.core();
        batch.now().forEach(this::perform);
        wakeLater();
        meter(batch);
        if (batch.persist().events().isEmpty()) {
            hearHeld();
            return Effect().none();
        }
        persisting = true;
        long began = settings.nanos().getAsLong();
        return Effect().persist(batch.persist().events()).thenRun(state -> {
            persisting = false;
            settings.meter().stored(settings.nanos().getAsLong() - began);
            batch.then().forEach(this::perform);
            waiting.addFirst(
                    new RaftInput.Stored(batch.persist().term(), batch.persist().lastIndex()));
            drainSoon();
            hearHeld();
        });
    }

    private void meter(Batch batch) {
        for (RaftEvent event : batch.persist().events()) {
            if (event instanceof RaftEvent.VoteRecorded(long term, var candidate)
                    && candidate != null
                    && candidate.id() == settings.id()) {
                settings.meter().stood();
            }
        }
        settings.meter()
                .standsAt(
                        core.durable().term(),
                        core.durable().log().lastIndex(),
                        core.committed(),
                        core.announced() instanceof RaftProtocol.Elected);
    }

    private void wakeLater() {
        long wake = core.wakeNanos();
        if (wake == Long.MAX_VALUE) {
            timers.cancel(Signal.WAKE);
        } else {
            Duration delay = Duration.ofNanos(wake - settings.nanos().getAsLong());
            timers.startSingleTimer(Signal.WAKE, Signal.WAKE, delay.compareTo(WAKE_MIN) < 0 ? WAKE_MIN : delay);
        }
    }

    private void perform(RaftEffect effect) {
        switch (effect) {
            case RaftEffect.Send(int to, var message) -> lines.send(to, message);
            case RaftEffect.Tell(RaftProtocol.Event event) -> {
                if (event instanceof RaftProtocol.Elected) {
                    settings.meter().elected();
                }
                owner.tell(event);
            }
            case RaftEffect.Reply(long ticket, Reply reply) -> {
                ActorRef<Reply> replyTo = tickets.remove(ticket);
                Long began = proposedAt.remove(ticket);
                if (began != null) {
                    settings.meter().concluded(reply, settings.nanos().getAsLong() - began);
                }
                if (replyTo != null) {
                    replyTo.tell(reply);
                }
            }
            case RaftEffect.KeepLines(var members) -> lines.keep(members);
            case RaftEffect.Warn(String words) -> LOG.warn("{}", words);
            case RaftEffect.GiveUp(String words) -> {
                LOG.error("{}", words);
                throw new IllegalStateException(words);
            }
            case RaftEffect.Persist persist -> throw new IllegalStateException("persisted already: " + persist);
        }
    }
}
