package skein.cypher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.tck.FeatureFiles;
import skein.vocabulary.SkeinException;

/** Queries of the TCK with words lost, doubled, swapped and strewn in: accepted or refused, never anything else. */
class MutatedQueriesTest {
    private static final long SEED = 20_250_301;
    private static final int QUERIES = 30_000;
    private static final int LONG_QUERIES = 200;
    private static final int LONG_QUERY = 64 * 1024;
    private static final int REPEATED_MAX = 12;
    /** Of the processor, so that a machine that does other things as well is not the measure. */
    private static final Duration PROCESSOR_TIME_MAX = Duration.ofSeconds(1);

    private static final String WORD_EDGE = "(?<=\\W)|(?=\\W)";

    @Test
    void everyTextIsAcceptedOrRefused() throws IOException, URISyntaxException {
        Random random = new Random(SEED);
        List<String> queries = FeatureFiles.all().stream()
                .map(scenario -> scenario.queries().getLast())
                .filter(query -> query.length() < 2_000)
                .toList();
        int accepted = 0;
        for (int i = 0; i < QUERIES; i++) {
            accepted += accepts(mutated(queries, random)) ? 1 : 0;
        }
        assertThat(accepted).isBetween(QUERIES / 50, QUERIES / 2);
    }

    /** Some words of a query, over and over, where they stood or where others did. */
    @Test
    void everyTextOf64KibibytesIsReadInASecond() throws IOException, URISyntaxException {
        Random random = new Random(SEED);
        List<String> queries = FeatureFiles.all().stream()
                .map(scenario -> scenario.queries().getLast())
                .toList();
        queries.subList(0, 100).forEach(MutatedQueriesTest::accepts); // classes and tables are loaded
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < LONG_QUERIES; i++) {
            String text = swollen(queries, random);
            long start = threads.getCurrentThreadCpuTime();
            accepts(text);
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
                    .as(text)
                    .isLessThan(PROCESSOR_TIME_MAX);
        }
    }

    private static String swollen(List<String> queries, Random random) {
        List<String> words = words(queries, random);
        List<String> source = random.nextInt(3) == 0 ? words(queries, random) : words;
        int from = random.nextInt(source.size());
        int to = from + 1 + random.nextInt(Math.min(REPEATED_MAX, source.size() - from));
        String repeated = String.join("", source.subList(from, to))
                + switch (random.nextInt(4)) {
                    case 0 -> ", ";
                    case 1 -> " ";
                    default -> "";
                };
        words.add(random.nextInt(words.size()), repeated.repeat(LONG_QUERY / repeated.length()));
        return String.join("", words);
    }

    private static boolean accepts(String text) {
        try {
            Statement statement = CypherParser.parse(text);
            SemanticCheck.check(statement, text);
            return true;
        } catch (SkeinException refused) {
            assertThat(refused).hasMessageMatching("(?s).*\\[\\w+] \\(line \\d+, column \\d+\\).*");
            return false;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError("seed " + SEED + ", query: " + text, failure);
        }
    }

    private static String mutated(List<String> queries, Random random) {
        List<String> words = words(queries, random);
        int mutations = 1 + random.nextInt(5);
        for (int i = 0; i < mutations && !words.isEmpty(); i++) {
            int place = random.nextInt(words.size());
            switch (random.nextInt(5)) {
                case 0 -> words.remove(place);
                case 1 -> words.add(place, words.get(random.nextInt(words.size())));
                case 2 -> Collections.swap(words, place, random.nextInt(words.size()));
                case 3 -> words.addAll(place, List.copyOf(words.subList(place, words.size())));
                default -> {
                    List<String> others = words(queries, random);
                    words.set(place, others.get(random.nextInt(others.size())));
                }
            }
        }
        return String.join("", words);
    }

    private static List<String> words(List<String> queries, Random random) {
        String query = queries.get(random.nextInt(queries.size()));
        return new ArrayList<>(Arrays.asList(query.split(WORD_EDGE)));
    }
}
