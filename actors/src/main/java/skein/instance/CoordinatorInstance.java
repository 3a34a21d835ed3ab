package skein.instance;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.coordination.Coordinator;
import skein.coordination.CoordinatorMeter;
import skein.coordination.CoordinatorPorts;
import skein.coordination.core.Identity;
import skein.forwarding.CoordinatorForwarding;
import skein.journal.JournalPlatform;
import skein.link.Link;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.TcpLink;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Message;
import skein.query.Forwarding;
import skein.raft.RaftMember;
import skein.raft.RaftMemberSettings;
import skein.raft.RaftMeter;
import skein.raft.core.RaftSettings;
import skein.storage.wal.Platform;
import skein.user.UserDirectory;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** One running coordinator without its Bolt port: its actor, and its member of the Raft group. */
public final class CoordinatorInstance implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<Message> system;

    private CoordinatorInstance(ActorSystem<Message> system) {
        this.system = system;
    }

    /**
     * Reads what it held and listens; returns when other coordinators can reach it.
     *
     * @param users who may talk to it, kept up to date from the start on
     * @param security how it talks to others
     * @param meter hears what the coordinator does
     * @param raftMeter hears what its member of the Raft group does
     * @param fatal hears why it cannot go on: the process must end
     */
    public static CoordinatorInstance start(
            ResolvedSettings settings,
            InstanceKind.Coordinator kind,
            UserDirectory users,
            LinkSecurity security,
            CoordinatorMeter meter,
            RaftMeter raftMeter,
            Consumer<SkeinException> fatal) {
        return start(settings, kind, users, security, new Meters(meter, raftMeter), Platform.PROCESS, fatal);
    }

    /** @param platform what its journal stands on */
    static CoordinatorInstance start(
            ResolvedSettings settings,
            InstanceKind.Coordinator kind,
            UserDirectory users,
            LinkSecurity security,
            Meters meters,
            Platform platform,
            Consumer<SkeinException> fatal) {
        CompletableFuture<Link.LinkPort> management = new CompletableFuture<>();
        CompletableFuture<HostPort> raft = new CompletableFuture<>();
        ActorSystem<Message> system = ActorSystem.create(
                Behaviors.setup(context -> coordinator(
                        kind,
                        new TcpLink(context.getSystem(), InstanceSettings.linkOf(settings), security),
                        users,
                        meters,
                        management,
                        raft,
                        fatal)),
                "skein",
                ActorSystemSetup.create(
                        BootstrapSetup.create(actorConfiguration(settings.get(Settings.DATA_DIRECTORY))),
                        new JournalPlatform(platform)));
        CoordinatorInstance instance = new CoordinatorInstance(system);
        instance.await(raft);
        instance.await(management);
        instance.await(Coordinator.settled(system).toCompletableFuture());
        return instance;
    }

    /** A member that cannot remember for so long ends, so that others lead. */
    private static Config actorConfiguration(Path directory) {
        return Instance.actorConfiguration(directory)
                .withValue(
                        "skein.role-journal.circuit-breaker.call-timeout",
                        ConfigValueFactory.fromAnyRef(JOURNAL_PATIENCE.toMillis() + "ms"));
    }

    /** Who hears what happens. */
    record Meters(CoordinatorMeter coordinator, RaftMeter raft) {}

    private static Behavior<Message> coordinator(
            InstanceKind.Coordinator kind,
            Link link,
            UserDirectory users,
            Meters meters,
            CompletableFuture<Link.LinkPort> management,
            CompletableFuture<HostPort> listening,
            Consumer<SkeinException> fatal) {
        HostPort raftPort = new HostPort(kind.bindAddress(), kind.coordinator().port());
        HostPort managementPort =
                new HostPort(kind.bindAddress(), kind.management().port());
        boolean shares = raftPort.equals(managementPort);
        SharedPort shared = new SharedPort(link);
        return Coordinator.create(
                new CoordinatorPorts(
                        new Identity(kind.id(), kind.coordinator(), kind.management()),
                        managementPort,
                        shares ? shared.ofRelays() : link,
                        owner -> RaftMember.create(
                                new RaftMemberSettings(
                                        kind.id(),
                                        raftPort,
                                        RaftSettings.standard(),
                                        Platform.PROCESS::nanoTime,
                                        meters.raft()),
                                shares ? shared.ofRaft() : link,
                                owner,
                                listening),
                        Platform.PROCESS::nanoTime,
                        System::currentTimeMillis,
                        UUID::randomUUID,
                        users::named,
                        meters.coordinator(),
                        fatal),
                management);
    }

    private void await(CompletableFuture<?> started) {
        try {
            started.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof SkeinException expected
                    ? expected
                    : new SkeinException(ErrorCode.INTERNAL, "The coordinator did not start: " + e.getCause(), e);
        } catch (TimeoutException | InterruptedException e) {
            close();
            throw new SkeinException(ErrorCode.INTERNAL, "The coordinator did not start in time.", e);
        }
    }

    /**
     * A way to the MAIN for transactions of this coordinator's clients.
     *
     * @param main management address of the present one; asked for every transaction
     */
    public Forwarding forwarding(
            ResolvedSettings settings, LinkSecurity security, String name, Supplier<Optional<HostPort>> main) {
        Link link = new TcpLink(system, InstanceSettings.linkOf(settings), security);
        return new CoordinatorForwarding(link, name, main);
    }

    /** Who answers requests. */
    public ActorRef<CoordinatorProtocol.Message> coordinator() {
        return system;
    }

    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the actors did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
