package skein.role;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import skein.replication.CommitOutcome;
import skein.replication.DatabaseActor;
import skein.replication.ServedDatabase;
import skein.replication.core.CommitRules;
import skein.role.core.Catalogue;
import skein.role.core.CatalogueRecord;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.role.core.RoleInput;
import skein.role.core.RoleInput.Held;
import skein.role.core.SystemRecord;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/**
 * The databases' actors, moved from duty to duty together: the system database first, because what it says tells which
 * others there are. Confined to the role's actor; what the databases answer comes back as an {@link DatabaseEvent}.
 */
final class DatabaseActors {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseActors.class);

    private final ActorContext<InstanceRoleProtocol.Message> context;
    private final RoleSettings settings;
    private final DatabaseSet databases;
    private final Consumer<DatabaseEvent> events;
    private final Map<UUID, ActorRef<DatabaseActor.Message>> actors = new HashMap<>();
    private final ActorRef<DatabaseActor.ReignReply> reigns;
    private final ActorRef<DatabaseActor.DrainedReply> drained;
    private final Set<UUID> awaited = new HashSet<>();
    private final ClosingDatabases closing;
    private final OutgoingStreams streams;
    private final CatalogueChange change = new CatalogueChange();
    private final Standstill standstill = new Standstill();
    private final SystemAdoption adoption;
    private final ActorRef<DatabaseActor.StoodStill> stoodStill;
    private CommitRules rules;
    private boolean creatingDefault;
    private @Nullable Epoch opening;
    private @Nullable MainIdentity pointedTo;

    /** Gives every open database its actor. */
    DatabaseActors(
            ActorContext<InstanceRoleProtocol.Message> context,
            RoleSettings settings,
            DatabaseSet databases,
            Consumer<DatabaseEvent> events) {
        this.context = context;
        this.settings = settings;
        this.databases = databases;
        this.events = events;
        this.closing = new ClosingDatabases(databases);
        this.adoption = new SystemAdoption(
                databases,
                () -> context.scheduleOnce(
                        SystemAdoption.PAUSE, context.getSelf(), RoleStage.heard(new DatabaseEvent.AdoptAgain())));
        this.streams = new OutgoingStreams(databases, actors, events);
        this.rules = settings.databases().rules();
        this.reigns = context.messageAdapter(
                DatabaseActor.ReignReply.class,
                reply -> RoleStage.heard(
                        switch (reply) {
                            case DatabaseActor.ReignStands(UUID id) -> new DatabaseEvent.ReignStandsIn(id);
                            case DatabaseActor.ReignOpen(UUID id) -> new DatabaseEvent.ReignOpenIn(id);
                        }));
        this.drained = context.messageAdapter(
                DatabaseActor.DrainedReply.class,
                reply -> RoleStage.heard(new DatabaseEvent.DrainedIn(reply.database())));
        this.stoodStill = context.messageAdapter(
                DatabaseActor.StoodStill.class,
                reply -> RoleStage.heard(new DatabaseEvent.StoodStillIn(reply.number(), reply.database())));
        databases.onChange(
                record -> events.accept(new DatabaseEvent.Catalogued(record)),
                (id, reason) -> events.accept(new DatabaseEvent.FailedIn(id, reason)));
        databases.everything().forEach(this::own);
    }

    /** What the event means to the core; nothing when it only concerns the databases. */
    Optional<RoleInput> heard(DatabaseEvent event) {
        return switch (event) {
            case DatabaseEvent.Catalogued(SystemRecord record) -> catalogued(record);
            case DatabaseEvent.MembersWritten _ -> Optional.of(new RoleInput.MembersWritten());
            case DatabaseEvent.CatalogueOutcome(CommitOutcome outcome) -> change.decided(outcome);
            case DatabaseEvent.ReignStandsIn(UUID id) -> reignStandsIn(id);
            case DatabaseEvent.ReignOpenIn(UUID id) -> {
                if (id.equals(system())) {
                    createDefault();
                }
                yield Optional.empty();
            }
            case DatabaseEvent.HoldsIn(UUID id, ReplicaName replica) -> {
                streams.holds(replica, id);
                yield streams.caughtUp();
            }
            case DatabaseEvent.CheckJoins _ -> streams.caughtUp();
            case DatabaseEvent.DrainedIn(UUID id) -> drainedIn(id);
            case DatabaseEvent.StoodStillIn(long number, UUID id) -> {
                standstill.stoodStill(number, id);
                yield Optional.empty();
            }
            case DatabaseEvent.StoppedIn(UUID id) -> stopped(id);
            case DatabaseEvent.AdoptAgain _ -> {
                adoptNow();
                yield Optional.empty();
            }
            case DatabaseEvent.CarriedOut(UUID id) -> carriedOut(id);
            case DatabaseEvent.FailedIn(UUID id, SkeinException reason) -> failed(id, reason);
        };
    }

    /** Gives a database its actor. */
    private void own(ServedDatabase database) {
        String name = "database-" + database.name().value() + "-" + UUID.randomUUID();
        ActorRef<DatabaseActor.Message> actor = context.spawn(
                DatabaseActor.create(database.cell(), database, settings.databases()),
                name,
                DispatcherSelector.fromConfig("skein.database-dispatcher"));
        context.watchWith(actor, RoleStage.heard(new DatabaseEvent.StoppedIn(database.id())));
        actors.put(database.id(), actor);
    }

    private ActorRef<DatabaseActor.Message> actorOf(UUID id) {
        return Invariant.present(actors.get(id), "database %s has no actor", id);
    }

    private UUID system() {
        return databases.systemDatabase().id();
    }

    private void tellAll(DatabaseActor.Message message) {
        actors.values().forEach(actor -> actor.tell(message));
    }

    /** As replica: whoever streams must no longer. */
    void depose(Reason reason, String text) {
        tellAll(new DatabaseActor.Depose(reason, text));
    }

    /**
     * The system database first; what it says then tells which others there are. What it inherited and cannot decide
     * yet is carried out once it is decided.
     */
    void openReign(Introduction main, CommitRules demanded, List<Registration> replicas, List<ReplicaName> joined) {
        Epoch epoch = main.main().epoch();
        rules = demanded;
        streams.begin(main, replicas, joined);
        pointedTo = null;
        opening = epoch;
        awaited.clear();
        awaited.add(system());
        if (!adoption.isUnderWay()) {
            openReignIn(system(), epoch);
        }
    }

    private void openReignIn(UUID id, Epoch epoch) {
        actorOf(id).tell(new DatabaseActor.OpenReign(epoch, rules, streams.terms(), reigns));
    }

    private Optional<RoleInput> reignStandsIn(UUID id) {
        Epoch epoch = opening;
        if (epoch == null) {
            return change.carriedOut(id);
        }
        if (!awaited.remove(id)) {
            return Optional.empty();
        }
        if (id.equals(system())) {
            for (ServedDatabase database : databases.users()) {
                awaited.add(database.id());
                openReignIn(database.id(), epoch);
            }
            createDefault();
        }
        return reignStands();
    }

    /** Once the system database takes records, which may be long after its reign stands. */
    private void createDefault() {
        if (creatingDefault
                || !databases.systemDatabase().isWritable()
                || databases.catalogue().find(settings.defaultDatabase()).isPresent()) {
            return;
        }
        creatingDefault = true;
        DatabaseIdentity first = new DatabaseIdentity(settings.defaultDatabase(), UUID.randomUUID());
        if (opening != null) {
            awaited.add(first.id());
        }
        write(
                new SystemRecord.OfDatabases(
                        new CatalogueRecord.Created(first, databases.now().toEpochMilli())),
                true);
    }

    /** A database that is there opens its reign by itself; for one that could not be opened nobody waits. */
    private Optional<RoleInput> carriedOut(UUID id) {
        if (opening != null && databases.served(id).isEmpty() && awaited.remove(id)) {
            return reignStands();
        }
        return change.carriedOut(id);
    }

    private Optional<RoleInput> reignStands() {
        if (opening == null || !awaited.isEmpty()) {
            return Optional.empty();
        }
        opening = null;
        return Optional.of(new RoleInput.ReignStands());
    }

    /** MAIN: writes a record; CatalogueChanged or CatalogueUnchanged will come of it. */
    void changeCatalogue(SystemRecord record) {
        change.begin(record);
        write(record, record instanceof SystemRecord.OfMembers);
    }

    /** @param own nobody's wish */
    private void write(SystemRecord record, boolean own) {
        try {
            var _ = databases
                    .systemDatabase()
                    .commitSystem(CatalogueCodec.encode(record), own)
                    .thenAccept(outcome -> events.accept(new DatabaseEvent.CatalogueOutcome(outcome)));
        } catch (SkeinException e) {
            context.getSelf().tell(new InstanceRole.Heard(new RoleInput.CatalogueUnchanged(e)));
        }
    }

    /** MAIN: writes the record of members, if the system database takes records; nobody waits for it. */
    void recordMembers(Members members) {
        try {
            var _ = databases
                    .systemDatabase()
                    .commitSystem(CatalogueCodec.encode(new SystemRecord.OfMembers(members)), true)
                    .whenComplete((_, _) -> events.accept(new DatabaseEvent.MembersWritten()));
        } catch (SkeinException e) {
            LOG.info("that the members have changed is recorded later: {}", e.getMessage());
            events.accept(new DatabaseEvent.MembersWritten());
        }
    }

    private Optional<RoleInput> catalogued(SystemRecord record) {
        return switch (record) {
            case SystemRecord.OfDatabases(CatalogueRecord ofDatabases) -> {
                String name = databases
                        .catalogue()
                        .find(ofDatabases.id())
                        .map(entry -> entry.name().value())
                        .orElse("");
                databases.record(record);
                follow(ofDatabases, name);
                yield Optional.empty();
            }
            case SystemRecord.OfUsers _, SystemRecord.OfSettings _ -> {
                databases.record(record);
                tellCarriedOut(record.subject());
                yield Optional.empty();
            }
            case SystemRecord.OfMembers(Members members) -> {
                databases.record(record);
                tellCarriedOut(record.subject());
                yield Optional.of(new RoleInput.MembersRecorded(members));
            }
        };
    }

    /** @param name what the database was called before */
    private void follow(CatalogueRecord record, String name) {
        switch (record) {
            case CatalogueRecord.Created created ->
                databases.catalogue().find(created.id()).ifPresent(this::created);
            case CatalogueRecord.Dropped(UUID id, boolean force) -> dropped(id, name, force);
            case CatalogueRecord.Replaced(UUID before, UUID id) -> {
                replaced(before);
                databases.catalogue().find(id).ifPresent(this::created);
            }
            case CatalogueRecord.Renamed(UUID id, var to) -> {
                LOG.info("database {} is called {} now, id {}", name, to, id);
                tellCarriedOut(id);
            }
        }
    }

    /** The files stay, unless nothing was ever written to them. */
    private void replaced(UUID before) {
        Optional<ServedDatabase> present = databases.served(before);
        databases.remove(before);
        present.ifPresent(gone -> {
            gone.retire(new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "Database '" + gone.name() + "' was replaced by a snapshot. Nothing was committed. Run the"
                            + " transaction again, on the new content."));
            gone.endTransactions();
            stop(gone, ClosingDatabases.Fate.PUT_AWAY);
        });
    }

    private void created(Catalogue.Entry entry) {
        UUID id = entry.id();
        if (closing.reopenLater(id)) {
            return;
        }
        Optional<ServedDatabase> opened = databases.open(entry);
        if (opened.isEmpty()) {
            tellCarriedOut(id);
            return;
        }
        LOG.info("database {} is open, id {}", entry.name(), id);
        own(opened.get());
        Introduction main = streams.self();
        if (streams.isFollowing()) {
            followIn(opened.get());
        } else if (main != null && (opening == null || !awaited.contains(system()))) {
            // until the system database's reign stands, those of an inherited tail get theirs with all others
            openReignIn(id, main.main().epoch());
            streams.startAll(opened.get());
        }
    }

    private void followIn(ServedDatabase database) {
        database.follow(pointedTo);
        actorOf(database.id()).tell(new DatabaseActor.Follow());
        streams.startAll(database);
    }

    /** What is carried out at once: told through the mailbox, so that the outcome, told before, comes first. */
    private void tellCarriedOut(UUID id) {
        events.accept(new DatabaseEvent.CarriedOut(id));
    }

    private void dropped(UUID id, String name, boolean force) {
        LOG.info("database {} is dropped, id {}", name, id);
        Optional<ServedDatabase> present = databases.served(id);
        databases.remove(id);
        if (present.isEmpty()) {
            if (!closing.deleteWhenClosed(id)) {
                databases.delete(id);
                tellCarriedOut(id);
            }
            return;
        }
        present.get()
                .retire(new SkeinException(
                        ErrorCode.DATABASE_NOT_FOUND,
                        "Database '" + name + "' has been dropped. Nothing was committed. Name another database."));
        if (force) {
            present.get().endTransactions();
        }
        stop(present.get(), ClosingDatabases.Fate.DELETE);
    }

    /** The instance goes on without this database. */
    private Optional<RoleInput> failed(UUID id, SkeinException reason) {
        Optional<ServedDatabase> present = databases.served(id);
        Optional<Catalogue.Entry> entry = databases.catalogue().find(id);
        if (present.isEmpty() || entry.isEmpty()) {
            return Optional.empty();
        }
        databases.isBroken(entry.get(), reason);
        present.get().retire(reason);
        stop(present.get(), ClosingDatabases.Fate.CLOSE);
        boolean awaitedHere = awaited.remove(id);
        if (!awaitedHere || !awaited.isEmpty()) {
            return change.carriedOut(id);
        }
        return opening == null ? Optional.of(new RoleInput.Drained()) : reignStands();
    }

    /** Stops a database's actor, then closes it. */
    private void stop(ServedDatabase database, ClosingDatabases.Fate fate) {
        closing.add(database, fate);
        ActorRef<DatabaseActor.Message> actor = actors.remove(database.id());
        if (actor != null) {
            actor.tell(new DatabaseActor.Stop());
        }
        events.accept(new DatabaseEvent.CheckJoins());
    }

    private void retire(ServedDatabase database) {
        databases.remove(database.id());
        database.retire(new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "Database '" + database.name() + "' gives way to the databases of this instance's MAIN. Nothing was"
                        + " done. Try again in a moment."));
        stop(database, ClosingDatabases.Fate.PUT_AWAY);
    }

    /** Calls back once every database's actor has done what it was told before. */
    void whenStill(Runnable then) {
        standstill.begin(actors, stoodStill, then);
    }

    private Optional<RoleInput> stopped(UUID id) {
        standstill.stopped(id);
        streams.farewells().stopped(id);
        boolean isSystem = id.equals(system());
        boolean wasStopped = closing.closed(id);
        if (isSystem && wasStopped && adoption.isUnderWay()) {
            adoptNow();
        }
        if (closing.isToBeReopened(id)) {
            databases.catalogue().find(id).ifPresent(this::created);
        }
        return change.carriedOut(id);
    }

    private void adoptNow() {
        // what the old system database decided at the very last
        List.copyOf(databases.users()).forEach(this::retire);
        adoption.make().ifPresent(this::adopted);
    }

    private void adopted(ServedDatabase system) {
        own(system);
        context.getSelf().tell(new InstanceRole.Heard(new RoleInput.MembersRecorded(databases.members())));
        Epoch epoch = opening;
        if (epoch != null) {
            // promoted before the MAIN's system database could be taken over
            awaited.clear();
            awaited.add(system.id());
            openReignIn(system.id(), epoch);
        } else {
            followIn(system);
        }
    }

    /**
     * Takes over a MAIN's system database, empty at first, in place of this instance's, with {@code anew} also when it
     * is here already; user databases follow from it. With {@code resync} what is damaged here begins empty too.
     */
    void adopt(DatabaseIdentity system, boolean anew, boolean resync) {
        List<Catalogue.Entry> again = resync ? databases.putDamagedAside() : List.of();
        if (!adoption.isUnderWay() && system().equals(system.id()) && !anew) {
            again.forEach(this::created);
        } else if (adoption.isUnderWay()) {
            adoption.want(system);
        } else {
            LOG.info("the MAIN's system database {} takes the place of {}", system.id(), system());
            List.copyOf(databases.users()).forEach(this::retire);
            adoption.want(system);
            stop(databases.systemDatabase(), ClosingDatabases.Fate.CLOSE);
        }
    }

    OutgoingStreams streams() {
        return streams;
    }

    void drain() {
        awaited.clear();
        for (ServedDatabase database : databases.everything()) {
            awaited.add(database.id());
            actorOf(database.id()).tell(new DatabaseActor.Drain(drained));
        }
    }

    private Optional<RoleInput> drainedIn(UUID id) {
        boolean last = awaited.remove(id) && awaited.isEmpty();
        return last ? Optional.of(new RoleInput.Drained()) : Optional.empty();
    }

    void follow() {
        creatingDefault = false;
        streams.follow();
        databases.everything().forEach(ServedDatabase::forgetStreams);
        databases.everything().forEach(database -> database.follow(pointedTo));
        tellAll(new DatabaseActor.Follow());
    }

    void pointTo(MainIdentity whom) {
        pointedTo = whom;
        databases.everything().forEach(database -> database.follow(whom));
    }

    /** The actor of a database; empty when this instance does not have it, or not any more. */
    Optional<ActorRef<DatabaseActor.Message>> find(DatabaseIdentity wanted) {
        return Optional.ofNullable(actors.get(wanted.id()));
    }

    Held held(DatabaseIdentity wanted) {
        if (actors.containsKey(wanted.id())) {
            return Held.SERVED;
        }
        return databases.isBroken(wanted.id()) ? Held.BROKEN : Held.MISSING;
    }
}
