package skein.bolt.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltResponse;
import skein.bolt.message.BoltVersion;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.session.Authentication;
import skein.session.ClusterTable;
import skein.session.QueryCounters;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.Route;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;

/** What SUCCESS says, by request and version. */
final class Metadata {
    private static final double MICROS_PER_MILLI = 1000;

    private Metadata() {}

    static BoltResponse hello(ConnectionFacts facts, boolean utcPatch) {
        return success(helloEntries(facts, utcPatch));
    }

    /** Up to 5.0 HELLO is the login too. */
    static BoltResponse hello(ConnectionFacts facts, boolean utcPatch, Authentication.Login login) {
        Map<String, Value> entries = helloEntries(facts, utcPatch);
        expiry(entries, login);
        return success(entries);
    }

    private static Map<String, Value> helloEntries(ConnectionFacts facts, boolean utcPatch) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("server", Value.of(facts.serverAgent()));
        entries.put("connection_id", Value.of(facts.connectionId()));
        if (facts.version().hasHints()) {
            entries.put("hints", hints(facts));
        }
        if (utcPatch) {
            entries.put("patch_bolt", Value.of(List.of(Value.of("utc"))));
        }
        if (facts.manifest()) {
            entries.put("protocol_version", Value.of(facts.version().toString()));
        }
        return entries;
    }

    /** Nobody counts what drivers' interfaces are used for, and homes may change at any time. */
    private static MapValue hints(ConnectionFacts facts) {
        Map<String, Value> hints = new LinkedHashMap<>();
        hints.put("connection.recv_timeout_seconds", Value.of(facts.keepAlive().toSeconds()));
        if (facts.version().hasTelemetry()) {
            hints.put("telemetry.enabled", Value.FALSE);
        }
        if (facts.version().tellsHome()) {
            hints.put("ssr.enabled", Value.FALSE);
        }
        return new MapValue(hints);
    }

    private static void expiry(Map<String, Value> entries, Authentication.Login login) {
        if (login.passwordExpired()) {
            entries.put("credentials_expired", Value.TRUE);
        }
    }

    /** Where the client finds this server, for those who ask. */
    static BoltResponse loggedOn(ConnectionFacts facts, Authentication.Login login) {
        Map<String, Value> entries = new LinkedHashMap<>();
        if (facts.version().tellsHome()) {
            entries.put("advertised_address", Value.of(facts.advertisedAddress()));
        }
        expiry(entries, login);
        return success(entries);
    }

    /** @param home where a client works that named no database; null when it named one */
    static BoltResponse begun(ConnectionFacts facts, @Nullable DatabaseName home) {
        return home != null && facts.version().tellsHome()
                ? success(Map.of("db", Value.of(home.value())))
                : BoltResponse.Success.EMPTY;
    }

    /**
     * @param result number of the result inside a transaction; null for a query on its own
     * @param home as in {@link #begun}
     */
    static BoltResponse ran(
            ConnectionFacts facts, JobOutcome.Ran ran, @Nullable Long result, @Nullable DatabaseName home) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("t_first", Value.of(ran.firstMillis()));
        entries.put("fields", texts(ran.columns()));
        if (result != null) {
            entries.put("qid", Value.of(result.longValue()));
        }
        if (home != null && facts.version().tellsHome()) {
            entries.put("db", Value.of(home.value()));
        }
        return success(entries);
    }

    static BoltResponse hasMore() {
        return success(Map.of("has_more", Value.TRUE));
    }

    static BoltResponse drained(JobOutcome.Drained drained, NotificationFilter filter, BoltVersion version) {
        QuerySummary summary = drained.summary();
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("type", Value.of(summary.kind().code()));
        entries.put("t_last", Value.of(drained.lastMillis()));
        entries.put("db", Value.of(summary.database().value()));
        if (summary.bookmark() != null) {
            entries.put("bookmark", Value.of(summary.bookmark().toString()));
        }
        Map<String, Value> stats = stats(summary.counters(), version);
        if (!stats.isEmpty()) {
            entries.put("stats", new MapValue(stats));
        }
        if (summary.plan() != null) {
            entries.put(summary.profiled() ? "profile" : "plan", summary.plan());
        }
        acks(entries, summary.acks());
        List<Notification> notifications = filter.wanted(summary.notifications());
        if (version.hasStatuses()) {
            entries.put("statuses", Statuses.of(drained.extent(), notifications));
        } else {
            notifications(entries, notifications, version);
        }
        return success(entries);
    }

    static BoltResponse committed(QuerySession.CommitSummary summary, NotificationFilter filter, BoltVersion version) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("bookmark", Value.of(summary.bookmark().toString()));
        acks(entries, summary.acks());
        List<Notification> notifications = filter.wanted(summary.notifications());
        if (!version.hasStatuses()) {
            notifications(entries, notifications, version);
        } else if (!notifications.isEmpty()) {
            entries.put("statuses", Statuses.of(notifications));
        }
        return success(entries);
    }

    /** A key of our own, there only for clients that asked for it. */
    private static void acks(Map<String, Value> entries, List<ReplicaAck> acks) {
        if (!acks.isEmpty()) {
            entries.put("replicas", Value.of(acks.stream().map(Metadata::ack).toList()));
        }
    }

    private static Value ack(ReplicaAck ack) {
        return new MapValue(Map.of(
                "name", Value.of(ack.replica().value()),
                "mode", Value.of(ack.mode().shown()),
                "acknowledged", Value.of(ack.acknowledged()),
                "millis", ack.acknowledged() ? Value.of(ack.micros() / MICROS_PER_MILLI) : Value.NULL));
    }

    /**
     * One entry per role. This instance is named as the client dialled it, another MAIN as it advertises itself; nobody
     * for WRITE tells drivers to ask again soon.
     */
    static BoltResponse route(ConnectionFacts facts, Job.FindRole asked, Route route) {
        Value self = Value.of(List.of(Value.of(asked.address())));
        HostPort main = route.main();
        Map<String, Value> table = new LinkedHashMap<>();
        table.put("ttl", Value.of(facts.routingTtl().toSeconds()));
        if (facts.version().routesByMap()) {
            table.put("db", Value.of(asked.database()));
        }
        table.put(
                "servers",
                Value.of(List.of(
                        servers(
                                "WRITE",
                                route.here()
                                        ? self
                                        : main == null
                                                ? ListValue.EMPTY
                                                : Value.of(List.of(Value.of(main.toString())))),
                        servers("READ", self),
                        servers("ROUTE", self))));
        return success(Map.of("rt", new MapValue(table)));
    }

    /** As the coordinators tell it; a role that nobody has is left out. */
    static BoltResponse route(ConnectionFacts facts, Job.FindRole asked, ClusterTable cluster) {
        Map<String, Value> table = new LinkedHashMap<>();
        table.put("ttl", Value.of(cluster.timeToLive().plusMillis(999).toSeconds()));
        if (facts.version().routesByMap()) {
            table.put("db", Value.of(asked.database()));
        }
        List<Value> roles = new ArrayList<>();
        addRole("WRITE", cluster.write(), roles);
        addRole("READ", cluster.read(), roles);
        addRole("ROUTE", cluster.route(), roles);
        table.put("servers", Value.of(roles));
        return success(Map.of("rt", new MapValue(table)));
    }

    private static void addRole(String role, List<HostPort> addresses, List<Value> roles) {
        if (!addresses.isEmpty()) {
            List<Value> shown = addresses.stream()
                    .<Value>map(address -> Value.of(address.toString()))
                    .toList();
            roles.add(servers(role, Value.of(shown)));
        }
    }

    private static Value servers(String role, Value addresses) {
        return new MapValue(Map.of("role", Value.of(role), "addresses", addresses));
    }

    private static Map<String, Value> stats(QueryCounters counters, BoltVersion version) {
        Map<String, Value> stats = new LinkedHashMap<>();
        count(stats, "nodes-created", counters.nodesCreated());
        count(stats, "nodes-deleted", counters.nodesDeleted());
        count(stats, "relationships-created", counters.relationshipsCreated());
        count(stats, "relationships-deleted", counters.relationshipsDeleted());
        count(stats, "properties-set", counters.propertiesSet());
        count(stats, "labels-added", counters.labelsAdded());
        count(stats, "labels-removed", counters.labelsRemoved());
        count(stats, "indexes-added", counters.indexesAdded());
        count(stats, "indexes-removed", counters.indexesRemoved());
        count(stats, "constraints-added", counters.constraintsAdded());
        count(stats, "constraints-removed", counters.constraintsRemoved());
        count(stats, "system-updates", counters.systemUpdates());
        if (version.hasUpdateFlags() && counters.containsUpdates()) {
            stats.put("contains-updates", Value.TRUE);
        }
        if (version.hasUpdateFlags() && counters.containsSystemUpdates()) {
            stats.put("contains-system-updates", Value.TRUE);
        }
        return stats;
    }

    private static void count(Map<String, Value> stats, String key, long count) {
        if (count > 0) {
            stats.put(key, Value.of(count));
        }
    }

    /** Left out when there are none: old clients read the first entry without looking. */
    private static void notifications(
            Map<String, Value> entries, List<Notification> notifications, BoltVersion version) {
        if (!notifications.isEmpty()) {
            entries.put(
                    "notifications",
                    Value.of(notifications.stream()
                            .map(it -> notification(it, version))
                            .toList()));
        }
    }

    private static Value notification(Notification notification, BoltVersion version) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("code", Value.of(notification.code()));
        entries.put("title", Value.of(notification.title()));
        entries.put("description", Value.of(notification.description()));
        entries.put("severity", Value.of(notification.severity().name()));
        if (version.hasNotificationFilter()) {
            entries.put("category", Value.of(NotificationFilter.CATEGORY));
        }
        return new MapValue(entries);
    }

    private static Value texts(List<String> texts) {
        return Value.of(texts.stream().map(Value::of).toList());
    }

    private static BoltResponse success(Map<String, Value> entries) {
        return new BoltResponse.Success(new MapValue(entries));
    }
}
