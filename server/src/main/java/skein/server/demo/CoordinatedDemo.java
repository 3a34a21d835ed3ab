package skein.server.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.net.ServerAddress;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.ClusterPlan.Member;
import skein.server.cluster.LocalCluster;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Coordinators and data instances as child processes: whoever is killed is replaced. */
final class CoordinatedDemo implements Demo {
    /** Besides the statements: every instance, the MAIN with its replicas, the graph. */
    private static final int STEPS_AFTERWARDS = 2;

    private static final long WAIT_FOR_A_MAIN_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_TRIES_MILLIS = 200;

    /** Statements that are for coordinators. */
    private static final Pattern OF_COORDINATORS = Pattern.compile(
            "(ADD|REMOVE)\\s+COORDINATOR\\b.*|(UN)?REGISTER\\s+INSTANCE\\b.*|(SET|DEMOTE|SHOW)\\s+INSTANCES?\\b.*"
                    + "|(SET|SHOW)\\s+COORDINATOR\\b.*|UPDATE\\s+CONFIG\\b.*|FORCE\\s+RESET\\b.*|YIELD\\s+LEADERSHIP.*"
                    + "|(PAUSE|RESUME)\\s+FAILOVER.*|SHOW\\s+(FAILOVERS?|ROUTING|REPLICATION\\s+LAG)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final LocalCluster cluster;
    private final Driver driver;

    private CoordinatedDemo(LocalCluster cluster) {
        this.cluster = cluster;
        this.driver = driver(cluster.plan());
    }

    /** As an application should have it: it finds its way as long as one coordinator lives. */
    private static Driver driver(ClusterPlan plan) {
        Set<ServerAddress> coordinators = plan.coordinators().stream()
                .map(coordinator -> ServerAddress.of("127.0.0.1", coordinator.boltPort()))
                .collect(Collectors.toSet());
        return GraphDatabase.driver(
                "neo4j://" + plan.coordinators().getFirst().bolt(),
                AuthTokens.none(),
                Config.builder()
                        .withResolver(address -> coordinators)
                        .withMaxConnectionPoolSize(5_000)
                        .withConnectionTimeout(2, TimeUnit.SECONDS)
                        .withConnectionAcquisitionTimeout(5, TimeUnit.SECONDS)
                        .withMaxTransactionRetryTime(20, TimeUnit.SECONDS)
                        .build());
    }

    static int steps(ClusterPlan plan) {
        return plan.members().size() + plan.statements().size() + STEPS_AFTERWARDS;
    }

    /** Starts, registers and fills the cluster; on failure whatever was started is stopped again. */
    static CoordinatedDemo start(ClusterPlan plan, boolean fill, StartUp progress) {
        progress.doing("starting " + plan.coordinators().size() + " coordinators and "
                + plan.dataInstances().size() + " data instances");
        LocalCluster cluster = LocalCluster.launch(plan, ready -> progress.step());
        try {
            progress.doing(
                    "registering them, on " + plan.coordinators().getFirst().name() + ":");
            cluster.form(statement -> {
                progress.line(statement + ";");
                progress.step();
            });
            progress.step();
            CoordinatedDemo demo = new CoordinatedDemo(cluster);
            if (fill) {
                progress.doing("loading the sample graph");
                demo.fill();
            }
            progress.step();
            return demo;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void fill() {
        if (driver.executableQuery("MATCH (n) RETURN count(n)")
                        .execute()
                        .records()
                        .getFirst()
                        .get(0)
                        .asLong()
                == 0) {
            driver.executableQuery(SampleGraph.STATEMENT).execute();
        }
    }

    @Override
    public String describe() {
        Member first = cluster.plan().coordinators().getFirst();
        return String.join(
                System.lineSeparator(),
                table(),
                "  drivers  " + cluster.uri() + "    no user, no password",
                "  metrics  " + first.http() + "/metrics",
                "  status   ./skein cluster status --uri bolt://" + first.bolt(),
                "  try      " + SampleGraph.QUERY_TO_TRY,
                "");
    }

    /** The topology, as a table for people. */
    String table() {
        Topology topology = topology();
        return topology.isKnown()
                ? topology.table(notes()).render(2)
                : "  No coordinator answers for a majority." + System.lineSeparator() + ownView();
    }

    /** What can be said without coordinators. */
    private String ownView() {
        TextTable table = new TextTable("NAME", "BOLT", "");
        Map<String, String> notes = notes();
        cluster.plan()
                .members()
                .forEach(member -> table.add(member.name(), member.bolt(), notes.getOrDefault(member.name(), "")));
        return table.render(2);
    }

    Topology topology() {
        List<Record> instances = List.of();
        List<Record> lags = List.of();
        for (var coordinator : cluster.plan().coordinators()) {
            if (instances.isEmpty() && cluster.mayAnswer(coordinator.name())) {
                instances = rows(() -> cluster.instances(coordinator.name()));
                lags = instances.isEmpty()
                        ? List.of()
                        : rows(() -> cluster.run(coordinator.name(), "SHOW REPLICATION LAG"));
            }
        }
        String main = new Topology(cluster.plan(), instances, lags, List.of())
                .main()
                .filter(cluster::mayAnswer)
                .orElse("");
        List<Record> replicas = main.isEmpty() ? List.of() : rows(() -> cluster.run(main, "SHOW REPLICAS"));
        return new Topology(cluster.plan(), instances, lags, replicas);
    }

    private static List<Record> rows(Supplier<List<Record>> question) {
        try {
            return question.get();
        } catch (Neo4jException e) {
            return List.of();
        }
    }

    /** What was done to members here. */
    private Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        for (Member member : cluster.plan().members()) {
            String name = member.name();
            List<String> cut = cluster.cutFrom(name);
            int others = cluster.plan().members().size() - 1;
            if (!cluster.process(name).handle().isAlive()) {
                notes.put(name, "not running");
            } else if (cluster.isFrozen(name)) {
                notes.put(name, "frozen");
            } else if (!cut.isEmpty()) {
                notes.put(name, "cut off from " + (cut.size() == others ? "all" : String.join(", ", cut)));
            }
        }
        return notes;
    }

    LocalCluster cluster() {
        return cluster;
    }

    Driver driver() {
        return driver;
    }

    /** A member by name; {@code coord1} is understood for {@code coordinator_1}. */
    String nameOf(String typed) {
        String name = typed.startsWith("coord") && !typed.startsWith("coordinator_")
                ? typed.replaceFirst("^coord(inator)?", "coordinator_")
                : typed;
        cluster.process(name);
        return name;
    }

    @Override
    public String execute(String cypher) {
        String statement = cypher.strip().replaceFirst(";$", "");
        Answer answer = OF_COORDINATORS.matcher(statement).matches() ? ofCoordinators(statement) : ofMain(statement);
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

    private Answer ofCoordinators(String statement) {
        String asked = cluster.plan().coordinators().stream()
                .map(Member::name)
                .filter(cluster::mayAnswer)
                .findFirst()
                .orElseThrow(
                        () -> new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, "No coordinator runs. :restart one."));
        try (Session session = cluster.driver(asked).session()) {
            return answer(session, statement);
        }
    }

    /** By the routing table; said again, while nobody is MAIN, as long as it cannot have been done. */
    private Answer ofMain(String statement) {
        long deadline = System.nanoTime() + WAIT_FOR_A_MAIN_NANOS;
        while (true) {
            try (Session session = driver.session()) {
                return answer(session, statement);
            } catch (Neo4jException e) {
                if (!Outcomes.mayBeRepeated(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERNAL, "Waiting for a MAIN was interrupted.", e);
        }
    }

    private static Answer answer(Session session, String statement) {
        Result result = session.run(statement);
        return new Answer(result.keys(), result.list());
    }

    @Override
    public List<String> coordinators() {
        return cluster.plan().coordinators().stream()
                .map(coordinator -> "bolt://" + coordinator.bolt())
                .toList();
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
        driver.close();
        cluster.close();
    }
}
