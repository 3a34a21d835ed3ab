package skein.role;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import skein.replication.DatabaseActor;
import skein.vocabulary.ReplicaName;

/**
 * Replicas that were dropped, and the databases that have not yet done it. Confined to the role's actor, except that
 * the databases' actors say when they have.
 */
final class Farewells {
    private final Map<ReplicaName, Set<UUID>> left = new HashMap<>();

    void begin(ReplicaName name, Map<UUID, ActorRef<DatabaseActor.Message>> actors) {
        Set<UUID> awaited = ConcurrentHashMap.newKeySet();
        awaited.addAll(actors.keySet());
        left.put(name, awaited);
        actors.forEach((id, actor) -> actor.tell(new DatabaseActor.StopStream(name, () -> awaited.remove(id))));
    }

    /** It is registered again. */
    void forget(ReplicaName name) {
        left.remove(name);
    }

    /** A database's actor has ended. */
    void stopped(UUID database) {
        left.values().forEach(awaited -> awaited.remove(database));
    }

    /** True when no decision depends on this replica any more. */
    boolean isOver(ReplicaName name) {
        return left.getOrDefault(name, Set.of()).isEmpty();
    }

    /** True when no decision depends on any of them. */
    boolean areOver() {
        return left.values().stream().allMatch(Set::isEmpty);
    }
}
