package skein.server;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.admin.ActorAdminPort;
import skein.bolt.admin.BoltFrontend;
import skein.bolt.net.BoltServer;
import skein.bolt.net.BoltSettings;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.http.MeteredQueries;
import skein.instance.Instance;
import skein.instance.InstanceSettings;
import skein.link.tcp.LinkSecurity;
import skein.session.IsolationLevel;
import skein.session.QueryService;
import skein.storage.memory.MemoryLimits;
import skein.storage.wal.DirectoryLock;
import skein.storage.wal.SyncPolicy;
import skein.user.UserService;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;

/** An instance that holds data: its data directory, its actors, its Bolt port. */
final class DataNode implements Node {
    private static final Logger LOG = LoggerFactory.getLogger(DataNode.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(10);

    private final InstanceName name;
    private final DirectoryLock lock;
    private final BoltServer bolt;
    private final Instance instance;
    private final UserService users;
    private final Monitoring monitoring;

    private DataNode(
            InstanceName name,
            DirectoryLock lock,
            BoltServer bolt,
            Instance instance,
            UserService users,
            Monitoring monitoring) {
        this.name = name;
        this.lock = lock;
        this.bolt = bolt;
        this.instance = instance;
        this.users = users;
        this.monitoring = monitoring;
    }

    /** Starts everything, or nothing: a {@link SkeinException} says what could not be had. */
    static DataNode start(ResolvedSettings settings) {
        FirstUser.check(settings);
        LinkSecurity peers = PeerSecurity.of(settings);
        warn(settings);
        DirectoryLock lock = DirectoryLock.acquire(settings.get(Settings.DATA_DIRECTORY));
        StartingInstance starting = new StartingInstance(new DatabaseName(settings.get(Settings.DEFAULT_DATABASE)));
        UserService users = new UserService(settings.get(Settings.INSECURE_NO_AUTH));
        BoltReach reach = BoltReach.of(settings);
        BoltServer bolt = null;
        Instance instance = null;
        Monitoring monitoring = null;
        try {
            monitoring = Monitoring.start(settings);
            MemoryLimits memory = InstanceSettings.memoryLimits(settings);
            bolt = BoltServer.start(
                    BoltSettings.of(settings).listeningAt(reach.atStart()),
                    BoltTransport.of(settings),
                    starting,
                    new BoltMemory(memory.memory()),
                    starting,
                    starting);
            HostPort address = new HostPort(reach.wanted(), bolt.address().port());
            InstanceName name = nameOf(settings, address);
            instance = Instance.start(
                    InstanceSettings.of(settings, name, address, memory),
                    users,
                    peers,
                    new CommitMeters(monitoring.metrics()),
                    Node::failStop);
            FirstUser.create(settings, instance, users.directory());
            reach.follow(users.directory(), bolt);
            QueryService queries = queriesOf(settings, instance);
            monitoring.started(new DataProbe(instance, queries), bolt);
            connect(
                    starting,
                    instance,
                    queries,
                    users,
                    new ProcessInformation(settings, monitoring),
                    new Reloads(bolt, peers));
            if (InstanceKind.of(settings) instanceof InstanceKind.Managed) {
                Rehearsal.start(instance.queries());
            }
            return new DataNode(name, lock, bolt, instance, users, monitoring);
        } catch (RuntimeException | Error e) {
            if (monitoring != null) {
                monitoring.close();
            }
            if (bolt != null) {
                bolt.close();
            }
            if (instance != null) {
                instance.close();
            }
            users.close();
            lock.close();
            throw e;
        }
    }

    /** Before anything is started. */
    private static void warn(ResolvedSettings settings) {
        settings.warnings().forEach(LOG::warn);
        warnOfWeakDurability(settings);
        if (settings.get(Settings.ISOLATION_LEVEL) == IsolationLevel.READ_UNCOMMITTED) {
            LOG.warn("READ_UNCOMMITTED is served as READ_COMMITTED (--{})", Settings.ISOLATION_LEVEL.flag());
        }
    }

    private static QueryService queriesOf(ResolvedSettings settings, Instance instance) {
        return InstanceKind.of(settings) instanceof InstanceKind.Managed
                ? new ManagedRoutes(instance)
                : instance.queries();
    }

    private static void connect(
            StartingInstance starting,
            Instance instance,
            QueryService queries,
            UserService users,
            ProcessInformation information,
            Reloads reloads) {
        ActorRef<BoltFrontend.Command> frontend = instance.system()
                .systemActorOf(
                        BoltFrontend.create(instance.role(), information, reloads, ADMIN_TIMEOUT),
                        "bolt-frontend",
                        Props.empty());
        starting.started(
                new MeteredQueries(queries, information.monitoring().metrics()),
                new ActorAdminPort(instance.system(), frontend, users.directory(), ADMIN_TIMEOUT),
                users.authentication());
    }

    private static InstanceName nameOf(ResolvedSettings settings, HostPort bolt) {
        String configured = settings.get(Settings.INSTANCE_NAME);
        return new InstanceName(configured.isEmpty() ? "skein-" + bolt.port() : configured);
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

    @Override
    public InstanceName name() {
        return name;
    }

    @Override
    public HostPort boltAddress() {
        return bolt.address();
    }

    /** Another one becomes MAIN first; then clients end, then replication and databases, then the directory. */
    @Override
    public void close() {
        instance.leave(HANDOVER_PATIENCE);
        bolt.close();
        monitoring.close();
        instance.close();
        users.close();
        lock.close();
    }
}
