package skein.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.role.core.RoleEvent;
import skein.vocabulary.Epoch;
import skein.vocabulary.ReplicaName;

final class LogJournalTest {
    @TempDir
    Path directory;

    private sealed interface Ask {}

    private record Keep(RoleEvent event, ActorRef<String> replyTo) implements Ask {}

    private record All(ActorRef<List<RoleEvent>> replyTo) implements Ask {}

    /** Remembers every event it was told. */
    private static final class Keeper extends EventSourcedBehavior<Ask, RoleEvent, List<RoleEvent>> {
        Keeper(String id) {
            super(PersistenceId.ofUniqueId(id));
        }

        @Override
        public List<RoleEvent> emptyState() {
            return List.of();
        }

        @Override
        public CommandHandler<Ask, RoleEvent, List<RoleEvent>> commandHandler() {
            return (state, ask) -> switch (ask) {
                case Keep keep -> Effect().persist(keep.event).thenRun(kept -> keep.replyTo.tell("kept"));
                case All all -> Effect().none().thenRun(kept -> all.replyTo.tell(kept));
            };
        }

        @Override
        public EventHandler<List<RoleEvent>, RoleEvent> eventHandler() {
            return (state, event) -> {
                List<RoleEvent> next = new ArrayList<>(state);
                next.add(event);
                return List.copyOf(next);
            };
        }
    }

    private ActorTestKit kit() {
        Config config = ConfigFactory.parseResources("skein-actors.conf")
                .withValue("skein.role-journal.directory", ConfigValueFactory.fromAnyRef(directory.toString()))
                .withFallback(ConfigFactory.load());
        return ActorTestKit.create("journal", config.resolve());
    }

    @Test
    void eventsSurviveARestartInOrderAndApartByIdentity() {
        List<RoleEvent> first = List.of(
                new RoleEvent.BecameMain(new UUID(1, 2), new Epoch(1, new UUID(3, 4))),
                new RoleEvent.ReplicaDropped(new ReplicaName("r1")));
        List<RoleEvent> second = List.of(new RoleEvent.BecameReplica(10_001));
        ActorTestKit before = kit();
        keep(before, "a", first);
        keep(before, "b", second);
        before.shutdownTestKit();
        ActorTestKit after = kit();
        assertThat(all(after, "a")).isEqualTo(first);
        assertThat(all(after, "b")).isEqualTo(second);
        keep(after, "c", second);
        assertThat(all(after, "nobody")).isEmpty();
        after.shutdownTestKit();
    }

    private static void keep(ActorTestKit kit, String id, List<RoleEvent> events) {
        ActorRef<Ask> keeper = kit.spawn(new Keeper(id));
        TestProbe<String> probe = kit.createTestProbe();
        for (RoleEvent event : events) {
            keeper.tell(new Keep(event, probe.ref()));
            probe.expectMessage("kept");
        }
    }

    private static List<RoleEvent> all(ActorTestKit kit, String id) {
        ActorRef<Ask> keeper = kit.spawn(new Keeper(id));
        TestProbe<List<RoleEvent>> probe = kit.createTestProbe();
        keeper.tell(new All(probe.ref()));
        return probe.receiveMessage();
    }
}
