package skein.role;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.RecoverSnapshot;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.ReplicationLag;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.Users;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.protocol.WireMessage;
import skein.replication.TailShare;
import skein.role.core.Registration;
import skein.role.core.RoleEffect;
import skein.role.core.RoleInput;
import skein.role.core.RoleState;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/**
 * Where the role's effects take place: database actors, the replication port, the registration under way. Confined to
 * the role's actor; what comes from elsewhere comes as an {@link Event}.
 */
final class RoleStage {

    /** What happens on the stage. */
    sealed interface Event {}

    /** In the databases. */
    record InDatabases(DatabaseEvent event) implements Event {}

    /** At the replication port. */
    record AtPort(ReplicationPort.Event event) implements Event {}

    /** In a promotion. */
    record InPromotion(PromotionStage.Event event) implements Event {}

    /** A timer: see whether the record of members says what it should. */
    record MembersTick() implements Event {}

    /** A timer: see which replicas have caught up. */
    record SettleTick() implements Event {}

    /**
     * In a registration.
     *
     * @param number tells registrations apart
     */
    record Enlisted(long number, Enlistment.Event event) implements Event {}

    /** Opening what was made of a snapshot takes time in proportion to it. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofHours(1);

    /** How soon a record of members that could not be written is tried again. */
    private static final Duration MEMBERS_CHECK = Duration.ofSeconds(1);

    private final TimerScheduler<InstanceRoleProtocol.Message> timers;
    private final ActorRef<InstanceRoleProtocol.Message> self;
    private final RoleSettings settings;
    private final DatabaseSet databases;
    private final DatabaseActors actors;
    private final ReplicationPort port;
    private final SettledReplies settled;
    private final PromotionStage promotion;
    private final ForwardingStage forwarding;
    private @Nullable Enlistment enlistment;
    private long enlistmentNumber;

    RoleStage(
            ActorContext<InstanceRoleProtocol.Message> context,
            TimerScheduler<InstanceRoleProtocol.Message> timers,
            RoleSettings settings,
            DatabaseSet databases) {
        this.timers = timers;
        this.self = context.getSelf();
        this.settings = settings;
        this.databases = databases;
        this.actors = new DatabaseActors(context, settings, databases, event -> tell(new InDatabases(event)));
        this.port = new ReplicationPort(settings.link());
        this.settled = new SettledReplies(timers, databases, actors);
        this.promotion = new PromotionStage(context, timers, settings, databases, actors, this::hear);
        this.forwarding = new ForwardingStage(context, settings);
        timers.startTimerWithFixedDelay("members", heard(new MembersTick()), MEMBERS_CHECK);
        databases.onRecovery((name, id) -> AskPattern.<InstanceRoleProtocol.Message, Reply>ask(
                self,
                replyTo -> new RecoverSnapshot(name, id, replyTo),
                RECOVERY_PATIENCE,
                context.getSystem().scheduler()));
    }

    DatabaseSet databases() {
        return databases;
    }

    static InstanceRoleProtocol.Message heard(DatabaseEvent event) {
        return heard(new InDatabases(event));
    }

    static InstanceRoleProtocol.Message heard(Event event) {
        return new InstanceRole.StageHeard(event);
    }

    private void hear(RoleInput input) {
        self.tell(new InstanceRole.Heard(input));
    }

    private void tell(Event event) {
        self.tell(heard(event));
    }

    /** See {@link SettledReplies#whenSettled}. */
    void whenSettled(ReplicaName name, Runnable answer) {
        settled.whenSettled(name, answer);
    }

    /** See {@link SettledReplies#whenLetGo}. */
    void whenLetGo(ReplicaName name, Runnable answer) {
        settled.whenLetGo(name, answer);
    }

    /** See {@link SettledReplies#whenCovered}. */
    void whenCovered(Runnable answer) {
        settled.whenCovered(answer, answer);
    }

    /** See {@link SettledReplies#whenFollowed}. */
    void whenFollowed(UUID database, Runnable answer) {
        settled.whenFollowed(database, answer);
    }

    /** What SHOW REPLICAS answers. */
    Replicas replicas(RoleState state) {
        return RoleReports.replicas(state, databases);
    }

    /** What SHOW REPLICATION LAG answers. */
    ReplicationLag lag(RoleState state) {
        return RoleReports.lag(state, settings, databases);
    }

    /** What SHOW USERS answers. */
    Users users() {
        return RoleReports.users(databases);
    }

    /** A crash may have come between obeying a MAIN and taking over its system database. */
    void recovered(RoleState state) {
        if (settings.restore() && state instanceof RoleState.Replica replica && replica.following() != null) {
            actors.adopt(replica.following().system(), false, false);
        }
    }

    void perform(RoleEffect effect, RoleState state) {
        switch (effect) {
            case RoleEffect.OpenReign open -> openReign(open, state);
            case RoleEffect.AwaitCover(long round) ->
                settled.whenCovered(
                        () -> hear(new RoleInput.Covered(round)), () -> hear(new RoleInput.NotCovered(round)));
            case RoleEffect.Joined(ReplicaName name) -> actors.streams().joined(name);
            case RoleEffect.ChangeCatalogue(var record) -> actors.changeCatalogue(record);
            case RoleEffect.RecordMembers(var members) -> actors.recordMembers(members);
            case RoleEffect.StartStreams(Registration registration) -> startStreams(registration, state);
            case RoleEffect.GreetAnew _ -> actors.streams().greetAnew(introduction(state));
            case RoleEffect.StopStreams(ReplicaName name) -> stopStreams(name);
            case RoleEffect.Drain _ -> drain();
            case RoleEffect.Follow _ -> actors.follow();
            case RoleEffect.BindPort(int number) ->
                port.bind(new HostPort(settings.replicationAddress(), number), event -> tell(new AtPort(event)));
            case RoleEffect.ClosePort _ -> port.close();
            case RoleEffect.StartEnlisting(Registration registration) -> startEnlisting(registration, state);
            case RoleEffect.TellToObey(boolean systemAnew, boolean resync, long reportedEpoch) -> {
                Enlistment open = enlistment;
                if (open != null) {
                    open.tellToObey(introduction(state).obey(systemAnew, resync, reportedEpoch));
                }
            }
            case RoleEffect.EndEnlisting _ -> endEnlisting();
            case RoleEffect.Answer(long connection, var message) -> send(connection, message);
            case RoleEffect.AnswerReport(long connection) ->
                send(connection, RoleReports.report(state, settings, databases));
            case RoleEffect.Refuse(long connection, var reason, String text) -> {
                send(connection, new Refusal(reason, text));
                closeConnection(connection);
            }
            case RoleEffect.Admit(long connection, Hello hello) -> admit(connection, hello);
            case RoleEffect.UseLine(long connection, var offer) -> useLine(connection, offer);
            case RoleEffect.Depose(var reason, String text) -> depose(reason, text);
            case RoleEffect.AdoptSystem(DatabaseIdentity system, boolean anew, boolean resync) ->
                actors.adopt(system, anew, resync);
            case RoleEffect.AnswerPledged(long connection) ->
                actors.whenStill(() -> send(connection, new Pledged(RoleReports.report(state, settings, databases))));
            case RoleEffect.ShareTail(long connection, Pull pull) -> send(connection, share(pull));
            case RoleEffect.StandStill _ -> promotion.standStill();
            case RoleEffect.AskPeers ask -> promotion.ask(ask);
            case RoleEffect.PullTail pull -> promotion.pull(pull);
            case RoleEffect.DecideSystem(long lsn) -> promotion.decideSystem(lsn);
            case RoleEffect.LeavePeers _ -> promotion.leave();
            case RoleEffect.WithdrawFrom withdraw -> promotion.withdraw(withdraw);
            case RoleEffect.PointTo(MainIdentity whom) -> pointTo(whom);
            case RoleEffect.Persist _,
                    RoleEffect.Reply _,
                    RoleEffect.ReplyWhenSettled _,
                    RoleEffect.ReplyWhenLetGo _,
                    RoleEffect.ReplyWhenCovered _,
                    RoleEffect.ReplyWhenFollowed _,
                    RoleEffect.ReplyReplicas _,
                    RoleEffect.ReplyLag _,
                    RoleEffect.GiveUp _ -> throw new IllegalStateException("not for the stage: " + effect);
        }
    }

    private void openReign(RoleEffect.OpenReign open, RoleState state) {
        Introduction self = introduction(state);
        forwarding.reigns(self.main());
        actors.openReign(
                self,
                settings.databases().rules().of(open.quorum(), open.quorumInForce()),
                mainOf(state).replicas(),
                mainOf(state).joined());
    }

    /** Writes are carried out by a MAIN alone. */
    private void startStreams(Registration registration, RoleState state) {
        actors.streams().start(registration, introduction(state));
        if (state instanceof RoleState.Main) {
            forwarding.offer(registration);
        }
    }

    private void stopStreams(ReplicaName name) {
        forwarding.stop(name);
        actors.streams().stop(name);
    }

    private void drain() {
        forwarding.stopAll();
        actors.drain();
    }

    private void useLine(long connection, OfferForwarding offer) {
        ReplicationPort.Accepted line = port.connection(connection);
        if (line != null) {
            line.use(settings.forwarding(), offer);
        }
    }

    private void depose(Reason reason, String text) {
        actors.depose(reason, text);
        settings.forwarding().endAll(text);
    }

    private void pointTo(MainIdentity whom) {
        actors.pointTo(whom);
        settings.forwarding().follow(whom);
    }

    private WireMessage share(Pull pull) {
        return databases.everything().stream()
                .filter(one -> one.id().equals(pull.database()))
                .findFirst()
                .map(one -> TailShare.answer(one.cell(), pull))
                .orElseGet(() -> new Refusal(Reason.UNKNOWN_DATABASE, "it does not serve that database"));
    }

    private static RoleState.Main mainOf(RoleState state) {
        Invariant.check(state instanceof RoleState.Main, "%s has no MAIN's identity", state);
        return (RoleState.Main) state;
    }

    private Introduction introduction(RoleState state) {
        if (state instanceof RoleState.Replica replica) {
            RoleState.Following following =
                    Invariant.present(replica.following(), "%s follows nobody", replica.instance());
            return new Introduction(following.main(), state.path(), following.system());
        }
        RoleState.Main own = mainOf(state);
        return new Introduction(
                new MainIdentity(own.tenure(), settings.name(), settings.bolt(), own.epoch()),
                state.path(),
                databases.systemDatabase().cell().identity());
    }

    private void startEnlisting(Registration registration, RoleState state) {
        long number = ++enlistmentNumber;
        enlistment = Enlistment.start(
                settings.link(), registration, introduction(state), event -> tell(new Enlisted(number, event)));
        timers.startSingleTimer(
                "enlistment",
                heard(new Enlisted(
                        number,
                        new Enlistment.Event.Failed("it did not answer within "
                                + settings.enlistTimeout().toSeconds() + " s"))),
                settings.enlistTimeout());
    }

    private void endEnlisting() {
        enlistmentNumber++;
        timers.cancel("enlistment");
        Enlistment open = enlistment;
        enlistment = null;
        if (open != null) {
            open.end();
        }
    }

    private void send(long number, WireMessage message) {
        ReplicationPort.Accepted connection = port.connection(number);
        if (connection != null) {
            connection.send(message);
        }
    }

    private void closeConnection(long number) {
        ReplicationPort.Accepted connection = port.connection(number);
        if (connection != null) {
            connection.close();
        }
    }

    private void admit(long number, Hello hello) {
        ReplicationPort.Accepted connection = port.connection(number);
        if (connection != null) {
            actors.find(hello.database())
                    .ifPresentOrElse(database -> connection.admit(database, hello), connection::close);
        }
    }

    /** What the event means to the core; nothing when the stage alone is concerned. */
    Optional<RoleInput> meaning(Event event) {
        return switch (event) {
            case InDatabases(DatabaseEvent inner) -> actors.heard(inner);
            case AtPort(ReplicationPort.Event inner) -> heardAtPort(inner);
            case InPromotion(PromotionStage.Event inner) -> {
                promotion.heard(inner);
                yield Optional.empty();
            }
            case MembersTick _ -> Optional.of(new RoleInput.CheckMembers());
            case SettleTick _ -> {
                settled.tick();
                yield Optional.empty();
            }
            case Enlisted(long number, Enlistment.Event inner) ->
                number == enlistmentNumber && enlistment != null ? Optional.of(inputOf(inner)) : Optional.empty();
        };
    }

    private RoleInput inputOf(Enlistment.Event event) {
        return switch (event) {
            case Enlistment.Event.Reported(Report report) ->
                new RoleInput.Reported(report, RoleReports.own(databases), UUID.randomUUID());
            case Enlistment.Event.Obeys _ -> new RoleInput.ReplicaObeys();
            case Enlistment.Event.Failed(String message) -> new RoleInput.EnlistFailed(message);
        };
    }

    private Optional<RoleInput> heardAtPort(ReplicationPort.Event event) {
        return switch (event) {
            case ReplicationPort.Event.Bound(var bound) -> {
                port.bound(bound);
                yield Optional.of(new RoleInput.PortBound(bound.address()));
            }
            case ReplicationPort.Event.NotBound(String message) -> Optional.of(new RoleInput.PortRefused(message));
            case ReplicationPort.Event.Opened(long number, var connection) -> {
                port.opened(number, connection);
                yield Optional.empty();
            }
            case ReplicationPort.Event.Closed(long number) -> {
                port.closed(number);
                yield Optional.empty();
            }
            case ReplicationPort.Event.Offered(long number, var offer) ->
                Optional.of(new RoleInput.ForwardingOffered(
                        number, offer, settings.forwarding().isWanted()));
            case ReplicationPort.Event.Received(long number, FromMain message) ->
                switch (message) {
                    case Enlist enlist -> Optional.of(new RoleInput.EnlistReceived(number, enlist));
                    case Obey obey -> Optional.of(new RoleInput.ObeyReceived(number, obey));
                    case Pledge pledge ->
                        Optional.of(new RoleInput.PledgeReceived(
                                number, pledge, databases.systemDatabase().id()));
                    case Pull pull -> Optional.of(new RoleInput.PullReceived(number, pull));
                    case WithdrawPledge(var epoch) -> {
                        closeConnection(number);
                        yield Optional.of(new RoleInput.WithdrawReceived(epoch));
                    }
                    case Hello hello ->
                        Optional.of(new RoleInput.HelloReceived(number, hello, actors.held(hello.database())));
                    default -> {
                        closeConnection(number);
                        yield Optional.empty();
                    }
                };
        };
    }

    /** The instance ends: nobody is to find its port open. */
    void end() {
        endEnlisting();
        promotion.leave();
        port.close();
    }

    SkeinException giveUp(String message) {
        return new SkeinException(ErrorCode.CONFIGURATION, message);
    }
}
