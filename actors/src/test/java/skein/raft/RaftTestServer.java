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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import skein.journal.JournalPlatform;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Command;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Installed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Status;
import skein.raft.core.RaftSettings;
import skein.storage.wal.Platform;
import skein.vocabulary.HostPort;

/** A server of a group: an actor system with a member and an owner that remembers texts. */
final class RaftTestServer {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_WORD = Duration.ofSeconds(1);
    private static final RaftSettings FAST = RaftSettings.of(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final Member self;
    private final Path directory;
    private final Platform platform;
    private final List<String> told = new ArrayList<>();
    private @Nullable ActorSystem<Void> system;
    private @Nullable ActorRef<Command> member;
    private CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
    private boolean running;

    RaftTestServer(int id, Path directory, Platform platform) throws Exception {
        this.self = new Member(id, new HostPort("127.0.0.1", freePort()), null);
        this.directory = directory;
        this.platform = platform;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Something that is to become true. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(until);
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    Member self() {
        return self;
    }

    /** Where its journal is. */
    Path journal() {
        return directory.resolve("server" + self.id());
    }

    void start() throws Exception {
        begin().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Completes when others can connect, or with the reason why they cannot. */
    CompletableFuture<HostPort> begin() throws Exception {
        synchronized (told) {
            told.clear();
        }
        var configuration = ConfigFactory.parseResources("skein-actors.conf")
                .withValue(
                        "skein.role-journal.directory",
                        ConfigValueFactory.fromAnyRef(journal().toString()))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        CompletableFuture<HostPort> listening = new CompletableFuture<>();
        CompletableFuture<ActorRef<Command>> started = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        ended = end;
        Behavior<Void> guardian = Behaviors.setup(context -> {
            ActorRef<RaftProtocol.Event> owner = context.spawn(Behaviors.receiveMessage(this::hear), "owner");
            var link = new TcpLink(context.getSystem(), LinkSettings.DEFAULT, new LinkSecurity.ThisMachineOnly());
            ActorRef<Command> raft = context.spawn(
                    RaftMember.create(
                            new RaftMemberSettings(self.id(), self.coordinator(), FAST, this::nanos),
                            link,
                            owner,
                            listening),
                    "raft");
            context.watch(raft);
            started.complete(raft);
            return Behaviors.receive((_, _) -> Behaviors.same(), (_, signal) -> {
                if (signal instanceof Terminated) {
                    end.complete(null);
                }
                return Behaviors.same();
            });
        });
        system = ActorSystem.create(
                guardian,
                "server" + self.id(),
                ActorSystemSetup.create(BootstrapSetup.create(configuration), new JournalPlatform(platform)));
        member = started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        running = true;
        return listening;
    }

    private long nanos() {
        turn.join();
        return System.nanoTime();
    }

    /**
     * Its member stands still at the next thing that it is told, as if it had no processor, until the future completes.
     */
    void standStill(CompletableFuture<Void> until) {
        turn = until;
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

    /** Completes when the member has ended, by itself or with its system. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private ActorSystem<Void> system() {
        return Objects.requireNonNull(system, "started");
    }

    /** It was started and not stopped, and its member has not ended. */
    boolean isRunning() {
        return running && !ended.isDone();
    }

    void stop() throws Exception {
        running = false;
        system().terminate();
        system().getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    CompletableFuture<Reply> asked(Function<ActorRef<Reply>, Command> command) {
        return AskPattern.<Command, Reply>ask(member(), command::apply, PATIENCE, system().scheduler())
                .toCompletableFuture();
    }

    Reply ask(Function<ActorRef<Reply>, Command> command) throws Exception {
        return asked(command).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    Status status() {
        return askedForStatus(PATIENCE).join();
    }

    private CompletableFuture<Status> askedForStatus(Duration patience) {
        return AskPattern.<Command, Status>ask(member(), RaftProtocol.ShowStatus::new, patience, system().scheduler())
                .toCompletableFuture();
    }

    /** The first of them founds a group, and adds the others. */
    static void form(List<RaftTestServer> servers) throws Exception {
        RaftTestServer first = servers.getFirst();
        assertThat(first.ask(replyTo -> new RaftProtocol.Found(first.self, replyTo)))
                .isInstanceOf(Committed.class);
        for (int i = 1; i < servers.size(); i++) {
            add(servers.get(i), servers.subList(0, i));
        }
    }

    static void add(RaftTestServer server, List<RaftTestServer> group) throws Exception {
        await(() ->
                leaderAmong(group).ask(replyTo -> new RaftProtocol.AddMember(server.self, replyTo)) instanceof Committed
                        || leaderAmong(group).status().members().stream()
                                .anyMatch(known -> known.member().equals(server.self) && known.voting()));
    }

    /** Whoever says so; one that waits for its disk says nothing. */
    static RaftTestServer leaderAmong(List<RaftTestServer> some) throws Exception {
        List<RaftTestServer> leading = new ArrayList<>();
        await(() -> {
            some.stream()
                    .filter(RaftTestServer::isRunning)
                    .filter(RaftTestServer::saysThatItLeads)
                    .forEach(leading::add);
            return !leading.isEmpty();
        });
        return leading.getFirst();
    }

    private boolean saysThatItLeads() {
        return askedForStatus(A_WORD)
                .handle((status, failure) -> failure == null && status.leading())
                .join();
    }

    /** To whoever leads: on a busy machine that may change. An entry may be there twice then. */
    static void propose(String text, List<RaftTestServer> group) throws Exception {
        byte[] entry = text.getBytes(StandardCharsets.UTF_8);
        await(() -> leaderAmong(group).ask(replyTo -> new RaftProtocol.Propose(entry, replyTo)) instanceof Committed);
    }
}
