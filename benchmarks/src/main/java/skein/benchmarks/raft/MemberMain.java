package skein.benchmarks.raft;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Command;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Event;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Reply;
import skein.raft.RaftMember;
import skein.raft.RaftMemberSettings;
import skein.raft.core.RaftSettings;
import skein.vocabulary.HostPort;

/**
 * A process of a {@link MemberGroup}: the member of a Raft group as coordinators have it, with its journal and its
 * lines, and an owner that counts. Arguments: its id, its address, its directory. Standard input: {@code found},
 * {@code add ID HOST:PORT}, {@code load CLIENTS MILLIS}; each is answered by a line; ends with its input.
 */
final class MemberMain {
    static final String READY = "ready";
    /** Another one leads, or nobody. */
    static final String MOVED = "moved";

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** As coordinators have it. */
    private static final int ENTRIES_PER_STATE = 200;

    private static final int ENTRY_BYTES = 40;

    private final Member self;
    private final CompletableFuture<ActorRef<Command>> member = new CompletableFuture<>();
    private final CompletableFuture<HostPort> listening = new CompletableFuture<>();
    private final ActorSystem<Void> system;
    private int clientsSoFar;

    private MemberMain(Member self, String directory) {
        this.self = self;
        var configuration = ConfigFactory.parseResources("skein-actors.conf")
                .withValue("skein.role-journal.directory", ConfigValueFactory.fromAnyRef(directory))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        this.system = ActorSystem.create(
                Behaviors.<Void>setup(context -> {
                    ActorRef<Event> owner = context.spawn(owner(), "owner");
                    var link =
                            new TcpLink(context.getSystem(), LinkSettings.DEFAULT, new LinkSecurity.ThisMachineOnly());
                    member.complete(context.spawn(
                            RaftMember.create(
                                    new RaftMemberSettings(
                                            self.id(), self.coordinator(), RaftSettings.standard(), System::nanoTime),
                                    link,
                                    owner,
                                    listening),
                            "raft"));
                    return Behaviors.empty();
                }),
                "member",
                configuration);
    }

    /** Hands in a state as often as a coordinator does, so that the log is cut as there. */
    private Behavior<Event> owner() {
        byte[] state = new byte[1024];
        return Behaviors.receiveMessage(event -> {
            if (event instanceof Applied applied && applied.index() % ENTRIES_PER_STATE == 0) {
                var _ = member.thenAccept(raft -> raft.tell(new RaftProtocol.StateTaken(applied.index(), state)));
            }
            return Behaviors.same();
        });
    }

    public static void main(String[] arguments) throws Exception {
        Member self = new Member(Integer.parseInt(arguments[0]), HostPort.parse(arguments[1], 0), null);
        MemberMain main = new MemberMain(self, arguments[2]);
        main.listening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        System.out.println(READY);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(main.answer(line.split(" ")));
            }
        } finally {
            main.system.terminate();
        }
    }

    private String answer(String... words) throws InterruptedException, ExecutionException, TimeoutException {
        return switch (words[0]) {
            case "found" -> said(replyTo -> new RaftProtocol.Found(self, replyTo));
            case "add" -> {
                Member other = new Member(Integer.parseInt(words[1]), HostPort.parse(words[2], 0), null);
                yield said(replyTo -> new RaftProtocol.AddMember(other, replyTo));
            }
            case "load" -> load(Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
            default -> "unknown " + words[0];
        };
    }

    private String said(Function<ActorRef<Reply>, Command> command)
            throws InterruptedException, ExecutionException, TimeoutException {
        return AskPattern.<Command, Reply>ask(member.get(), command::apply, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .toString();
    }

    private String load(int clients, Duration time) throws InterruptedException, ExecutionException, TimeoutException {
        ConcurrentHistogram micros = new ConcurrentHistogram(Rate.SLOWEST_MICROS, 3);
        ActorRef<Command> raft = member.get();
        long begin = System.nanoTime();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            clientsSoFar++;
            var _ = system.systemActorOf(
                    client(raft, micros, begin + time.toNanos(), end), "client-" + clientsSoFar, Props.empty());
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        try {
            all.get(time.toSeconds() + PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Thread.sleep(BETWEEN_TRIES.toMillis());
            return MOVED;
        }
        Rate rate = Rate.of(micros, (System.nanoTime() - begin) / 1e9);
        return String.format(Locale.ROOT, "rate %.1f %d %d", rate.perSecond(), rate.p50Micros(), rate.p99Micros());
    }

    /** Proposes an entry as soon as the one before is committed. */
    private static Behavior<Reply> client(
            ActorRef<Command> raft, ConcurrentHistogram micros, long endNanos, CompletableFuture<Void> end) {
        return Behaviors.setup(context -> {
            byte[] entry = new byte[ENTRY_BYTES];
            long[] sentNanos = {System.nanoTime()};
            raft.tell(new RaftProtocol.Propose(entry, context.getSelf()));
            return Behaviors.receiveMessage(reply -> {
                long now = System.nanoTime();
                if (!(reply instanceof Committed)) {
                    end.completeExceptionally(new IOException("an entry was answered " + reply));
                    return Behaviors.stopped();
                }
                micros.recordValue(Rate.micros(now - sentNanos[0]));
                if (now >= endNanos) {
                    end.complete(null);
                    return Behaviors.stopped();
                }
                sentNanos[0] = now;
                raft.tell(new RaftProtocol.Propose(entry, context.getSelf()));
                return Behaviors.same();
            });
        });
    }
}
