package skein.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.coordination.core.Identity;
import skein.link.Link.LinkPort;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.link.memory.MemoryNetwork;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.Message;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.RaftProtocol.Event;
import skein.protocol.RaftProtocol.Following;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** The shell: lines to instances, requests that travel to the leader and back. */
class CoordinatorActorTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final MemoryNetwork network = new MemoryNetwork();
    private final ToyRaft raft = new ToyRaft();

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        network.close();
    }

    private static HostPort management(String name) {
        return new HostPort(name, 10_000);
    }

    private ActorRef<Message> coordinator(int id, AtomicReference<ActorRef<Event>> owner) throws Exception {
        CompletableFuture<LinkPort> bound = new CompletableFuture<>();
        CoordinatorPorts ports = new CoordinatorPorts(
                new Identity(id, new HostPort("c" + id, 12_000), management("c" + id)),
                management("c" + id),
                network,
                told -> {
                    owner.set(told);
                    return raft.member(id, told);
                },
                System::nanoTime,
                System::currentTimeMillis,
                UUID::randomUUID,
                users -> {},
                CoordinatorMeter.NONE,
                reason -> {});
        ActorRef<Message> actor = kit.spawn(Coordinator.create(ports, bound));
        bound.get(5, TimeUnit.SECONDS);
        return actor;
    }

    private <T extends Answer> T ask(ActorRef<Message> coordinator, Request request, Class<T> type) {
        TestProbe<Answer> probe = kit.createTestProbe();
        coordinator.tell(new CoordinatorProtocol.Ask(request, probe.getRef()));
        return probe.expectMessageClass(type, Duration.ofSeconds(10));
    }

    private static Request register(String name) {
        return new CoordinatorProtocol.RegisterInstance(
                new InstanceName(name),
                ReplicationMode.SYNC,
                new HostPort(name, 7687),
                management(name),
                new HostPort(name, 20_000),
                false);
    }

    /** Does what it is told at once. */
    private void instance(String name) throws Exception {
        UUID identity = new UUID(1, name.hashCode());
        AtomicLong stamps = new AtomicLong();
        network.bind(management(name), remote -> new LinkListener() {
                    private final AtomicReference<LinkConnection> connection = new AtomicReference<>();

                    @Override
                    public void opened(LinkConnection opened) {
                        connection.set(opened);
                    }

                    @Override
                    public void received(WireMessage message) {
                        connection.get().confirm();
                        if (message instanceof Assignment assignment) {
                            connection.get().send(report(assignment, identity, stamps.incrementAndGet()));
                        }
                    }

                    @Override
                    public void closed(LinkClosed reason) {}
                })
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static Report report(Assignment assignment, UUID identity, long stamp) {
        boolean main = assignment.role() instanceof MainRole;
        long reign = switch (assignment.role()) {
            case MainRole role -> role.reign();
            case ManagementProtocol.ReplicaRole role -> role.reign();
        };
        return new Report(
                ManagementProtocol.VERSION,
                stamp,
                assignment.number(),
                identity,
                assignment.cluster(),
                main ? Kind.MAIN : Kind.REPLICA,
                reign,
                main,
                main && ((MainRole) assignment.role()).opened(),
                false,
                false,
                Map.of(new DatabaseName("skein"), new LogEnd(new Epoch(reign << 20, new UUID(0, reign)), 9, 9, 8)),
                List.of(),
                "");
    }

    @Test
    void aClusterIsSetUpByCommandsAndHasOneWriter() throws Exception {
        ActorRef<Message> one = coordinator(1, new AtomicReference<>());
        instance("data1");
        instance("data2");

        ask(one, register("data1"), Done.class);
        ask(one, register("data2"), Done.class);
        ask(one, new CoordinatorProtocol.SetInstanceToMain(new InstanceName("data1"), false), Done.class);

        RoutingTable table = ask(one, new CoordinatorProtocol.ShowRouting(Optional.empty()), RoutingTable.class);
        assertThat(table.write()).containsExactly(new HostPort("data1", 7687));
        assertThat(table.read()).containsExactly(new HostPort("data2", 7687));
    }

    @Test
    void aFollowerSaysWhatTheLeaderAnswers() throws Exception {
        ActorRef<Message> one = coordinator(1, new AtomicReference<>());
        AtomicReference<ActorRef<Event>> owner = new AtomicReference<>();
        ActorRef<Message> two = coordinator(2, owner);
        ask(one, register("data1"), Done.class);
        raft.join(owner.get());

        Refused refused = ask(two, register("data1"), Refused.class);
        assertThat(refused.reason()).hasMessageContaining("SKEIN-HA-021");
        ask(two, register("data2"), Done.class);
        Instances instances = ask(two, new CoordinatorProtocol.ShowInstances(), Instances.class);
        assertThat(instances.rows().stream().map(InstanceRow::name)).containsExactly("coordinator_1", "data1", "data2");
        Instances own = ask(two, new CoordinatorProtocol.ShowInstance(), Instances.class);
        assertThat(own.rows().stream().map(InstanceRow::name)).containsExactly("coordinator_2");
    }

    @Test
    void aLeaderThatCannotBeReachedIsSaidAtOnce() throws Exception {
        coordinator(1, new AtomicReference<>());
        AtomicReference<ActorRef<Event>> owner = new AtomicReference<>();
        ActorRef<Message> two = coordinator(2, owner);
        owner.get().tell(new Following(1, Optional.of(new Member(3, new HostPort("c3", 12_000), management("c3")))));

        Refused refused = ask(two, register("data1"), Refused.class);
        assertThat(refused.reason()).hasMessageContaining("SKEIN-HA-011");
        ask(two, new CoordinatorProtocol.ShowInstances(), CoordinatorProtocol.Unavailable.class);
    }
}
