package skein.role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Command;
import skein.protocol.InstanceRoleProtocol.CreateDatabase;
import skein.protocol.InstanceRoleProtocol.Done;
import skein.protocol.InstanceRoleProtocol.DropDatabase;
import skein.protocol.InstanceRoleProtocol.DropReplica;
import skein.protocol.InstanceRoleProtocol.RecoverSnapshot;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.RegisterReplica;
import skein.protocol.InstanceRoleProtocol.RenameDatabase;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.Role;
import skein.protocol.InstanceRoleProtocol.SetDatabaseSetting;
import skein.protocol.InstanceRoleProtocol.SetRoleToMain;
import skein.protocol.InstanceRoleProtocol.SetRoleToReplica;
import skein.protocol.InstanceRoleProtocol.ShowDatabaseSettings;
import skein.protocol.InstanceRoleProtocol.ShowReplicas;
import skein.protocol.InstanceRoleProtocol.ShowReplicationLag;
import skein.protocol.InstanceRoleProtocol.ShowRole;
import skein.protocol.InstanceRoleProtocol.ShowUsers;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.role.core.DatabaseWish;
import skein.role.core.Registration;
import skein.role.core.RoleCore;
import skein.role.core.RoleEffect;
import skein.role.core.RoleEvent;
import skein.role.core.RoleInput;
import skein.role.core.RolePhase;
import skein.role.core.RoleReply;
import skein.role.core.RoleState;
import skein.role.core.RoleView;
import skein.storage.failpoint.FailPoint;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * What the instance is, as a persistent actor: the shell of a {@link RoleCore}. Events are durable before any other
 * effect of their step is carried out.
 */
public final class InstanceRole extends EventSourcedBehavior<InstanceRoleProtocol.Message, RoleEvent, RoleState> {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceRole.class);
    private static final PersistenceId ID = PersistenceId.ofUniqueId("instance-role");

    /** What the actor tells itself. */
    sealed interface Own extends InstanceRoleProtocol.Message {}

    /** Something for the core. */
    record Heard(RoleInput input) implements Own {}

    /** Passwords are verified and hashed. */
    record Prepared(UserWish wish, ActorRef<Reply> replyTo) implements Own {}

    /** Something for the stage. */
    record StageHeard(RoleStage.Event event) implements Own {}

    private final ActorRef<InstanceRoleProtocol.Message> self;
    private final RoleSettings settings;
    private final RoleStage stage;
    private final CompletableFuture<Void> started;
    private final RoleFailure failure;
    private final Map<Long, ActorRef<Reply>> tickets = new HashMap<>();
    private RoleCore core = RoleCore.starting();
    private long nextTicket;
    private @Nullable ActorRef<RoleView> watcher;
    private @Nullable RoleView watched;

    private InstanceRole(
            ActorContext<InstanceRoleProtocol.Message> context,
            TimerScheduler<InstanceRoleProtocol.Message> timers,
            RoleSettings settings,
            DatabaseSet databases,
            CompletableFuture<Void> started,
            RoleFailure failure) {
        super(ID);
        this.self = context.getSelf();
        this.settings = settings;
        this.started = started;
        this.failure = failure;
        this.stage = new RoleStage(context, timers, settings, databases);
    }

    /**
     * @param databases open, without owners; the actor gives them owners and closes nothing
     * @param started completes when the instance is what it was or has become MAIN, or fails when it cannot
     * @param failure hears why the actor has ended, if it has because of something that went wrong
     */
    public static Behavior<InstanceRoleProtocol.Message> create(
            RoleSettings settings, DatabaseSet databases, CompletableFuture<Void> started, RoleFailure failure) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> failure.of(() -> new InstanceRole(context, timers, settings, databases, started, failure))));
    }

    @Override
    public RoleState emptyState() {
        return RoleState.fresh();
    }

    @Override
    public EventHandler<RoleState, RoleEvent> eventHandler() {
        return RoleState::evolve;
    }

    @Override
    public SignalHandler<RoleState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> failure.of(() -> recovered(state)))
                .onSignal(RecoveryFailed.class, (state, failed) -> failure.because(failed.getFailure()))
                .onSignal(PostStop.instance(), state -> stage.end())
                .build();
    }

    private void recovered(RoleState state) {
        core = core.withState(state);
        stage.recovered(state);
        self.tell(new Heard(new RoleInput.Recovered(
                settings.restore(),
                settings.managed(),
                freshIds(),
                stage.databases().epochInLogs(),
                stage.databases().memberships(),
                settings.databases().rules().quorum())));
    }

    private static RoleInput.FreshIds freshIds() {
        return new RoleInput.FreshIds(UUID.randomUUID(), UUID.randomUUID());
    }

    @Override
    public CommandHandler<InstanceRoleProtocol.Message, RoleEvent, RoleState> commandHandler() {
        return (state, message) -> failure.of(() -> handle(message));
    }

    private Effect<RoleEvent, RoleState> handle(InstanceRoleProtocol.Message message) {
        return switch (message) {
            case UserCommand command -> {
                prepare(command);
                yield Effect().none();
            }
            case ShowUsers(ActorRef<Reply> replyTo) -> {
                replyTo.tell(stage.users());
                yield Effect().none();
            }
            case ShowDatabaseSettings(var name, ActorRef<Reply> replyTo) -> {
                replyTo.tell(RoleReports.settings(stage.databases().shared(), name));
                yield Effect().none();
            }
            case Command command -> step(inputOf(command));
            case RoleOrder order -> step(order);
            case Prepared(UserWish wish, ActorRef<Reply> replyTo) ->
                step(new RoleInput.ChangeUsers(
                        ticket(replyTo), wish, stage.databases().accounts().decided()));
            case Heard(RoleInput input) -> step(input);
            case StageHeard(RoleStage.Event event) -> {
                Optional<RoleInput> input = stage.meaning(event);
                yield input.isPresent() ? step(input.get()) : Effect().none();
            }
            default -> throw new IllegalStateException("unexpected message " + message);
        };
    }

    private RoleInput inputOf(Command command) {
        return switch (command) {
            case SetRoleToMain(boolean force, ActorRef<Reply> replyTo) ->
                new RoleInput.SetMain(
                        ticket(replyTo),
                        force,
                        settings.name(),
                        freshIds(),
                        stage.databases().epochInLogs(),
                        stage.databases().memberships(),
                        stage.databases().systemDatabase().id());
            case SetRoleToReplica(int port, ActorRef<Reply> replyTo) -> new RoleInput.SetReplica(ticket(replyTo), port);
            case RegisterReplica wish ->
                new RoleInput.Register(
                        ticket(wish.replyTo()),
                        Registration.asked(
                                wish.name(), wish.mode(), wish.ackTimeout().orElse(null), wish.address()),
                        wish.resync());
            case DropReplica(var name, ActorRef<Reply> replyTo) -> new RoleInput.Drop(ticket(replyTo), name);
            case CreateDatabase(var name, boolean ifNotExists, ActorRef<Reply> replyTo) ->
                wish(
                        replyTo,
                        new DatabaseWish.Create(
                                name,
                                ifNotExists,
                                UUID.randomUUID(),
                                stage.databases().now().toEpochMilli()));
            case DropDatabase(var name, boolean ifExists, boolean force, ActorRef<Reply> replyTo) ->
                wish(replyTo, new DatabaseWish.Drop(name, ifExists, force));
            case RenameDatabase(var from, var to, ActorRef<Reply> replyTo) ->
                wish(replyTo, new DatabaseWish.Rename(from, to));
            case RecoverSnapshot(var name, UUID id, ActorRef<Reply> replyTo) ->
                wish(replyTo, new DatabaseWish.Recover(name, id));
            case SetDatabaseSetting(String name, String value, ActorRef<Reply> replyTo) ->
                new RoleInput.ChangeSetting(ticket(replyTo), name, value, UUID.randomUUID());
            case ShowDatabaseSettings wish -> throw new IllegalStateException("is answered at once: " + wish);
            case UserCommand wish -> throw new IllegalStateException("is prepared first: " + wish);
            case ShowUsers wish -> throw new IllegalStateException("is answered at once: " + wish);
            case ShowReplicas(ActorRef<Reply> replyTo) -> new RoleInput.ShowReplicas(ticket(replyTo));
            case ShowReplicationLag(ActorRef<Reply> replyTo) -> new RoleInput.ShowLag(ticket(replyTo));
            case ShowRole(ActorRef<Reply> replyTo) -> new RoleInput.ShowRole(ticket(replyTo));
        };
    }

    private Effect<RoleEvent, RoleState> step(RoleOrder order) {
        if (order instanceof RoleOrder.Watch(ActorRef<RoleView> one)) {
            watcher = one;
            watched = RoleView.of(core);
            one.tell(watched);
            return Effect().none();
        }
        return step(wanted(order));
    }

    private RoleInput wanted(RoleOrder order) {
        return switch (order) {
            case RoleOrder.Join(UUID cluster, ActorRef<Reply> replyTo) ->
                new RoleInput.JoinCluster(ticket(replyTo), cluster);
            case RoleOrder.Reign(long reign, var others, ActorRef<Reply> replyTo) ->
                new RoleInput.Assigned(new RoleInput.SetMain(
                        ticket(replyTo),
                        false,
                        reign,
                        others,
                        settings.name(),
                        freshIds(),
                        stage.databases().epochInLogs(),
                        stage.databases().memberships(),
                        stage.databases().systemDatabase().id()));
            case RoleOrder.Serve(int port, ActorRef<Reply> replyTo) ->
                new RoleInput.Assigned(new RoleInput.SetReplica(ticket(replyTo), port));
            case RoleOrder.Enlist(Registration registration, boolean resync, ActorRef<Reply> replyTo) ->
                new RoleInput.Assigned(new RoleInput.Register(ticket(replyTo), registration, resync));
            case RoleOrder.Drop(var name, ActorRef<Reply> replyTo) ->
                new RoleInput.Assigned(new RoleInput.Drop(ticket(replyTo), name));
            case RoleOrder.Watch watch -> throw new IllegalStateException("is answered at once: " + watch);
        };
    }

    /** Before anything that the step asks for: whoever hears the answer to an order knows what came of it. */
    private void tellWatcher() {
        ActorRef<RoleView> one = watcher;
        RoleView view = RoleView.of(core);
        if (one != null && !view.equals(watched)) {
            watched = view;
            one.tell(view);
        }
    }

    /** Passwords are verified and hashed elsewhere; the wish comes back once they are. */
    private void prepare(UserCommand command) {
        settings.users().wish(command).whenComplete((wish, failure) -> {
            if (failure == null) {
                self.tell(new Prepared(wish, command.replyTo()));
            } else {
                command.replyTo().tell(new Refused(reason(failure)));
            }
        });
    }

    private static SkeinException reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SkeinException expected
                ? expected
                : new SkeinException(
                        ErrorCode.INTERNAL,
                        "The command was not carried out because of a fault in the server. Nothing changed.",
                        failure);
    }

    private RoleInput wish(ActorRef<Reply> replyTo, DatabaseWish wish) {
        return new RoleInput.ChangeDatabases(
                ticket(replyTo), wish, stage.databases().view());
    }

    private long ticket(ActorRef<Reply> replyTo) {
        long ticket = nextTicket++;
        tickets.put(ticket, replyTo);
        return ticket;
    }

    private Effect<RoleEvent, RoleState> step(RoleInput input) {
        Step<RoleCore, RoleEffect> step = core.step(input);
        core = step.state();
        List<RoleEvent> events = new ArrayList<>();
        List<RoleEffect> others = new ArrayList<>();
        for (RoleEffect effect : step.effects()) {
            if (effect instanceof RoleEffect.Persist(RoleEvent event)) {
                Invariant.check(others.isEmpty(), "%s is to be persisted after %s", event, others);
                events.add(event);
            } else {
                others.add(effect);
            }
        }
        if (events.isEmpty()) {
            tellWatcher();
            others.forEach(this::perform);
            tellStarted();
            return Effect().none();
        }
        events.forEach(event -> LOG.info("role: {}", event));
        FailPoint.ROLE_BEFORE_PERSIST.reached();
        return Effect()
                .persist(events)
                .thenRun(state -> failure.of(() -> {
                    FailPoint.ROLE_PERSISTED.reached();
                    tellWatcher();
                    others.forEach(this::perform);
                    tellStarted();
                }));
    }

    private void tellStarted() {
        if (core.phase() instanceof RolePhase.Steady) {
            started.complete(null);
        }
    }

    private void perform(RoleEffect effect) {
        switch (effect) {
            case RoleEffect.Persist persist -> throw new IllegalStateException("persisted already: " + persist);
            case RoleEffect.Reply(long ticket, RoleReply reply) -> reply(ticket, replyOf(reply));
            case RoleEffect.ReplyWhenSettled(long ticket, var name, RoleReply reply) ->
                stage.whenSettled(name, () -> reply(ticket, replyOf(reply)));
            case RoleEffect.ReplyWhenLetGo(long ticket, var name, RoleReply reply) ->
                stage.whenLetGo(name, () -> reply(ticket, replyOf(reply)));
            case RoleEffect.ReplyWhenCovered(long ticket, RoleReply reply) ->
                stage.whenCovered(() -> reply(ticket, replyOf(reply)));
            case RoleEffect.ReplyWhenFollowed(long ticket, UUID database, RoleReply reply) ->
                stage.whenFollowed(database, () -> reply(ticket, replyOf(reply)));
            case RoleEffect.ReplyReplicas(long ticket) -> reply(ticket, stage.replicas(core.state()));
            case RoleEffect.ReplyLag(long ticket) -> reply(ticket, stage.lag(core.state()));
            case RoleEffect.GiveUp(String message) -> {
                LOG.error("the instance cannot go on: {}", message);
                started.completeExceptionally(stage.giveUp(message));
            }
            default -> stage.perform(effect, core.state());
        }
    }

    private void reply(long ticket, Reply reply) {
        ActorRef<Reply> replyTo = tickets.remove(ticket);
        if (replyTo != null) {
            FailPoint.ROLE_BEFORE_REPLY.reached();
            replyTo.tell(reply);
        }
    }

    private static Reply replyOf(RoleReply reply) {
        return switch (reply) {
            case RoleReply.Done(var notifications) -> new Done(notifications);
            case RoleReply.Refused(var reason) -> new Refused(reason);
            case RoleReply.Role(boolean main) -> new Role(main);
        };
    }
}
