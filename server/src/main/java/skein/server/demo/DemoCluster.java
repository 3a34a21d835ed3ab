package skein.server.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** A MAIN and its replicas as child processes, set up over Bolt by the documentation's own commands. */
final class DemoCluster implements Demo {
    /** Every instance, and the graph. */
    static final int STEPS = Role.values().length + 1;

    private static final int FIRST_REPLICATION_PORT = 10_001;
    private static final int PORTS_TRIED = 400;
    private static final String BECOME_REPLICA = "SET REPLICATION ROLE TO REPLICA WITH PORT ";
    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(30);

    private final List<Member> members;

    private DemoCluster(List<Member> members) {
        this.members = List.copyOf(members);
    }

    /** What each member is registered as; the MAIN is not registered. */
    enum Role {
        MAIN("main", ""),
        SYNC("replica_1", "SYNC"),
        ASYNC("replica_2", "ASYNC"),
        SEMI_SYNC("replica_3", "SYNC WITH TIMEOUT 1");

        private final String instanceName;
        private final String mode;

        Role(String instanceName, String mode) {
            this.instanceName = instanceName;
            this.mode = mode;
        }

        String instanceName() {
            return instanceName;
        }

        String mode() {
            return mode;
        }
    }

    /** One instance of the cluster. */
    record Member(Role role, InstanceProcess instance, HostPort bolt) {}

    /**
     * Starts, registers and fills the cluster; on failure whatever was started is stopped again. On a directory that
     * was used before, roles, registrations and data are found as they were left.
     *
     * @param tied children stop when this process dies
     * @param alone without replicas
     */
    static DemoCluster start(Path directory, boolean tied, boolean alone, StartUp progress) {
        List<InstanceProcess> started = new ArrayList<>();
        List<Role> roles = alone ? List.of(Role.MAIN) : List.of(Role.values());
        try {
            progress.doing("starting " + roles.size() + (alone ? " instance" : " instances"));
            for (Role role : roles) {
                started.add(InstanceProcess.launch(
                        new InstanceSpec(role.instanceName(), directory, Map.of(), InstanceSpec.SMALL_JVM, tied)));
            }
            List<Member> members = new ArrayList<>();
            Iterator<InstanceProcess> instances = started.iterator();
            for (Role role : roles) {
                InstanceProcess instance = instances.next();
                members.add(new Member(role, instance, instance.awaitReady()));
                progress.step();
            }
            DemoCluster cluster = new DemoCluster(members);
            if (!alone) {
                progress.doing("registering replicas");
                cluster.register(progress);
            }
            progress.doing("loading the sample graph");
            cluster.load();
            progress.step();
            cluster.awaitReplicasReady();
            return cluster;
        } catch (RuntimeException e) {
            stopAll(started);
            throw e;
        }
    }

    private void register(StartUp progress) {
        int port = FIRST_REPLICATION_PORT;
        for (Member member : replicas()) {
            String role = run(member.bolt(), "SHOW REPLICATION ROLE")
                    .rows()
                    .getFirst()
                    .get(0)
                    .asString();
            if (role.equals("main")) {
                port = becomeReplica(member.bolt(), port);
                progress.line("on " + member.role().instanceName() + ": " + BECOME_REPLICA + port + ";");
                String statement = "REGISTER REPLICA %s %s TO \"127.0.0.1:%d\""
                        .formatted(member.role().instanceName(), member.role().mode(), port);
                progress.line("on " + main().role().instanceName() + ": " + statement + ";");
                run(main().bolt(), statement);
                port++;
            }
        }
    }

    /** Tries ports from this one on until the instance can listen on one; answers that port. */
    private static int becomeReplica(HostPort bolt, int from) {
        for (int port = from; ; port++) {
            try {
                run(bolt, BECOME_REPLICA + port);
                return port;
            } catch (ClientException e) {
                if (port >= from + PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private void load() {
        long nodes = run(main().bolt(), "MATCH (n) RETURN count(n)")
                .rows()
                .getFirst()
                .get(0)
                .asLong();
        if (nodes == 0) {
            run(main().bolt(), SampleGraph.STATEMENT);
        }
    }

    private void awaitReplicasReady() {
        long deadline = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
        while (!states().stream().allMatch(state -> state.state().equals("ready") && state.lagTransactions() == 0)) {
            if (System.nanoTime() > deadline) {
                throw new SkeinException(
                        ErrorCode.INTERNAL,
                        "The demo's replicas were not ready within " + CATCH_UP_PATIENCE.toSeconds() + " s: " + states()
                                + ". Look into the logs of the instances.");
            }
        }
    }

    /** One replica as {@code SHOW REPLICAS} sees it now. */
    record ReplicaState(String name, String address, String state, long lagTransactions) {}

    List<ReplicaState> states() {
        return run(main().bolt(), "SHOW REPLICAS").rows().stream()
                .map(DemoCluster::stateOf)
                .toList();
    }

    private static ReplicaState stateOf(Record row) {
        var database = row.get("data_info").values().iterator().next();
        return new ReplicaState(
                row.get("name").asString(),
                row.get("socket_address").asString(),
                database.get("status").asString(),
                -database.get("behind").asLong());
    }

    @Override
    public String execute(String cypher) {
        Answer answer = run(main().bolt(), cypher);
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

    /** Auto-commit: admin statements are not allowed in a driver's transactions. */
    private static Answer run(HostPort bolt, String statement) {
        try (Driver driver = GraphDatabase.driver("bolt://" + bolt);
                Session session = driver.session()) {
            Result result = session.run(statement);
            return new Answer(result.keys(), result.list());
        }
    }

    @Override
    public String describe() {
        TextTable table = new TextTable("NAME", "ROLE", "MODE", "STATE", "LAG", "BOLT", "REPLICATION");
        table.add(
                main().role().instanceName(),
                "MAIN",
                "-",
                "up",
                "-",
                main().bolt().toString(),
                "-");
        List<ReplicaState> states = states();
        for (Member member : replicas()) {
            ReplicaState state = states.stream()
                    .filter(candidate -> candidate.name().equals(member.role().instanceName()))
                    .findFirst()
                    .orElseThrow();
            table.add(
                    state.name(),
                    "replica",
                    member.role().mode(),
                    state.state(),
                    Long.toString(state.lagTransactions()),
                    member.bolt().toString(),
                    state.address());
        }
        String newLine = System.lineSeparator();
        return table.render(2) + newLine + "  drivers  bolt://" + main().bolt() + " (MAIN), no user, no password"
                + newLine + "  try      " + SampleGraph.QUERY_TO_TRY + newLine;
    }

    private Member main() {
        return members.getFirst();
    }

    private List<Member> replicas() {
        return members.subList(1, members.size());
    }

    @Override
    public List<String> coordinators() {
        return List.of();
    }

    @Override
    public List<ProcessHandle> processes() {
        return members.stream().map(member -> member.instance().handle()).toList();
    }

    /** Stops the MAIN first, so that it does not warn about replicas that left before it. */
    @Override
    public void close() {
        stopAll(members.stream().map(Member::instance).toList());
    }

    private static void stopAll(List<InstanceProcess> instances) {
        instances.forEach(InstanceProcess::requestStop);
        instances.forEach(InstanceProcess::awaitEnd);
    }
}
