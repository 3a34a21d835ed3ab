package skein.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.admin.ActorAdminPort;
import skein.bolt.admin.BoltFrontend;
import skein.bolt.net.BoltServer;
import skein.bolt.net.BoltSettings;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.instance.Instance;
import skein.instance.InstanceSettings;
import skein.session.Authentication;
import skein.session.IsolationLevel;
import skein.storage.memory.MemoryLimits;
import skein.storage.wal.DirectoryLock;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;

/** One running instance: its data directory, its actors, its Bolt port. Made and ended as one. */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(30);

    private final InstanceName name;
    private final DirectoryLock lock;
    private final BoltServer bolt;
    private final Instance instance;

    private Node(InstanceName name, DirectoryLock lock, BoltServer bolt, Instance instance) {
        this.name = name;
        this.lock = lock;
        this.bolt = bolt;
        this.instance = instance;
    }

    /** Starts everything, or nothing: a {@link SkeinException} says what could not be had. */
    static Node start(ResolvedSettings settings) {
        settings.warnings().forEach(LOG::warn);
        requireSafeAddresses(settings);
        warnOfWeakDurability(settings);
        if (settings.get(Settings.ISOLATION_LEVEL) == IsolationLevel.READ_UNCOMMITTED) {
            LOG.warn("READ_UNCOMMITTED is served as READ_COMMITTED (--{})", Settings.ISOLATION_LEVEL.flag());
        }
        DirectoryLock lock = DirectoryLock.acquire(settings.get(Settings.DATA_DIRECTORY));
        StartingInstance starting = new StartingInstance(new DatabaseName(settings.get(Settings.DEFAULT_DATABASE)));
        BoltServer bolt = null;
        try {
            MemoryLimits memory = InstanceSettings.memoryLimits(settings);
            bolt = BoltServer.start(
                    BoltSettings.of(settings),
                    BoltTransport.of(settings),
                    Authentication.ofNobody(),
                    new BoltMemory(memory.memory()),
                    starting,
                    starting);
            InstanceName name = nameOf(settings, bolt.address());
            Instance instance =
                    Instance.start(InstanceSettings.of(settings, name, bolt.address(), memory), Node::failStop);
            connect(starting, instance, bolt, settings);
            return new Node(name, lock, bolt, instance);
        } catch (RuntimeException | Error e) {
            if (bolt != null) {
                bolt.close();
            }
            lock.close();
            throw e;
        }
    }

    /** After a failed flush nobody knows what is on the disk: the only safe answer is none. */
    private static void failStop(SkeinException reason) {
        LOG.error("the log has failed, the process ends at once: {}", reason.getMessage());
        Runtime.getRuntime().halt(Main.EXIT_FAILED);
    }

    private static void connect(
            StartingInstance starting, Instance instance, BoltServer bolt, ResolvedSettings settings) {
        ActorRef<BoltFrontend.Command> frontend = instance.system()
                .systemActorOf(
                        BoltFrontend.create(
                                instance.role(), new ProcessInformation(settings), bolt::reloadTls, ADMIN_TIMEOUT),
                        "bolt-frontend",
                        Props.empty());
        starting.started(instance.queries(), new ActorAdminPort(instance.system(), frontend, ADMIN_TIMEOUT));
    }

    private static InstanceName nameOf(ResolvedSettings settings, HostPort bolt) {
        String configured = settings.get(Settings.INSTANCE_NAME);
        return new InstanceName(configured.isEmpty() ? "skein-" + bolt.port() : configured);
    }

    /** Without encryption between instances, listening to the world is something that has to be said aloud. */
    private static void requireSafeAddresses(ResolvedSettings settings) {
        String replication = settings.get(Settings.REPLICATION_ADDRESS);
        String address = replication.isEmpty() ? settings.get(Settings.BOLT_ADDRESS) : replication;
        if (!settings.get(Settings.INSECURE_CLUSTER) && !isLoopback(address)) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-005 Replication would listen on " + address + ", which others can reach, and traffic between"
                            + " instances is not encrypted in this version. Set --insecure-cluster to accept that, or"
                            + " --replication-address=127.0.0.1. Nothing was started.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-002 The host name '" + address + "' is not known on this machine. Write an address of this"
                            + " machine. Nothing was started.",
                    e);
        }
    }

    private static void warnOfWeakDurability(ResolvedSettings settings) {
        SyncPolicy policy = InstanceSettings.syncPolicy(settings);
        if (!policy.survivesPowerLoss()) {
            LOG.warn(
                    "commits are acknowledged before they are on disk (log forced: {}): they survive a crash of this"
                            + " process, but a loss of power can lose them. --{}=every-batch with --{}=1 is the durable"
                            + " default",
                    policy.words(),
                    Settings.WAL_SYNC.flag(),
                    Settings.WAL_FLUSH_EVERY_N_TX.flag());
        }
    }

    InstanceName name() {
        return name;
    }

    HostPort boltAddress() {
        return bolt.address();
    }

    /** Clients first, then replication and databases, then the directory. */
    @Override
    public void close() {
        bolt.close();
        instance.close();
        lock.close();
    }
}
