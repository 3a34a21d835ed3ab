package skein.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import skein.bolt.net.BoltServer;
import skein.config.ClusterSettings;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.graph.Value;
import skein.http.HttpEndpoints;
import skein.http.InstanceMetrics;
import skein.http.InstanceMetrics.Row;
import skein.instance.Instance;
import skein.instance.ProcessMemory;
import skein.protocol.CoordinatorProtocol;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.storage.wal.LogCounters;
import skein.vocabulary.HostPort;

/** What an instance tells of itself: numbers, and the HTTP port where it is asked for. */
final class Monitoring implements AutoCloseable {
    private static final double MILLIS_PER_SECOND = 1000;

    private final InstanceMetrics metrics = new InstanceMetrics();
    private final NodeProbe probe = new NodeProbe();
    private final @Nullable HttpEndpoints http;

    private Monitoring(Optional<HostPort> address) {
        http = address.map(it -> HttpEndpoints.start(it, probe, metrics::scrape))
                .orElse(null);
    }

    /** Listens at once, where it is asked for, so that a recovery can be watched. */
    static Monitoring start(ResolvedSettings settings) {
        Monitoring monitoring = new Monitoring(settings.get(ClusterSettings.HTTP_PORT)
                .map(port -> new HostPort(settings.get(ClusterSettings.HTTP_ADDRESS), port)));
        monitoring.metrics.gauge(
                "memory.res.bytes",
                "What the Java runtime has taken from the operating system for heap, code and classes: what it knows"
                        + " that comes nearest to resident memory.",
                ProcessMemory::committedBytes);
        new CertificateGauges(
                        Map.of(
                                "bolt",
                                settings.get(Settings.BOLT_CERT_FILE),
                                "cluster",
                                settings.get(Settings.CLUSTER_CERT_FILE)),
                        System::currentTimeMillis)
                .addTo(monitoring.metrics);
        return monitoring;
    }

    InstanceMetrics metrics() {
        return metrics;
    }

    void started(DataProbe data, BoltServer bolt) {
        Instance instance = data.instance();
        metrics.gauge("active.bolt.sessions", "Connections of Bolt.", bolt::connections);
        metrics.gauge(
                "instance.is.main",
                "1 on the instance that takes writes.",
                () -> data.main().holds() ? 1 : 0);
        metrics.table(
                "disk.usage.bytes",
                "Files of a database: its log and its snapshots.",
                () -> instance.diskBytes().entrySet().stream()
                        .map(one ->
                                Row.of(one.getValue(), "database", one.getKey().value()))
                        .toList());
        metrics.gauge("vertex.count", "Nodes of the default database.", () -> storage(instance, "vertex_count"));
        metrics.gauge("edge.count", "Relationships of the default database.", () -> storage(instance, "edge_count"));
        SchemaGauges.of(instance).addTo(metrics);
        ReplicaGauges.of(instance).addTo(metrics);
        metrics.gauge(
                "replication.lag.transactions",
                "On a replica under coordinators: how far it is behind its MAIN; NaN where that is not known.",
                () -> instance.behind().isPresent() ? instance.behind().getAsLong() : Double.NaN);
        metrics.gauge(
                "main.lease.remaining.seconds",
                "On a MAIN under coordinators: how long nobody else can be MAIN; NaN without a lease.",
                () -> instance.leaseLeft()
                        .map(left -> left.toMillis() / MILLIS_PER_SECOND)
                        .orElse(Double.NaN));
        metrics.work(
                "wal.fsync",
                "Flushes of the logs of all databases.",
                instance,
                one -> total(one, LogCounters::forces),
                one -> total(one, LogCounters::forceNanos));
        metrics.count("plan.cache.hits", "Queries whose plan was there already.", instance, Instance::planCacheHits);
        metrics.count(
                "plan.cache.misses",
                "Queries that had to be read and checked first.",
                instance,
                Instance::planCacheMisses);
        metrics.work(
                "bookmark.wait",
                "How long transactions that came with bookmarks waited for the states that these name.",
                instance,
                Instance::bookmarkWaits,
                Instance::bookmarkWaitNanos);
        probe.started(data);
    }

    private static long total(Instance instance, ToLongFunction<LogCounters> part) {
        return instance.logWork().values().stream().mapToLong(part).sum();
    }

    void started(CoordinatorProbe coordinator, BoltServer bolt) {
        metrics.gauge("active.bolt.sessions", "Connections of Bolt.", bolt::connections);
        metrics.table("instance.up", "1 for an instance that answers.", () -> instances(coordinator, "up"));
        metrics.table("instance.is.main", "1 for the MAIN.", () -> instances(coordinator, "main"));
        metrics.table(
                "instance.is.leader", "1 for the coordinator that leads.", () -> instances(coordinator, "leader"));
        metrics.table(
                "instance.last.response.seconds",
                "Since an instance last answered the leader.",
                () -> instances(coordinator, "seconds"));
        probe.started(coordinator);
    }

    private static List<Row> instances(CoordinatorProbe coordinator, String what) {
        List<Row> rows = new ArrayList<>();
        for (var instance : coordinator.rows(new CoordinatorProtocol.ShowInstances())) {
            double value = switch (what) {
                case "up" -> instance.up() ? 1 : 0;
                case "seconds" -> instance.millisSinceAnswer() / MILLIS_PER_SECOND;
                default -> instance.role().equals(what) ? 1 : 0;
            };
            boolean known = !what.equals("seconds") || instance.millisSinceAnswer() >= 0;
            if (known) {
                rows.add(Row.of(value, "mg_instance", instance.name()));
            }
        }
        return rows;
    }

    /** A row of {@code SHOW STORAGE INFO}. */
    private static Number storage(Instance instance, String name) {
        try (QuerySession session = instance.queries().open("metrics")) {
            QueryCursor cursor = session.run("SHOW STORAGE INFO", Map.of(), TransactionOptions.WRITE);
            Number found = Double.NaN;
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                if (Objects.equals(row[0], Value.of(name)) && row[1] instanceof Value.IntegerValue(long value)) {
                    found = value;
                }
            }
            cursor.finish();
            return found;
        }
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
        metrics.close();
    }
}
