package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import skein.clients.Client.Answer;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.graph.Value;

/** Results that are longer than one answer, and what comes with them. */
final class StreamFeatures {
    private StreamFeatures() {}

    static Stream<Feature> all() {
        return Stream.of(
                Feature.of("rows in small fetches", StreamFeatures::smallFetches),
                Feature.of("a result read in part", StreamFeatures::inPart),
                Feature.of("two results in turn", StreamFeatures::inTurn),
                Feature.of("counters", StreamFeatures::counters),
                Feature.of("notifications", StreamFeatures::notifications),
                Feature.of("EXPLAIN and PROFILE", StreamFeatures::plans));
    }

    private static List<List<Value>> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(x -> List.of(Value.of(x)))
                .toList();
    }

    private static void smallFetches(Trial trial) {
        Answer answer = trial.link().run(Session.PLAIN.fetching(7), Query.of("UNWIND range(1, 1000) AS x RETURN x"));
        assertThat(answer.rows()).isEqualTo(numbers(1, 1000));
    }

    private static void inPart(Trial trial) {
        long mark = Trial.unique();
        Answer first = trial.link()
                .runInPart(
                        Session.PLAIN.fetching(3),
                        new Query(
                                "UNWIND range(1, 1000) AS x CREATE (:Part {of: $of}) RETURN x",
                                Map.of("of", Value.of(mark))),
                        3);
        assertThat(first.rows()).isEqualTo(numbers(1, 3));
        assertThat(first.counters()).as("the rest was done").containsEntry("nodes-created", 1000L);
        assertThat(trial.run("MATCH (n:Part {of: $of}) RETURN count(n)", "of", Value.of(mark))
                        .single())
                .isEqualTo(Value.of(1000));
    }

    private static void inTurn(Trial trial) {
        List<Answer> answers = trial.link()
                .transaction(
                        Session.PLAIN.fetching(2),
                        List.of(
                                Query.of("UNWIND range(1, 9) AS x RETURN x"),
                                Query.of("UNWIND range(11, 16) AS x RETURN x")),
                        true);
        assertThat(answers.get(0).rows()).isEqualTo(numbers(1, 9));
        assertThat(answers.get(1).rows()).isEqualTo(numbers(11, 16));
    }

    private static void counters(Trial trial) {
        assertThat(trial.run("CREATE (a:Counted {x: 1})-[:TO]->(b:Counted)").counters())
                .isEqualTo(Map.of(
                        "nodes-created", 2L, "relationships-created", 1L, "properties-set", 1L, "labels-added", 2L));
        assertThat(trial.run("MATCH (n:Counted) DETACH DELETE n").counters())
                .containsKeys("nodes-deleted", "relationships-deleted");
        assertThat(trial.run("RETURN 1").counters()).isEmpty();
    }

    private static void notifications(Trial trial) {
        assertThat(trial.run("RETURN 1").notifications()).isEmpty();
        assertThat(trial.run("SET NEXT TRANSACTION ISOLATION LEVEL READ UNCOMMITTED")
                        .notifications())
                .hasSize(1);
    }

    /** That EXPLAIN has rows too is for clients that read no summaries. */
    private static void plans(Trial trial) {
        assertThat(trial.run("EXPLAIN MATCH (n:Nobody) RETURN n.name AS name").plan())
                .isNotEmpty()
                .doesNotStartWith("profile");
        assertThat(trial.run("PROFILE UNWIND range(1, 3) AS x RETURN x").plan()).startsWith("profile");
        assertThat(trial.run("RETURN 1").plan()).isEmpty();
    }
}
