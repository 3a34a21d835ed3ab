package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.syntax.QueryLimits;
import skein.vocabulary.SkeinException;

final class PlanCacheTest {
    private final CypherEngine engine = new CypherEngine();

    @Test
    void aQueryIsPreparedOnce() {
        assertThat(engine.prepare("RETURN $a")).isSameAs(engine.prepare("RETURN $a"));
        assertThat(engine.prepare("RETURN $a")).isNotSameAs(engine.prepare("RETURN $b"));
    }

    @Test
    void whatIsFoundAndWhatIsNotIsTold() {
        List<String> told = new ArrayList<>();
        CypherEngine metered = new CypherEngine(BuiltInProcedures.registry(), 8, QueryLimits.STANDARD, told(told));
        List.of("RETURN 1 AS x", "RETURN 2 AS x", "RETURN $a AS x", "RETURN $a AS x", "RETURN")
                .forEach(text -> {
                    try {
                        var _ = metered.prepare(text);
                    } catch (SkeinException wrong) {
                        assertThat(text).isEqualTo("RETURN");
                    }
                });
        assertThat(told).containsExactly("missed", "found", "missed", "found", "missed");
    }

    private static PlanCacheMeter told(List<String> words) {
        return new PlanCacheMeter() {
            @Override
            public void found() {
                words.add("found");
            }

            @Override
            public void missed() {
                words.add("missed");
            }
        };
    }

    @Test
    void theNumberOfKeptQueriesIsBounded() {
        PlanCache cache = new PlanCache(8);
        PreparedQuery query = engine.prepare("RETURN 1");
        IntStream.range(0, 1000).forEach(i -> cache.put("q" + i, query));
        assertThat(IntStream.range(0, 1000)
                        .filter(i -> cache.get("q" + i) != null)
                        .count())
                .isBetween(4L, 16L);
        assertThat(cache.get("q999")).isSameAs(query);
    }

    @Test
    void loadsOfDataAreNotKept() {
        String text = "RETURN '" + "x".repeat(100_000) + "'";
        assertThat(engine.prepare(text)).isNotSameAs(engine.prepare(text));
    }
}
