package skein.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import skein.server.operate.Coordinators.Answer;

final class ClusterStatusTest {
    private static final List<String> COLUMNS = List.of("name", "bolt_server", "health", "role", "last_succ_resp_ms");

    @Test
    void aClusterInWhichEverybodyAnswersIsHealthy() {
        ClusterStatus status = status("coordinator_1 up leader", "data1 up main", "data2 up replica");
        assertThat(status.troubles()).isEmpty();
        assertThat(status.verdict()).isEqualTo("Healthy: MAIN data1, 1 of 1 replicas up, leader coordinator_1");
        assertThat(ClusterStatus.tree(status.instances()))
                .containsExactly(
                        "coordinators",
                        "  coordinator_1  leader  up  bolt://h",
                        "data",
                        "  data1  main  up  bolt://h",
                        "    data2  replica  up  bolt://h");
    }

    @Test
    void whoeverIsMissingIsNamed() {
        assertThat(status("coordinator_1 up leader", "data1 down main", "data2 up replica")
                        .troubles())
                .containsExactly("data1 (main) does not answer, last heard 7 ms ago.");
        assertThat(status("coordinator_1 up leader", "data2 up replica").troubles())
                .singleElement()
                .asString()
                .startsWith("There is no MAIN");
        assertThat(status().troubles()).singleElement().asString().startsWith("No coordinator leads");
    }

    @Test
    void whatPeopleHaveSwitchedOffIsNamedAsLongAsItIs() {
        Answer healthy = status("coordinator_1 up leader", "data1 up main", "data2 up replica")
                .instances();
        assertThat(new ClusterStatus(healthy, metrics(Map.of("skein_paused", 1.0, "skein_read_only", 0.0))).troubles())
                .singleElement()
                .asString()
                .startsWith("Automatic failover is paused");
        ClusterStatus readOnly = new ClusterStatus(healthy, metrics(Map.of("skein_read_only", 1.0)));
        assertThat(readOnly.troubles()).singleElement().asString().startsWith("The cluster is read-only");
        assertThat(readOnly.verdict()).startsWith("Degraded: MAIN data1");
    }

    @Test
    void replicasAreShownWithModeStateAndLag() {
        Answer instances = status(
                        "c1 up leader", "data1 up main", "data2 up replica", "data3 up replica", "data4 down replica")
                .instances();
        Answer numbers = metrics(Map.of(
                "skein_raft_term", 4.0,
                "skein_main_reign", 2.0,
                "skein_instance_mode{mg_instance=data2,mode=SYNC}", 1.0,
                "skein_instance_mode{mg_instance=data3,mode=ASYNC}", 1.0));
        ClusterStatus status = new ClusterStatus(instances, numbers);
        Answer candidates = new Answer(
                List.of(),
                List.of(
                        Map.of("instance_name", "data2", "eligible", true, "reason", "x", "transactions_behind", 0L),
                        Map.of(
                                "instance_name",
                                "data3",
                                "eligible",
                                false,
                                "reason",
                                "is ASYNC",
                                "transactions_behind",
                                3L)),
                List.of());

        assertThat(status.terms()).isEqualTo("Coordinators in term 4, MAIN in reign 2");
        assertThat(status.replicas(candidates).rows().stream()
                        .map(row -> List.copyOf(
                                row.values().stream().map(String::valueOf).toList())))
                .containsExactly(
                        List.of("data2", "SYNC", "ready", "0", "7"),
                        List.of("data3", "ASYNC", "is ASYNC", "3", "7"),
                        List.of("data4", "-", "down", "null", "7"));
        assertThat(new ClusterStatus(instances, metrics(Map.of())).terms())
                .isEqualTo("Coordinators in term -, MAIN in reign -");
    }

    @Test
    void failuresEndInTheirExitStatus() {
        assertThat(ExitStatus.of(new ServiceUnavailableException("x"))).isEqualTo(3);
        assertThat(ExitStatus.of(new ClientException("Neo.ClientError.Cluster.ReplicationCommandRefused", "x")))
                .isEqualTo(4);
        assertThat(ExitStatus.of(new DatabaseException("Neo.DatabaseError.Transaction.TransactionCommitFailed", "x")))
                .isEqualTo(5);
        assertThat(ExitStatus.of(new ClientException("Neo.ClientError.Statement.SyntaxError", "x")))
                .isEqualTo(1);
    }

    @Test
    void aReportIsAScreenOrOneLineOfJson() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "a\"b");
        row.put("lag", null);
        row.put("of", List.of(1L, Map.of("x", true)));
        Report report = new Report()
                .line("verdict", "Fine")
                .table("rows", new Answer(List.of("name", "lag", "of"), List.of(row), List.of("take care")));
        StringWriter json = new StringWriter();
        report.print(true, new PrintWriter(json));
        assertThat(json.toString().strip())
                .isEqualTo(
                        "{\"verdict\":\"Fine\",\"rows\":[{\"name\":\"a\\\"b\",\"lag\":null,\"of\":[1,{\"x\":true}]}]}");
        StringWriter screen = new StringWriter();
        report.print(false, new PrintWriter(screen));
        assertThat(screen.toString()).contains("Fine").contains("NAME").contains("-    [1,{x:true}]");
        assertThat(screen.toString()).contains("! take care");
    }

    private static ClusterStatus status(String... rows) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            all.add(Map.of(
                    "name",
                    words[0],
                    "bolt_server",
                    "h",
                    "health",
                    words[1],
                    "role",
                    words[2],
                    "last_succ_resp_ms",
                    7L));
        }
        return new ClusterStatus(new Answer(COLUMNS, all, List.of()), metrics(Map.of("skein_paused", 0.0)));
    }

    private static Answer metrics(Map<String, Double> values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(Map.of("name", name, "type", "gauge", "value", value)));
        return new Answer(List.of("name", "type", "value"), rows, List.of());
    }

    @Test
    void aNoticeIsShownWithoutTheClassOfItsStatus() {
        assertThat(Coordinators.words("warn: warning. There is nothing to show: no leader is known."))
                .isEqualTo("There is nothing to show: no leader is known.");
        assertThat(Coordinators.words("note: No leader.")).isEqualTo("note: No leader.");
    }
}
