package skein.server.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.neo4j.driver.Driver;
import org.neo4j.driver.EagerResult;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.ClusterPlan.Member;
import skein.server.cluster.LocalCluster;

/** Three coordinators and three data instances as child processes: whoever is killed is replaced. */
final class CoordinatedDemo implements Demo {
    private static final int EACH = 3;
    private static final int FIRST_PORT = 7_687;

    private final LocalCluster cluster;

    private CoordinatedDemo(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts, registers and fills the cluster; on failure whatever was started is stopped again.
     *
     * @param tied children stop when this process dies
     * @param progress receives one line per step
     */
    static CoordinatedDemo start(Path directory, boolean tied, Consumer<String> progress) {
        ClusterPlan plan = ClusterPlan.of(directory, FIRST_PORT, EACH, EACH, "SYNC");
        progress.accept("starting " + plan.members().size() + " instances");
        LocalCluster cluster = LocalCluster.launch(tied ? plan : plan.untied());
        try {
            cluster.form(progress);
            CoordinatedDemo demo = new CoordinatedDemo(cluster);
            progress.accept("loading the sample graph");
            if (demo.ask("MATCH (n) RETURN count(n)").rows().getFirst().get(0).asLong() == 0) {
                demo.ask(SampleGraph.STATEMENT);
            }
            return demo;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public String describe() {
        String newLine = System.lineSeparator();
        return topology() + newLine + "  drivers  " + cluster.uri() + ", no user, no password" + newLine + "  try      "
                + SampleGraph.QUERY_TO_TRY + newLine + "  then     " + DemoShell.TO_TRY + newLine;
    }

    /** {@code SHOW INSTANCES} of the first coordinator that answers with rows. */
    String topology() {
        TextTable table = new TextTable("NAME", "ROLE", "HEALTH", "LAST ANSWER", "BOLT");
        for (Record row : shown().orElse(List.of())) {
            table.add(
                    row.get("name").asString(),
                    row.get("role").asString(),
                    row.get("health").asString(),
                    sinceAnswer(row.get("last_succ_resp_ms")),
                    row.get("bolt_server").asString());
        }
        return table.render(2);
    }

    private static String sinceAnswer(Value millis) {
        return millis.isNull() ? "none yet" : millis.asLong() + " ms ago";
    }

    private Optional<List<Record>> shown() {
        return Stream.of(cluster.plan().coordinators())
                .flatMap(List::stream)
                .filter(coordinator ->
                        cluster.process(coordinator.name()).handle().isAlive())
                .map(coordinator -> cluster.instances(coordinator.name()))
                .filter(rows -> !rows.isEmpty())
                .findFirst();
    }

    LocalCluster cluster() {
        return cluster;
    }

    @Override
    public String execute(String cypher) {
        Answer answer = ask(cypher);
        if (answer.columns().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(answer.columns());
        for (Record row : answer.rows()) {
            table.add(row.values().stream().map(Object::toString).toList());
        }
        return table.render(0);
    }

    private record Answer(List<String> columns, List<Record> rows) {}

    /** By the routing table and in a managed transaction, as an application would: tried again while nobody is MAIN. */
    private Answer ask(String statement) {
        try (Driver driver = GraphDatabase.driver(cluster.uri())) {
            EagerResult result = driver.executableQuery(statement).execute();
            return new Answer(result.keys(), result.records());
        }
    }

    /** Coordinators first: an instance that ends must not look like one that has failed. */
    @Override
    public List<ProcessHandle> processes() {
        List<Member> members = new ArrayList<>(cluster.plan().members());
        Collections.reverse(members);
        return members.stream()
                .map(member -> cluster.process(member.name()).handle())
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
