package skein.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Command;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Installed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.StateTaken;
import skein.protocol.RaftProtocol.Status;
import skein.raft.core.RaftSettings;
import skein.vocabulary.HostPort;

/** Members in actor systems of their own, over sockets of this machine and journals on its disk. */
@Timeout(120)
final class RaftMemberTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RaftSettings FAST = RaftSettings.of(Duration.ofMillis(50), Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    private final List<Server> servers = new ArrayList<>();

    @BeforeEach
    void startThree() throws Exception {
        for (int id = 1; id <= 3; id++) {
            Server server = new Server(id, new HostPort("127.0.0.1", freePort()));
            servers.add(server);
            server.start();
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (Server server : servers) {
            server.stop();
        }
    }

    @Test
    void aGroupFormsAndAppliesEverywhereWhatWasCommitted() throws Exception {
        form();
        propose("one");
        propose("two");
        for (Server server : servers) {
            await(() -> server.texts().containsAll(List.of("one", "two")));
        }
        assertThat(status(leaderAmong(servers)).hasQuorum()).isTrue();
    }

    @Test
    void anotherOneLeadsWhenTheLeaderIsGoneAndItComesBackFromItsDisk() throws Exception {
        form();
        propose("before");
        servers.get(0).stop();
        propose("after");
        servers.get(0).start();
        await(() -> servers.get(0).texts().containsAll(List.of("before", "after")));
        assertThat(status(servers.get(0)).members()).hasSize(3);
    }

    @Test
    void aServerThatWasAwayForLongIsGivenTheState() throws Exception {
        form();
        Server away = servers.get(2);
        away.stop();
        for (int i = 0; i < 400; i++) {
            propose("entry " + i);
        }
        long index = status(leaderAmong(running())).committedIndex();
        await(() -> running().stream().allMatch(server -> status(server).committedIndex() >= index));
        servers.subList(0, 2)
                .forEach(server ->
                        server.member().tell(new StateTaken(index, "state".getBytes(StandardCharsets.UTF_8))));
        propose("last");
        away.start();
        await(() -> away.texts().contains("last"));
        assertThat(away.texts()).contains("state of " + index).doesNotContain("entry 300");
        away.stop();
        away.start();
        await(() -> away.texts().contains("last"));
        assertThat(away.texts()).startsWith("state of " + index);
    }

    @Test
    void aServerOfAnotherGroupIsNotAddedAndLeadershipIsHandedOver() throws Exception {
        assertThat(ask(servers.get(0), replyTo -> new RaftProtocol.Found(servers.get(0).self, replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(ask(servers.get(2), replyTo -> new RaftProtocol.Found(servers.get(2).self, replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(ask(servers.get(0), replyTo -> new RaftProtocol.AddMember(servers.get(2).self, replyTo)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).hasMessageContaining("another cluster"));
        add(servers.get(1));
        assertThat(ask(servers.get(0), replyTo -> new RaftProtocol.TransferLeadership(Optional.empty(), replyTo)))
                .isInstanceOf(Committed.class);
        await(() -> status(servers.get(1)).leading());
        assertThat(ask(servers.get(1), RaftProtocol.ConfirmLeadership::new)).isInstanceOf(Committed.class);
        assertThat(ask(servers.get(1), replyTo -> new RaftProtocol.RemoveMember(1, replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(status(servers.get(1)).members())
                .extracting(MemberStatus::member)
                .containsExactly(servers.get(1).self);
    }

    private void form() throws Exception {
        Server first = servers.get(0);
        assertThat(ask(first, replyTo -> new RaftProtocol.Found(first.self, replyTo)))
                .isInstanceOf(Committed.class);
        add(servers.get(1));
        add(servers.get(2));
    }

    private void add(Server server) throws Exception {
        await(() -> ask(leaderAmong(servers.subList(0, 2)), replyTo -> new RaftProtocol.AddMember(server.self, replyTo))
                        instanceof Committed
                || status(leaderAmong(servers.subList(0, 2))).members().stream()
                        .anyMatch(known -> known.member().equals(server.self) && known.voting()));
    }

    /** To whoever leads: on a busy machine that may change. An entry may be there twice then. */
    private void propose(String text) throws Exception {
        byte[] entry = text.getBytes(StandardCharsets.UTF_8);
        await(() -> {
            Server leader = leaderAmong(running());
            return ask(leader, replyTo -> new RaftProtocol.Propose(entry, replyTo)) instanceof Committed;
        });
    }

    private List<Server> running() {
        return servers.stream().filter(Server::isRunning).toList();
    }

    private static Server leaderAmong(List<Server> some) throws Exception {
        List<Server> leading = new ArrayList<>();
        await(() -> {
            some.stream().filter(server -> status(server).leading()).forEach(leading::add);
            return !leading.isEmpty();
        });
        return leading.getFirst();
    }

    private static Reply ask(Server server, Function<ActorRef<Reply>, Command> command) throws Exception {
        return AskPattern.<Command, Reply>ask(
                        server.member(),
                        command::apply,
                        PATIENCE,
                        server.system().scheduler())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Status status(Server server) {
        return AskPattern.<Command, Status>ask(
                        server.member(),
                        RaftProtocol.ShowStatus::new,
                        PATIENCE,
                        server.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(until);
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** One server: an actor system with a member and an owner that remembers texts. */
    private final class Server {
        private final Member self;
        private final List<String> told = new ArrayList<>();
        private @Nullable ActorSystem<Void> system;
        private @Nullable ActorRef<Command> member;
        private boolean running;

        Server(int id, HostPort address) {
            self = new Member(id, address, null);
        }

        void start() throws Exception {
            synchronized (told) {
                told.clear();
            }
            var configuration = ConfigFactory.parseResources("skein-actors.conf")
                    .withValue(
                            "skein.role-journal.directory",
                            ConfigValueFactory.fromAnyRef(
                                    directory.resolve("server" + self.id()).toString()))
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve();
            CompletableFuture<HostPort> listening = new CompletableFuture<>();
            CompletableFuture<ActorRef<Command>> started = new CompletableFuture<>();
            Behavior<Void> guardian = Behaviors.setup(context -> {
                ActorRef<RaftProtocol.Event> owner = context.spawn(Behaviors.receiveMessage(this::hear), "owner");
                var link = new TcpLink(context.getSystem(), LinkSettings.DEFAULT, new LinkSecurity.ThisMachineOnly());
                started.complete(context.spawn(
                        RaftMember.create(
                                new RaftMemberSettings(self.id(), self.coordinator(), FAST, System::nanoTime),
                                link,
                                owner,
                                listening),
                        "raft"));
                return Behaviors.empty();
            });
            system = ActorSystem.create(guardian, "server" + self.id(), configuration);
            member = started.get(20, TimeUnit.SECONDS);
            listening.get(20, TimeUnit.SECONDS);
            running = true;
        }

        private Behavior<RaftProtocol.Event> hear(RaftProtocol.Event event) {
            synchronized (told) {
                switch (event) {
                    case Applied applied -> told.add(new String(applied.entry(), StandardCharsets.UTF_8));
                    case Installed installed -> {
                        told.clear();
                        told.add("state of " + installed.index());
                    }
                    default -> {}
                }
            }
            return Behaviors.same();
        }

        List<String> texts() {
            synchronized (told) {
                return List.copyOf(told);
            }
        }

        ActorRef<Command> member() {
            return Objects.requireNonNull(member, "started");
        }

        ActorSystem<Void> system() {
            return Objects.requireNonNull(system, "started");
        }

        boolean isRunning() {
            return running;
        }

        void stop() throws Exception {
            running = false;
            system().terminate();
            system().getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
