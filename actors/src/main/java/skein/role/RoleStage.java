package skein.role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.WireMessage;
import skein.replication.DatabaseActor;
import skein.replication.DatabaseCell;
import skein.replication.ServedDatabase;
import skein.replication.StreamSpec;
import skein.role.core.OwnDatabase;
import skein.role.core.Registration;
import skein.role.core.RoleEffect;
import skein.role.core.RoleInput;
import skein.role.core.RoleInput.OwnDatabases;
import skein.role.core.RoleState;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
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
    private static final Logger LOG = LoggerFactory.getLogger(RoleStage.class);
    private static final StreamStatus NOT_YET = new StreamStatus(0, 0, StreamState.INVALID);

    /** What happens on the stage. */
    sealed interface Event {
        /** A catalogue record is decided. */
        record Catalogued(CatalogueRecord record) implements Event {}

        /** A database's EPOCH record is decided. */
        record ReignOpenIn(DatabaseName database) implements Event {}

        record DrainedIn(DatabaseName database) implements Event {}

        /** A database's actor has ended; it can be closed. */
        record StoppedIn(DatabaseName database) implements Event {}

        record Port(ReplicationPort.Event event) implements Event {}

        /** @param number tells registrations apart */
        record Enlisted(long number, Enlistment.Event event) implements Event {}
    }

    private final ActorContext<InstanceRoleProtocol.Message> context;
    private final TimerScheduler<InstanceRoleProtocol.Message> timers;
    private final ActorRef<InstanceRoleProtocol.Message> self;
    private final RoleSettings settings;
    private final DatabaseSet databases;
    private final ReplicationPort port;
    private final Map<DatabaseName, ActorRef<DatabaseActor.Message>> actors = new HashMap<>();
    private final ActorRef<DatabaseActor.ReignOpen> reignOpen;
    private final ActorRef<DatabaseActor.DrainedReply> drained;
    private final ActorRef<DatabaseActor.Stopped> stopped;
    private final List<DatabaseName> awaited = new ArrayList<>();
    private final Map<DatabaseName, ServedDatabase> closing = new HashMap<>();
    private boolean main;
    private boolean following;
    private @Nullable Epoch opening;
    private @Nullable MainIdentity pointedTo;
    private @Nullable DatabaseIdentity adopting;
    private @Nullable Enlistment enlistment;
    private long enlistmentNumber;
    private volatile @Nullable MainIdentity identity;

    RoleStage(
            ActorContext<InstanceRoleProtocol.Message> context,
            TimerScheduler<InstanceRoleProtocol.Message> timers,
            RoleSettings settings,
            DatabaseSet databases) {
        this.context = context;
        this.timers = timers;
        this.self = context.getSelf();
        this.settings = settings;
        this.databases = databases;
        this.port = new ReplicationPort(settings.link());
        this.reignOpen = context.messageAdapter(
                DatabaseActor.ReignOpen.class, open -> heard(new Event.ReignOpenIn(open.database())));
        this.drained = context.messageAdapter(
                DatabaseActor.DrainedReply.class, reply -> heard(new Event.DrainedIn(reply.database())));
        this.stopped = context.messageAdapter(
                DatabaseActor.Stopped.class, reply -> heard(new Event.StoppedIn(reply.database())));
        databases.onCatalogue(record -> tell(new Event.Catalogued(record)));
        databases.everything().forEach(this::own);
    }

    DatabaseSet databases() {
        return databases;
    }

    private static InstanceRoleProtocol.Message heard(Event event) {
        return new InstanceRole.StageHeard(event);
    }

    private void tell(Event event) {
        self.tell(heard(event));
    }

    /** Gives a database its actor. */
    private void own(ServedDatabase database) {
        String name = "database-" + database.name().value() + "-" + UUID.randomUUID();
        ActorRef<DatabaseActor.Message> actor = context.spawn(
                DatabaseActor.create(database.cell(), database, settings.databases()),
                name,
                DispatcherSelector.blocking());
        actors.put(database.name(), actor);
        database.ownedBy(actor);
    }

    private ActorRef<DatabaseActor.Message> actorOf(DatabaseName name) {
        return Invariant.present(actors.get(name), "database %s has no actor", name);
    }

    private void tellAll(DatabaseActor.Message message) {
        actors.values().forEach(actor -> actor.tell(message));
    }

    /** A crash may have come between obeying a MAIN and taking over its system database. */
    void recovered(RoleState state) {
        if (state instanceof RoleState.Replica(int ignored, long number, RoleState.Following known)
                && known != null
                && settings.restore()) {
            adopt(known.system());
        }
    }

    void perform(RoleEffect effect, RoleState state) {
        switch (effect) {
            case RoleEffect.OpenReign(Epoch epoch) -> openReign(epoch, state);
            case RoleEffect.StartStreams(Registration registration) -> startStreams(registration);
            case RoleEffect.StopStreams(ReplicaName name) -> stopStreams(name);
            case RoleEffect.Drain _ -> drain();
            case RoleEffect.Follow _ -> follow();
            case RoleEffect.BindPort(int number) ->
                port.bind(new HostPort(settings.replicationAddress(), number), event -> tell(new Event.Port(event)));
            case RoleEffect.ClosePort _ -> port.close();
            case RoleEffect.StartEnlisting(Registration registration) -> startEnlisting(registration, state);
            case RoleEffect.TellToObey _ -> {
                Enlistment open = enlistment;
                if (open != null) {
                    open.tellToObey(identityOf(state), databases.system().cell().identity());
                }
            }
            case RoleEffect.EndEnlisting _ -> endEnlisting();
            case RoleEffect.Answer(long connection, var message) -> send(connection, message);
            case RoleEffect.AnswerReport(long connection) -> send(connection, report(state));
            case RoleEffect.Refuse(long connection, var reason, String text) -> {
                send(connection, new Refusal(reason, text));
                closeConnection(connection);
            }
            case RoleEffect.Admit(long connection, Hello hello) -> admit(connection, hello);
            case RoleEffect.Depose(var reason, String text) -> tellAll(new DatabaseActor.Depose(reason, text));
            case RoleEffect.AdoptSystem(DatabaseIdentity system) -> adopt(system);
            case RoleEffect.PointTo(MainIdentity whom) -> pointTo(whom);
            case RoleEffect.Persist _, RoleEffect.Reply _, RoleEffect.ReplyReplicas _, RoleEffect.GiveUp _ ->
                throw new IllegalStateException("not for the stage: " + effect);
        }
    }

    private MainIdentity identityOf(RoleState state) {
        Invariant.check(state instanceof RoleState.Main, "%s has no MAIN's identity", state);
        RoleState.Main own = (RoleState.Main) state;
        return new MainIdentity(own.tenure(), settings.name(), settings.bolt(), own.epoch());
    }

    /** The system database first; what it says then tells which others there are. */
    private void openReign(Epoch epoch, RoleState state) {
        main = true;
        following = false;
        pointedTo = null;
        opening = epoch;
        identity = identityOf(state);
        awaited.clear();
        awaited.add(databases.system().name());
        openReignIn(databases.system().name(), epoch);
    }

    private void openReignIn(DatabaseName name, Epoch epoch) {
        actorOf(name).tell(new DatabaseActor.OpenReign(epoch, reignOpen));
    }

    private Optional<RoleInput> reignOpenIn(DatabaseName name) {
        Epoch epoch = opening;
        if (epoch == null || !awaited.remove(name)) {
            return Optional.empty();
        }
        if (name.equals(databases.system().name())) {
            if (databases.users().isEmpty()) {
                DatabaseIdentity first = new DatabaseIdentity(settings.defaultDatabase(), UUID.randomUUID());
                awaited.add(first.name());
                databases.system().cell().database().sequenceSystem(new CatalogueRecord(first).toBytes());
                return Optional.empty();
            }
            for (ServedDatabase database : databases.users()) {
                awaited.add(database.name());
                openReignIn(database.name(), epoch);
            }
            return Optional.empty();
        }
        if (!awaited.isEmpty()) {
            return Optional.empty();
        }
        opening = null;
        return Optional.of(new RoleInput.ReignStands());
    }

    private void catalogued(CatalogueRecord record) {
        DatabaseIdentity created = record.created();
        Optional<ServedDatabase> present = databases.users().stream()
                .filter(database -> database.name().equals(created.name()))
                .findFirst();
        if (present.isPresent() && present.get().id().equals(created.id())) {
            return;
        }
        present.ifPresent(this::retire);
        ServedDatabase opened = databases.open(created);
        LOG.info("database {} is open, id {}", created.name(), created.id());
        own(opened);
        if (following) {
            opened.follow(pointedTo);
            actorOf(created.name()).tell(new DatabaseActor.Follow());
        } else if (main && opening != null) {
            openReignIn(created.name(), opening);
        }
    }

    /** Stops a database's actor, then closes it. */
    private void retire(ServedDatabase database) {
        databases.remove(database.name());
        closing.put(database.name(), database);
        ActorRef<DatabaseActor.Message> actor = actors.remove(database.name());
        if (actor != null) {
            actor.tell(new DatabaseActor.Stop(stopped));
        }
    }

    private void stopped(DatabaseName name) {
        ServedDatabase closed = closing.remove(name);
        if (closed != null) {
            closed.cell().close();
        }
        DatabaseIdentity identityToAdopt = adopting;
        if (name.equals(databases.system().name()) && identityToAdopt != null) {
            adopting = null;
            own(databases.adoptSystem(identityToAdopt.id()));
            databases.system().follow(pointedTo);
            actorOf(name).tell(new DatabaseActor.Follow());
        }
    }

    private void adopt(DatabaseIdentity system) {
        if (databases.system().id().equals(system.id())) {
            return;
        }
        LOG.info(
                "the MAIN's system database {} takes the place of {}",
                system.id(),
                databases.system().id());
        List.copyOf(databases.users()).forEach(this::retire);
        adopting = system;
        DatabaseName name = databases.system().name();
        closing.put(name, databases.system());
        ActorRef<DatabaseActor.Message> actor = actors.remove(name);
        if (actor != null) {
            actor.tell(new DatabaseActor.Stop(stopped));
        }
    }

    private void startStreams(Registration registration) {
        for (ServedDatabase database : databases.everything()) {
            actorOf(database.name())
                    .tell(new DatabaseActor.StartStream(new StreamSpec(
                            registration,
                            () -> {
                                MainIdentity known = identity;
                                Invariant.check(known != null, "a stream runs on an instance that was never MAIN");
                                return known;
                            },
                            status -> database.status(registration.name(), status))));
        }
    }

    private void stopStreams(ReplicaName name) {
        tellAll(new DatabaseActor.StopStream(name));
        databases.everything().forEach(database -> database.forget(name));
    }

    private void drain() {
        awaited.clear();
        for (ServedDatabase database : databases.everything()) {
            awaited.add(database.name());
            actorOf(database.name()).tell(new DatabaseActor.Drain(drained));
        }
    }

    private Optional<RoleInput> drainedIn(DatabaseName name) {
        boolean last = awaited.remove(name) && awaited.isEmpty();
        return last ? Optional.of(new RoleInput.Drained()) : Optional.empty();
    }

    private void follow() {
        main = false;
        following = true;
        databases.everything().forEach(database -> database.follow(pointedTo));
        tellAll(new DatabaseActor.Follow());
    }

    private void pointTo(MainIdentity whom) {
        pointedTo = whom;
        databases.everything().forEach(database -> database.follow(whom));
    }

    private void startEnlisting(Registration registration, RoleState state) {
        long number = ++enlistmentNumber;
        enlistment = Enlistment.start(
                settings.link(), registration, identityOf(state), event -> tell(new Event.Enlisted(number, event)));
        timers.startSingleTimer(
                "enlistment",
                new InstanceRole.StageHeard(new Event.Enlisted(
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
            find(hello.database())
                    .ifPresentOrElse(database -> connection.admit(actorOf(database.name()), hello), connection::close);
        }
    }

    private Optional<ServedDatabase> find(DatabaseIdentity wanted) {
        return databases.everything().stream()
                .filter(database -> database.id().equals(wanted.id()) && actors.containsKey(database.name()))
                .findFirst();
    }

    private Report report(RoleState state) {
        return new Report(
                settings.name(),
                settings.instance(),
                settings.bolt(),
                state.epochNumber(),
                reportOf(databases.system()),
                databases.users().stream().map(RoleStage::reportOf).toList());
    }

    private static DatabaseReport reportOf(ServedDatabase database) {
        return new DatabaseReport(database.cell().identity(), database.cell().report());
    }

    /** What SHOW REPLICAS answers. */
    Replicas replicas(RoleState state) {
        if (!(state instanceof RoleState.Main own)) {
            return new Replicas(List.of());
        }
        return new Replicas(own.replicas().stream().map(this::statusOf).toList());
    }

    private ReplicaStatus statusOf(Registration registration) {
        Map<DatabaseName, StreamStatus> perDatabase = new HashMap<>();
        databases.users().forEach(database -> perDatabase.put(database.name(), statusOf(database, registration)));
        return new ReplicaStatus(
                registration.name(),
                registration.address(),
                registration.mode(),
                statusOf(databases.system(), registration),
                perDatabase);
    }

    private static StreamStatus statusOf(ServedDatabase database, Registration registration) {
        StreamStatus status = database.status(registration.name());
        return status == null ? NOT_YET : status;
    }

    /** What the event means to the core; nothing when the stage alone is concerned. */
    Optional<RoleInput> heard(Event event, RoleState state) {
        return switch (event) {
            case Event.Catalogued(CatalogueRecord record) -> {
                catalogued(record);
                yield Optional.empty();
            }
            case Event.ReignOpenIn(DatabaseName name) -> reignOpenIn(name);
            case Event.DrainedIn(DatabaseName name) -> drainedIn(name);
            case Event.StoppedIn(DatabaseName name) -> {
                stopped(name);
                yield Optional.empty();
            }
            case Event.Port(ReplicationPort.Event portEvent) -> heard(portEvent);
            case Event.Enlisted(long number, Enlistment.Event enlisted) ->
                number == enlistmentNumber && enlistment != null ? Optional.of(inputOf(enlisted)) : Optional.empty();
        };
    }

    private RoleInput inputOf(Enlistment.Event event) {
        return switch (event) {
            case Enlistment.Event.Reported(Report report) -> new RoleInput.Reported(report, own(), UUID.randomUUID());
            case Enlistment.Event.Obeys _ -> new RoleInput.ReplicaObeys();
            case Enlistment.Event.Failed(String message) -> new RoleInput.EnlistFailed(message);
        };
    }

    private OwnDatabases own() {
        return new OwnDatabases(
                ownOf(databases.system()),
                databases.users().stream().map(RoleStage::ownOf).toList());
    }

    private static OwnDatabase ownOf(ServedDatabase database) {
        DatabaseCell cell = database.cell();
        return new OwnDatabase(
                cell.identity(),
                cell.database().lineage(),
                cell.database().logEnd().lsn());
    }

    private Optional<RoleInput> heard(ReplicationPort.Event event) {
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
            case ReplicationPort.Event.Received(long number, FromMain message) ->
                switch (message) {
                    case Enlist enlist -> Optional.of(new RoleInput.EnlistReceived(number, enlist));
                    case Obey obey -> Optional.of(new RoleInput.ObeyReceived(number, obey));
                    case Hello hello ->
                        Optional.of(new RoleInput.HelloReceived(
                                number, hello, find(hello.database()).isPresent()));
                    default -> {
                        closeConnection(number);
                        yield Optional.empty();
                    }
                };
        };
    }

    SkeinException giveUp(String message) {
        return new SkeinException(ErrorCode.CONFIGURATION, message);
    }
}
