package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import skein.clients.Client.Answer;
import skein.clients.Client.Link;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.graph.Value;

/** Transactions of every kind. */
final class TransactionFeatures {
    private TransactionFeatures() {}

    static Stream<Feature> all() {
        return Stream.of(
                Feature.of("explicit transaction: commit, roll back", TransactionFeatures::explicit),
                Feature.of("managed transaction: repeated after a conflict", TransactionFeatures::managed),
                Feature.of("bookmarks", TransactionFeatures::bookmarks),
                Feature.of("read mode refuses writes", TransactionFeatures::readMode),
                Feature.of("transaction timeout", TransactionFeatures::timeout));
    }

    private static Query with(String text, long mark) {
        return new Query(text, Map.of("mark", Value.of(mark)));
    }

    private static void explicit(Trial trial) {
        long mark = Trial.unique();
        Query create = with("CREATE (:Made {mark: $mark})", mark);
        Query count = with("MATCH (n:Made {mark: $mark}) RETURN count(n)", mark);
        List<Answer> own = trial.link().transaction(Session.PLAIN, List.of(create, create, count), false);
        assertThat(own.getLast().single()).isEqualTo(Value.of(2));
        assertThat(trial.link().run(Session.PLAIN, count).single()).isEqualTo(Value.of(0));
        trial.link().transaction(Session.PLAIN, List.of(create, create), true);
        assertThat(trial.link().run(Session.PLAIN, count).single()).isEqualTo(Value.of(2));
    }

    private static void managed(Trial trial) {
        long mark = Trial.unique();
        try (Link link = trial.client().open(trial.target("bolt", 2))) {
            link.run(Session.PLAIN, with("CREATE (:Counter {mark: $mark, value: 0})", mark));
            Query increase = with("MATCH (c:Counter {mark: $mark}) SET c.value = c.value + 1", mark);
            int attempts = link.managed(
                    Session.PLAIN, with("MATCH (c:Counter {mark: $mark}) RETURN c.value", mark), increase, increase);
            assertThat(attempts).as("the first met a conflict").isEqualTo(2);
            assertThat(link.run(Session.PLAIN, with("MATCH (c:Counter {mark: $mark}) RETURN c.value", mark))
                            .single())
                    .isEqualTo(Value.of(2));
        }
    }

    private static void bookmarks(Trial trial) {
        long mark = Trial.unique();
        Answer written = trial.link().run(Session.PLAIN, with("CREATE (:Marked {mark: $mark})", mark));
        assertThat(written.bookmarks()).hasSize(1);
        assertThat(trial.link()
                        .run(
                                Session.PLAIN.reading().after(written.bookmarks()),
                                with("MATCH (n:Marked {mark: $mark}) RETURN count(n)", mark))
                        .single())
                .isEqualTo(Value.of(1));
        ClientFailure garbage = catchThrowableOfType(
                ClientFailure.class,
                () -> trial.link().run(Session.PLAIN.after(List.of("garbage:xyz")), Query.of("RETURN 1")));
        assertThat(garbage.code()).isEqualTo("Neo.ClientError.Transaction.InvalidBookmark");
    }

    private static void readMode(Trial trial) {
        ClientFailure refused = catchThrowableOfType(
                ClientFailure.class, () -> trial.link().run(Session.PLAIN.reading(), Query.of("CREATE (:Never)")));
        assertThat(refused.code()).isEqualTo("Neo.ClientError.Statement.AccessMode");
    }

    private static void timeout(Trial trial) {
        ClientFailure late = catchThrowableOfType(
                ClientFailure.class,
                () -> trial.link()
                        .run(
                                Session.PLAIN.within(Duration.ofMillis(20)),
                                Query.of("UNWIND range(1, 10000) AS x UNWIND range(1, 10000) AS y"
                                        + " WITH x WHERE x < 0 RETURN count(x)")));
        assertThat(late.code()).startsWith("Neo.ClientError.Transaction.TransactionTimedOut");
        assertThat(trial.run("RETURN 1").single()).isEqualTo(Value.of(1));
    }
}
