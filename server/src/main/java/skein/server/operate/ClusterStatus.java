package skein.server.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import skein.server.operate.Coordinators.Answer;

/**
 * How a cluster is, read from what a coordinator tells.
 *
 * @param instances {@code SHOW INSTANCES}
 * @param metrics {@code SHOW METRICS INFO} of a coordinator: what people have switched off is nowhere else
 */
record ClusterStatus(Answer instances, Answer metrics) {
    private static final String NAME = "name";
    private static final String UNKNOWN = "-";
    private static final List<String> REPLICA = List.of(NAME, "mode", "state", "transactions_behind", "last_heard_ms");

    /** What is not as it should be, one sentence each. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (instances.isEmpty()) {
            troubles.add("No coordinator leads at the moment: roles cannot change, reads and writes go on.");
        }
        if (!instances.isEmpty() && mains().isEmpty()) {
            troubles.add("There is no MAIN: nothing is written. `skein cluster candidates` tells who could be.");
        }
        for (Map<String, Object> row : instances.rows()) {
            if (!isUp(row)) {
                troubles.add(row.get(NAME) + " (" + row.get("role") + ") does not answer"
                        + (row.get("last_succ_resp_ms") == null
                                ? "."
                                : ", last heard " + row.get("last_succ_resp_ms") + " ms ago."));
            }
        }
        if (isOn("skein_paused")) {
            troubles.add("Automatic failover is paused: a MAIN that fails is not replaced. `skein cluster resume` ends"
                    + " that.");
        }
        if (isOn("skein_read_only")) {
            troubles.add("The cluster is read-only: SET COORDINATOR SETTING 'global_read_only' TO 'false' ends that.");
        }
        return troubles;
    }

    /** The numbers by which Raft and the MAIN are told apart from those before. */
    String terms() {
        return "Coordinators in term " + number("skein_raft_term") + ", MAIN in reign " + number("skein_main_reign");
    }

    private String number(String metric) {
        return metrics.rows().stream()
                .filter(row -> Objects.equals(row.get(NAME), metric))
                .map(row -> row.get("value") instanceof Number value ? String.valueOf(value.longValue()) : UNKNOWN)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /**
     * Every replica: mode, whether it could take over at once or why not, and how far it is behind.
     *
     * @param candidates {@code SHOW FAILOVER CANDIDATES}
     */
    Answer replicas(Answer candidates) {
        List<Map<String, Object>> rows = instances.rows().stream()
                .filter(row -> has(row, "replica"))
                .map(row -> replica(row, candidates))
                .toList();
        return new Answer(REPLICA, rows, List.of());
    }

    private Map<String, Object> replica(Map<String, Object> instance, Answer candidates) {
        Object name = instance.get(NAME);
        Map<String, Object> candidate = candidates.rows().stream()
                .filter(row -> Objects.equals(row.get("instance_name"), name))
                .findFirst()
                .orElse(Map.of());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(NAME, name);
        row.put("mode", modeOf(String.valueOf(name)));
        row.put("state", stateOf(instance, candidate));
        row.put("transactions_behind", candidate.get("transactions_behind"));
        row.put("last_heard_ms", instance.get("last_succ_resp_ms"));
        return row;
    }

    private static String stateOf(Map<String, Object> instance, Map<String, Object> candidate) {
        if (!isUp(instance)) {
            return "down";
        }
        return Boolean.TRUE.equals(candidate.get("eligible"))
                ? "ready"
                : candidate.isEmpty() ? UNKNOWN : String.valueOf(candidate.get("reason"));
    }

    private String modeOf(String name) {
        String prefix = "skein_instance_mode{mg_instance=" + name + ",mode=";
        return metrics.rows().stream()
                .map(row -> String.valueOf(row.get(NAME)))
                .filter(metric -> metric.startsWith(prefix))
                .map(metric -> metric.substring(prefix.length(), metric.length() - 1))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private boolean isOn(String metric) {
        return metrics.rows().stream()
                .anyMatch(row -> Objects.equals(row.get(NAME), metric)
                        && row.get("value") instanceof Number value
                        && value.doubleValue() == 1);
    }

    /** One sentence. */
    String verdict() {
        List<String> mains = mains();
        long replicas =
                instances.rows().stream().filter(row -> has(row, "replica")).count();
        long ready = instances.rows().stream()
                .filter(row -> has(row, "replica") && isUp(row))
                .count();
        return (troubles().isEmpty() ? "Healthy" : "Degraded") + ": MAIN "
                + (mains.isEmpty() ? "none" : mains.getFirst()) + ", " + ready + " of " + replicas
                + " replicas up, leader "
                + instances.rows().stream()
                        .filter(row -> has(row, "leader"))
                        .map(row -> String.valueOf(row.get(NAME)))
                        .findFirst()
                        .orElse("none");
    }

    private List<String> mains() {
        return mains(instances);
    }

    private static List<String> mains(Answer instances) {
        return instances.rows().stream()
                .filter(row -> has(row, "main"))
                .map(row -> String.valueOf(row.get(NAME)))
                .toList();
    }

    /** Coordinators and, below the MAIN, its replicas. */
    static List<String> tree(Answer instances) {
        List<String> lines = new ArrayList<>(List.of("coordinators"));
        instances.rows().stream()
                .filter(row -> has(row, "leader") || has(row, "follower"))
                .forEach(row -> lines.add("  " + line(row)));
        lines.add("data");
        instances.rows().stream().filter(row -> has(row, "main")).forEach(row -> lines.add("  " + line(row)));
        instances.rows().stream()
                .filter(row -> has(row, "replica"))
                .forEach(row -> lines.add((mains(instances).isEmpty() ? "  " : "    ") + line(row)));
        return lines;
    }

    private static String line(Map<String, Object> row) {
        return row.get(NAME) + "  " + row.get("role") + "  " + row.get("health") + "  bolt://" + row.get("bolt_server");
    }

    private static boolean has(Map<String, Object> row, String role) {
        return Objects.equals(row.get("role"), role);
    }

    private static boolean isUp(Map<String, Object> row) {
        return Objects.equals(row.get("health"), "up");
    }
}
