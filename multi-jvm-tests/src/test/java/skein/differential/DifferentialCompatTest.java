package skein.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import skein.cypher.differential.Campaign;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/**
 * Random queries over Bolt. {@code -Dskein.differential.uri=bolt://...} asks another server, and takes what is listed
 * below for known; {@code -Dskein.differential.queries=N} and {@code -Dskein.differential.from=SEED} say how many and
 * which, {@code -Dskein.differential.differences=N} after how many differences to stop.
 */
final class DifferentialCompatTest {
    private static final String URI = System.getProperty("skein.differential.uri", "");
    private static final long QUERIES = Long.getLong("skein.differential.queries", 500);
    private static final long FROM = Long.getLong("skein.differential.from", 1_000_000);
    private static final int DIFFERENCES_MAX = Integer.getInteger("skein.differential.differences", 1);

    /** Why a peer may differ, and by what in query and answers that is told; the first that fits counts. */
    private static final Map<String, BiPredicate<String, String>> KNOWN =
            Map.of("NaN is kept apart from NaN by DISTINCT and grouping; openCypher does not say", KeptApart::fits);

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aServerAnswersWhatQueriesMean() {
        if (!URI.isEmpty()) {
            play(URI);
            return;
        }
        try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("differential", directory, Map.of()))) {
            play("bolt://" + node.awaitReady());
        }
    }

    private static void play(String uri) {
        try (Driver driver = GraphDatabase.driver(uri);
                BoltSubject subject = new BoltSubject(driver)) {
            Campaign campaign = new Campaign(List.of(subject), DifferentialCompatTest::knownReason)
                    .play(FROM, FROM + QUERIES, DIFFERENCES_MAX);
            System.out.println(campaign);
            campaign.differences().forEach(System.out::println);
            assertThat(campaign.differences()).hasSize(0);
        }
    }

    /** Of our own server nothing is known to differ. */
    private static String knownReason(String query, String story) {
        return KNOWN.entrySet().stream()
                .filter(reason -> !URI.isEmpty())
                .filter(reason -> reason.getValue().test(query, story))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
