package skein.server;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.admin.AdminPort;
import skein.bolt.admin.AdminQueryService;
import skein.bolt.admin.CoordinatorAdminPort;
import skein.bolt.admin.CoordinatorQueries;
import skein.bolt.net.BoltServer;
import skein.bolt.net.BoltSettings;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.http.MeteredQueries;
import skein.instance.CoordinatorInstance;
import skein.instance.InstanceSettings;
import skein.link.tcp.LinkSecurity;
import skein.session.Client;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.storage.memory.MemoryLimits;
import skein.storage.wal.DirectoryLock;
import skein.user.UserService;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** A coordinator: its directory, its actors, and Bolt for admin statements and routing. It has no databases. */
final class CoordinatorNode implements Node {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorNode.class);

    private final InstanceName name;
    private final DirectoryLock lock;
    private final BoltServer bolt;
    private final CoordinatorInstance instance;
    private final UserService users;
    private final Monitoring monitoring;

    private CoordinatorNode(
            InstanceName name,
            DirectoryLock lock,
            BoltServer bolt,
            CoordinatorInstance instance,
            UserService users,
            Monitoring monitoring) {
        this.name = name;
        this.lock = lock;
        this.bolt = bolt;
        this.instance = instance;
        this.users = users;
        this.monitoring = monitoring;
    }

    static CoordinatorNode start(ResolvedSettings settings, InstanceKind.Coordinator kind) {
        settings.warnings().forEach(LOG::warn);
        FirstUser.check(settings);
        LinkSecurity peers = PeerSecurity.of(settings);
        DirectoryLock lock = DirectoryLock.acquire(settings.get(Settings.DATA_DIRECTORY));
        DatabaseName defaultDatabase = new DatabaseName(settings.get(Settings.DEFAULT_DATABASE));
        StartingInstance starting = new StartingInstance(defaultDatabase);
        UserService users = new UserService(settings.get(Settings.INSECURE_NO_AUTH));
        BoltServer bolt = null;
        CoordinatorInstance instance = null;
        Monitoring monitoring = null;
        try {
            monitoring = Monitoring.start(settings);
            BoltReach reach = BoltReach.of(settings);
            MemoryLimits memory = InstanceSettings.memoryLimits(settings);
            bolt = BoltServer.start(
                    BoltSettings.of(settings).listeningAt(reach.atStart()),
                    BoltTransport.of(settings),
                    starting,
                    new BoltMemory(memory.memory()),
                    starting,
                    starting);
            CoordinatorMeters meters = new CoordinatorMeters(monitoring.metrics(), System.currentTimeMillis());
            instance =
                    CoordinatorInstance.start(settings, kind, users.directory(), peers, meters, meters, Node::failStop);
            reach.follow(users.directory(), bolt);
            monitoring.started(new CoordinatorProbe(instance), bolt);
            CoordinatorUsers ofCluster = CoordinatorUsers.of(instance, users);
            serve(
                    instance,
                    new ProcessInformation(settings, monitoring),
                    starting,
                    new Reloads(bolt, peers),
                    ofCluster,
                    CoordinatorWay.of(
                            settings, instance, peers, nameOf(settings, kind).value(), users.directory()),
                    kind);
            ofCluster.createFirst(settings);
            return new CoordinatorNode(nameOf(settings, kind), lock, bolt, instance, users, monitoring);
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

    private static void serve(
            CoordinatorInstance instance,
            ProcessInformation information,
            StartingInstance starting,
            Reloads reloads,
            CoordinatorUsers users,
            @Nullable Function<Client, QuerySession> forwarded,
            InstanceKind.Coordinator kind) {
        QueryService queries = new CoordinatorQueries(
                instance.system(), instance.coordinator(), starting.defaultDatabase(), forwarded);
        AdminPort admin = new CoordinatorAdminPort(
                instance.system(),
                instance.coordinator(),
                information,
                reloads,
                users.service().directory(),
                users.service()::wish);
        starting.started(
                new MeteredQueries(queries, information.monitoring().metrics()),
                admin,
                users.service().authentication());
        kind.initQueries().ifPresent(file -> InitQueries.start(file, new AdminQueryService(queries, admin)));
    }

    private static InstanceName nameOf(ResolvedSettings settings, InstanceKind.Coordinator kind) {
        String configured = settings.get(Settings.INSTANCE_NAME);
        return new InstanceName(configured.isEmpty() ? "coordinator_" + kind.id() : configured);
    }

    @Override
    public InstanceName name() {
        return name;
    }

    @Override
    public HostPort boltAddress() {
        return bolt.address();
    }

    @Override
    public void close() {
        bolt.close();
        monitoring.close();
        instance.close();
        users.close();
        lock.close();
    }
}
