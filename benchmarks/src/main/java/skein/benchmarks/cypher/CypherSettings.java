package skein.benchmarks.cypher;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param time of each figure; as much processor time of the server goes before, to warm up
 * @param only words that a workload's name begins with; empty for all workloads
 * @param peer whether Neo4j Community is measured too
 * @param recording file for a flight recording of Skein; empty for none
 */
record CypherSettings(
        int nodes,
        int relationships,
        int persons,
        Duration time,
        List<Integer> connections,
        List<String> only,
        boolean peer,
        String recording) {
    static final String OPTIONS = "--nodes=n --relationships=n --persons=n --seconds=n --connections=1,8,64"
            + " --only=name,name --record=file --alone --quick";

    static CypherSettings whole() {
        return new CypherSettings(
                100_000, 1_200_000, 1_000, Duration.ofMillis(1_500), List.of(1, 8, 64), List.of(), true, "");
    }

    /** Everything once and small: shows that the code works and no figure worth quoting. */
    static CypherSettings quick() {
        return new CypherSettings(500, 3_000, 60, Duration.ofMillis(20), List.of(1, 4), List.of(), false, "");
    }

    static CypherSettings parse(String[] arguments) {
        CypherSettings settings = whole();
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            String name = sign < 0 ? argument : argument.substring(0, sign);
            settings = settings.with(name, argument.substring(sign + 1));
        }
        return settings;
    }

    private CypherSettings with(String name, String value) {
        return switch (name) {
            case "--nodes" -> with(Integer.parseInt(value), relationships, persons, time);
            case "--relationships" -> with(nodes, Integer.parseInt(value), persons, time);
            case "--persons" -> with(nodes, relationships, Integer.parseInt(value), time);
            case "--seconds" ->
                with(nodes, relationships, persons, Duration.ofMillis((long) (1000 * Double.parseDouble(value))));
            case "--connections" ->
                new CypherSettings(
                        nodes,
                        relationships,
                        persons,
                        time,
                        words(value).stream().map(Integer::parseInt).toList(),
                        only,
                        peer,
                        recording);
            case "--only" ->
                new CypherSettings(nodes, relationships, persons, time, connections, words(value), peer, recording);
            case "--alone" ->
                new CypherSettings(nodes, relationships, persons, time, connections, only, false, recording);
            case "--record" -> new CypherSettings(nodes, relationships, persons, time, connections, only, peer, value);
            case "--quick" -> quick();
            default -> throw new IllegalArgumentException("unknown argument " + name + "; there are " + OPTIONS);
        };
    }

    private CypherSettings with(int nodeCount, int relationshipCount, int personCount, Duration figureTime) {
        return new CypherSettings(
                nodeCount, relationshipCount, personCount, figureTime, connections, only, peer, recording);
    }

    private static List<String> words(String value) {
        return List.of(value.split(","));
    }

    boolean wants(Workload workload) {
        return only.isEmpty() || only.stream().anyMatch(workload.name()::startsWith);
    }
}
