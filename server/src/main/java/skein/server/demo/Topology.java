package skein.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.ClusterPlan.Member;

/** Who is what, as the coordinators and the MAIN say. */
final class Topology {
    private static final String NONE = "-";

    private final ClusterPlan plan;
    private final List<Record> instances;
    private final Map<String, Long> lags = new LinkedHashMap<>();
    private final Map<String, String> states = new LinkedHashMap<>();

    /**
     * @param instances {@code SHOW INSTANCES}
     * @param lags {@code SHOW REPLICATION LAG}
     * @param replicas {@code SHOW REPLICAS} of the MAIN
     */
    Topology(ClusterPlan plan, List<Record> instances, List<Record> lags, List<Record> replicas) {
        this.plan = plan;
        this.instances = instances;
        for (Record row : lags) {
            this.lags.put(
                    row.get("instance_name").asString(),
                    sum(row.get("data_info"), database -> database.get("num_txns_behind_main")));
        }
        for (Record row : replicas) {
            states.put(row.get("name").asString(), worst(row.get("data_info")));
        }
    }

    private static long sum(Value databases, Function<Value, Value> part) {
        long sum = 0;
        for (Value database : databases.values()) {
            sum += part.apply(database).asLong(0);
        }
        return sum;
    }

    /** A replica is ready when it is in every database. */
    private static String worst(Value databases) {
        String worst = "ready";
        for (Value database : databases.values()) {
            String state = database.get("status").asString("");
            if (!state.equals("ready") && !state.equals("replicating")) {
                worst = state;
            }
        }
        return worst;
    }

    boolean isKnown() {
        return !instances.isEmpty();
    }

    /** The instance that is MAIN, by name. */
    Optional<String> main() {
        return named("main");
    }

    Optional<String> leader() {
        return named("leader");
    }

    private Optional<String> named(String role) {
        return instances.stream()
                .filter(row -> row.get("role").asString().equals(role))
                .map(row -> row.get("name").asString())
                .findFirst();
    }

    /** What people are told of when it changes. */
    ClusterWatch.Sight sight() {
        Map<String, String> roles = new LinkedHashMap<>();
        instances.forEach(row -> roles.put(
                row.get("name").asString(),
                shown(row.get("role").asString()) + ", " + row.get("health").asString()));
        return new ClusterWatch.Sight(main(), leader(), roles);
    }

    private static String shown(String role) {
        return role.equals("main") ? "MAIN" : role;
    }

    /** @param notes what the demo did to a member, by name */
    TextTable table(Map<String, String> notes) {
        TextTable table = new TextTable("NAME", "ROLE", "MODE", "HEALTH", "LAG", "BOLT", "HTTP", "");
        for (Record row : instances) {
            String name = row.get("name").asString();
            String role = row.get("role").asString();
            boolean up = row.get("health").asString().equals("up");
            boolean replica = role.equals("replica");
            table.add(
                    name,
                    shown(role),
                    replica ? plan.mode() : NONE,
                    !up ? "down" : replica ? states.getOrDefault(name, "up") : "up",
                    replica && up ? lag(name) : NONE,
                    row.get("bolt_server").asString(),
                    plan.members().stream()
                            .filter(member -> member.name().equals(name))
                            .map(Member::http)
                            .findFirst()
                            .orElse(NONE),
                    notes.getOrDefault(name, ""));
        }
        return table;
    }

    private String lag(String name) {
        Long lag = lags.get(name);
        return lag == null ? "?" : Long.toString(lag);
    }
}
