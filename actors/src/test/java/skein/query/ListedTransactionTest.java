package skein.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;
import skein.query.core.ShownQuery;
import skein.query.core.TransactionLimits;
import skein.session.Client;
import skein.vocabulary.DatabaseName;

/** What others see of a transaction. */
final class ListedTransactionTest {
    private static final TransactionLimits UNLIMITED =
            new TransactionLimits(Duration.ZERO, false, Duration.ZERO, Duration.ZERO);
    private static final int SHOWN = 20;

    private final ListedTransaction listed = new ListedTransaction(
            1,
            Client.inProcess("bolt-1"),
            new DatabaseName("memgraph"),
            Map.of(),
            new Termination(UNLIMITED, () -> 0),
            () -> {});

    private Value shown(String column) {
        return listed.row(0).get(column);
    }

    @Test
    void aPasswordIsNeverShown() {
        listed.runs("MATCH (n) RETURN n");
        listed.runs("CREATE USER ann IDENTIFIED BY 'hunter2' // her password");
        listed.runs("RETURN '" + "x".repeat(ShownQuery.LENGTH_MAX - 20) + "', 'hunter2', 'and a password'");
        assertThat(shown("query").toString()).contains("MATCH (n) RETURN n").doesNotContain("hunter2");
        assertThat(shown("currentQuery").toString()).doesNotContain("hunter2");
    }

    @Test
    void ofALongTextTheBeginningIsShown() {
        String text = "RETURN '" + "x".repeat(5_000) + "'";
        listed.runs(text);
        assertThat(shown("currentQuery")).isEqualTo(Value.of(text.substring(0, ShownQuery.LENGTH_MAX) + "…"));
    }

    @Test
    void ofManyQueriesTheLastAreShown() {
        IntStream.rangeClosed(1, SHOWN + 5).forEach(i -> listed.runs("RETURN " + i));
        assertThat(((ListValue) shown("query")).values())
                .hasSize(SHOWN)
                .startsWith(new StringValue("RETURN 6"))
                .endsWith(new StringValue("RETURN 25"));
    }
}
