package skein.role;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import skein.replication.DatabaseActor;

/** Waits until the databases' actors have done whatever they were told before. Confined to the role's actor. */
final class Standstill {
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private long numbers;

    private record Waiting(Set<UUID> databases, Runnable then) {}

    void begin(
            Map<UUID, ActorRef<DatabaseActor.Message>> actors,
            ActorRef<DatabaseActor.StoodStill> replyTo,
            Runnable then) {
        long number = ++numbers;
        waiting.put(number, new Waiting(new HashSet<>(actors.keySet()), then));
        actors.values().forEach(actor -> actor.tell(new DatabaseActor.StandStill(number, replyTo)));
    }

    void stoodStill(long number, UUID database) {
        Waiting one = waiting.get(number);
        if (one != null) {
            remove(number, one, database);
        }
    }

    /** That actor will not answer any more. */
    void stopped(UUID database) {
        List<Map.Entry<Long, Waiting>> all = new ArrayList<>(waiting.entrySet());
        all.forEach(one -> remove(one.getKey(), one.getValue(), database));
    }

    private void remove(long number, Waiting one, UUID database) {
        one.databases().remove(database);
        if (one.databases().isEmpty() && waiting.remove(number) != null) {
            one.then().run();
        }
    }
}
