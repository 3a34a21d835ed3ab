package skein.role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Reason;
import skein.replication.DatabaseActor;
import skein.replication.ServedDatabase;
import skein.replication.StreamSpec;
import skein.role.core.Registration;
import skein.role.core.RoleInput;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;

/**
 * The databases' actors, moved from duty to duty together: the system database first, because what it says tells which
 * others there are. Confined to the role's actor; what the databases answer comes back as an {@link Event}.
 */
final class DatabaseActors {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseActors.class);

    /** What databases tell the role. */
    sealed interface Event {
        /** A catalogue record is decided. */
        record Catalogued(CatalogueRecord record) implements Event {}

        /** A database's EPOCH record is decided. */
        record ReignOpenIn(DatabaseName database) implements Event {}

        record DrainedIn(DatabaseName database) implements Event {}

        /** A database's actor has ended; it can be closed. */
        record StoppedIn(DatabaseName database) implements Event {}
    }

    private final ActorContext<InstanceRoleProtocol.Message> context;
    private final RoleSettings settings;
    private final DatabaseSet databases;
    private final Map<DatabaseName, ActorRef<DatabaseActor.Message>> actors = new HashMap<>();
    private final ActorRef<DatabaseActor.ReignOpen> reignOpen;
    private final ActorRef<DatabaseActor.DrainedReply> drained;
    private final ActorRef<DatabaseActor.Stopped> stopped;
    private final List<DatabaseName> awaited = new ArrayList<>();
    private final Map<DatabaseName, ServedDatabase> closing = new HashMap<>();
    private boolean following;
    private @Nullable Epoch opening;
    private @Nullable MainIdentity pointedTo;
    private @Nullable DatabaseIdentity adopting;
    private volatile @Nullable MainIdentity identity;

    /** Gives every open database its actor. */
    DatabaseActors(
            ActorContext<InstanceRoleProtocol.Message> context,
            RoleSettings settings,
            DatabaseSet databases,
            Consumer<Event> events) {
        this.context = context;
        this.settings = settings;
        this.databases = databases;
        this.reignOpen = context.messageAdapter(
                DatabaseActor.ReignOpen.class, open -> RoleStage.heard(new Event.ReignOpenIn(open.database())));
        this.drained = context.messageAdapter(
                DatabaseActor.DrainedReply.class, reply -> RoleStage.heard(new Event.DrainedIn(reply.database())));
        this.stopped = context.messageAdapter(
                DatabaseActor.Stopped.class, reply -> RoleStage.heard(new Event.StoppedIn(reply.database())));
        databases.onCatalogue(record -> events.accept(new Event.Catalogued(record)));
        databases.everything().forEach(this::own);
    }

    /** What the event means to the core; nothing when it only concerns the databases. */
    Optional<RoleInput> heard(Event event) {
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
        };
    }

    /** Gives a database its actor. */
    private void own(ServedDatabase database) {
        String name = "database-" + database.name().value() + "-" + UUID.randomUUID();
        ActorRef<DatabaseActor.Message> actor = context.spawn(
                DatabaseActor.create(database.cell(), database, settings.databases()),
                name,
                DispatcherSelector.blocking());
        actors.put(database.name(), actor);
    }

    private ActorRef<DatabaseActor.Message> actorOf(DatabaseName name) {
        return Invariant.present(actors.get(name), "database %s has no actor", name);
    }

    private void tellAll(DatabaseActor.Message message) {
        actors.values().forEach(actor -> actor.tell(message));
    }

    /** As replica: whoever streams must no longer. */
    void depose(Reason reason, String text) {
        tellAll(new DatabaseActor.Depose(reason, text));
    }

    /** The system database first; what it says then tells which others there are. */
    void openReign(MainIdentity main) {
        Epoch epoch = main.epoch();
        following = false;
        pointedTo = null;
        opening = epoch;
        identity = main;
        awaited.clear();
        awaited.add(databases.system().name());
        if (adopting == null) {
            openReignIn(databases.system().name(), epoch);
        }
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
            for (ServedDatabase database : databases.users()) {
                awaited.add(database.name());
                openReignIn(database.name(), epoch);
            }
            if (databases.find(settings.defaultDatabase()).isEmpty()) {
                DatabaseIdentity first = new DatabaseIdentity(settings.defaultDatabase(), UUID.randomUUID());
                awaited.add(first.name());
                databases.system().cell().database().sequenceSystem(new CatalogueRecord(first).toBytes());
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
        } else if (opening != null && awaited.contains(created.name())) {
            // just created here; those of an inherited tail get their reign with all others
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
            databases.putAway(closed);
        }
        DatabaseIdentity identityToAdopt = adopting;
        if (name.equals(databases.system().name()) && identityToAdopt != null) {
            adopting = null;
            own(databases.adoptSystem(identityToAdopt.id()));
            if (opening != null) {
                // promoted before the MAIN's system database could be taken over
                openReignIn(name, opening);
            } else {
                databases.system().follow(pointedTo);
                actorOf(name).tell(new DatabaseActor.Follow());
            }
        }
    }

    /**
     * Takes over a MAIN's system database, empty at first, in place of this instance's; user databases follow from it.
     */
    void adopt(DatabaseIdentity system) {
        if (adopting != null) {
            adopting = system;
            return;
        }
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

    void startStreams(Registration registration) {
        for (ServedDatabase database : databases.everything()) {
            actorOf(database.name())
                    .tell(new DatabaseActor.StartStream(new StreamSpec(
                            registration,
                            () -> {
                                MainIdentity known = identity;
                                Invariant.check(known != null, "a stream runs on an instance that was never MAIN");
                                return known;
                            },
                            database.showing(registration.name()))));
        }
    }

    void stopStreams(ReplicaName name) {
        tellAll(new DatabaseActor.StopStream(name));
        databases.everything().forEach(database -> database.forget(name));
    }

    void drain() {
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

    void follow() {
        following = true;
        databases.everything().forEach(database -> database.follow(pointedTo));
        tellAll(new DatabaseActor.Follow());
    }

    void pointTo(MainIdentity whom) {
        pointedTo = whom;
        databases.everything().forEach(database -> database.follow(whom));
    }

    /** The actor of a database; empty when this instance does not have it, or not any more. */
    Optional<ActorRef<DatabaseActor.Message>> find(DatabaseIdentity wanted) {
        return databases.everything().stream()
                .filter(database -> database.id().equals(wanted.id()) && actors.containsKey(database.name()))
                .findFirst()
                .map(database -> actorOf(database.name()));
    }
}
