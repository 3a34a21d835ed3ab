package skein.role;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.replication.DatabaseActor;
import skein.replication.ReplicaTerms;
import skein.replication.ServedDatabase;
import skein.replication.StreamSpec;
import skein.role.core.Registration;
import skein.role.core.RoleInput;
import skein.vocabulary.ReplicaName;

/** The streams of all databases to the replicas registered here. Confined to the role's actor. */
final class OutgoingStreams {
    private final DatabaseSet databases;
    private final Map<UUID, ActorRef<DatabaseActor.Message>> actors;
    private final Consumer<DatabaseEvent> events;
    private final Recipients recipients = new Recipients();
    private final Farewells farewells = new Farewells();
    private final Joins joins = new Joins();
    private boolean following;

    /** @param actors of the databases that are open now */
    OutgoingStreams(
            DatabaseSet databases, Map<UUID, ActorRef<DatabaseActor.Message>> actors, Consumer<DatabaseEvent> events) {
        this.databases = databases;
        this.actors = actors;
        this.events = events;
    }

    /** As MAIN, with these replicas. */
    void begin(Introduction main, List<Registration> replicas, List<ReplicaName> joined) {
        recipients.begin(main, replicas, following);
        joins.begin(joined);
        following = false;
    }

    /** As replica, of which others may be replicas in turn. */
    void follow() {
        following = true;
        recipients.clear();
        joins.clear();
    }

    boolean isFollowing() {
        return following;
    }

    /** As whom this instance greets; null before it is to greet anybody. */
    @Nullable
    Introduction self() {
        return recipients.self();
    }

    /** What a reign begins with. */
    List<ReplicaTerms> terms() {
        return recipients.registered().stream()
                .map(registration -> new ReplicaTerms(registration, joins.has(registration.name())))
                .toList();
    }

    /** To a replica that is registered now. */
    void start(Registration registration, Introduction self) {
        recipients.add(self, registration);
        farewells.forget(registration.name());
        databases.everything().forEach(database -> start(database, registration));
    }

    /** Of a database that is open now. */
    void startAll(ServedDatabase database) {
        recipients.streaming().forEach(registration -> start(database, registration));
    }

    private void start(ServedDatabase database, Registration registration) {
        ActorRef<DatabaseActor.Message> actor = actors.get(database.id());
        if (actor == null) {
            return; // what takes the place of a database that has ended is streamed once it is there
        }
        actor.tell(new DatabaseActor.StartStream(new StreamSpec(
                registration,
                recipients::hello,
                following,
                database.showing(registration.name()),
                () -> events.accept(new DatabaseEvent.HoldsIn(database.id(), registration.name())))));
    }

    /** REPLICA: whoever follows this instance is to hear whom it follows now. */
    void greetAnew(Introduction self) {
        recipients.introduceAs(self);
        actors.values().forEach(actor -> actor.tell(new DatabaseActor.GreetAnew()));
    }

    void stop(ReplicaName name) {
        joins.forget(name);
        recipients.remove(name);
        farewells.begin(name, actors);
        databases.everything().forEach(database -> database.forget(name));
    }

    /** Replicas that were dropped. */
    Farewells farewells() {
        return farewells;
    }

    /** The decisions of a database depend on this replica now. */
    void holds(ReplicaName replica, UUID database) {
        joins.holds(replica, database);
    }

    /** The role remembers that decisions depend on this replica. */
    void joined(ReplicaName name) {
        joins.joined(name);
    }

    /** True when the promises of this replica's mode hold, if they are of a kind that begins with catching up. */
    boolean hasJoined(ReplicaName name) {
        Registration registration = recipients.streaming(name);
        return registration == null || !registration.mode().joins() || joins.has(name);
    }

    /** A replica that holds the decisions of all databases, if there is one; for the next there is an event. */
    Optional<RoleInput> caughtUp() {
        List<UUID> all = databases.everything().stream().map(ServedDatabase::id).toList();
        List<ReplicaName> complete = joins.complete(recipients.streaming(), all);
        if (complete.isEmpty()) {
            return Optional.empty();
        }
        if (complete.size() > 1) {
            events.accept(new DatabaseEvent.CheckJoins());
        }
        return Optional.of(new RoleInput.ReplicaCaughtUp(complete.getFirst()));
    }
}
