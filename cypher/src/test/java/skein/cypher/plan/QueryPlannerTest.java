package skein.cypher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

final class QueryPlannerTest {
    /** @param indexes as {@code KIND Label.key,key} */
    private record Facts(Map<String, Long> labels, List<String> indexes, long nodeCount, long relationshipCount)
            implements PlanFacts {
        @Override
        public List<List<String>> indexes(IndexKind kind, String labelOrType) {
            String prefix = kind + " " + labelOrType + ".";
            return indexes.stream()
                    .filter(index -> index.startsWith(prefix))
                    .map(index -> List.of(index.substring(prefix.length()).split(",")))
                    .toList();
        }

        @Override
        public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
            return new IndexStatistics(900, 300);
        }

        @Override
        public long nodeCount(String label) {
            return labels.getOrDefault(label, 0L);
        }

        @Override
        public long relationshipCount(String type) {
            return relationshipCount;
        }

        @Override
        public double endShare(String type, String label, Direction end) {
            return (double) nodeCount(label) / nodeCount;
        }

        @Override
        public Set<String> endLabels(String type, Direction end) {
            return Set.of();
        }
    }

    private static final Facts FACTS = new Facts(
            Map.of("Big", 900L, "Small", 3L),
            List.of("NODE Big.id", "NODE Big.a,b", "NODE Small.id", "NODE_POINT Big.at", "RELATIONSHIP R.since"),
            1000,
            50_000);

    private static List<String> plan(String query) {
        Statement.Data statement = (Statement.Data) CypherParser.parse(query);
        QueryPlanner planner = new QueryPlanner(FACTS, new SlotAllocator(), BuiltInProcedures.registry());
        return PlanDescription.of(planner.plan(statement.query()).plan(), planner.estimates()).lines().stream()
                .map(PlanDescription.Line::text)
                .map(String::strip)
                .toList();
    }

    private static List<String> operators(String query) {
        return plan(query).stream()
                .filter(line -> line.contains("*"))
                .map(line -> line.replaceAll("^[| ]*\\* (\\w+).*", "$1"))
                .toList();
    }

    @Test
    void theRarerLabelIsWhereTheMatchStarts() {
        assertThat(plan("MATCH (a:Big)-[:R]->(b:Small) RETURN a"))
                .contains("* ScanAllByLabel (b :Small)")
                .doesNotContain("* ScanAllByLabel (a :Big)");
    }

    @Test
    void aBoundNodeIsWalkedFromInsteadOfScanned() {
        assertThat(operators("MATCH (a:Small) MATCH (a)-->(b:Big) RETURN b"))
                .containsExactly("Filter", "Expand", "ScanAllByLabel", "Once");
    }

    @Test
    void anIndexAnswersEqualityAndIn() {
        assertThat(operators("MATCH (n:Big {id: 7}) RETURN n")).containsExactly("ScanAllByLabelProperties", "Once");
        assertThat(operators("MATCH (n:Big) WHERE n.id IN $ids RETURN n"))
                .containsExactly("ScanAllByLabelProperties", "Once");
        assertThat(operators("UNWIND $ids AS id MATCH (n:Big) WHERE id = n.id RETURN n"))
                .containsExactly("ScanAllByLabelProperties", "Unwind", "Once");
    }

    @Test
    void anIndexIsOfNoUseForAValueThatIsNotBoundYet() {
        assertThat(operators("MATCH (n:Big) WHERE n.id = n.other RETURN n")).contains("ScanAllByLabel");
    }

    @Test
    void anIndexAnswersRangesAndPrefixes() {
        assertThat(plan("MATCH (n:Big) WHERE 3 < n.id AND n.id <= $max RETURN n"))
                .contains("* ScanAllByLabelProperties (n :Big {id > <=})")
                .noneMatch(line -> line.contains("Filter"));
        assertThat(plan("MATCH (n:Big) WHERE n.id STARTS WITH 'a' RETURN n"))
                .contains("* ScanAllByLabelProperties (n :Big {id STARTS WITH})");
    }

    @Test
    void anIndexOverSeveralKeysNeedsSomethingOfEach() {
        assertThat(plan("MATCH (n:Big) WHERE n.b < 5 AND n.a = 1 RETURN n"))
                .contains("* ScanAllByLabelProperties (n :Big {a, b <})");
        assertThat(operators("MATCH (n:Big) WHERE n.a = 1 RETURN n")).contains("ScanAllByLabel");
    }

    @Test
    void aMatchStartsFromARelationshipWhenItsIndexFindsFewer() {
        assertThat(plan("MATCH (a:Big)-[r:R {since: 3}]->(b) RETURN a"))
                .contains("* ScanAllByEdgeTypeProperties [r :R {since}]");
        assertThat(operators("MATCH (a:Small)-[r:R]->(b) WHERE r.since > 3 RETURN a"))
                .as("three nodes are fewer than a third of the relationships")
                .contains("ScanAllByLabel");
    }

    @Test
    void aPointIndexNarrowsAndThePredicateIsTestedStill() {
        assertThat(operators("MATCH (n:Big) WHERE point.distance(n.at, $here) < 10 RETURN n"))
                .containsExactly("Filter", "ScanAllByPoint", "Once");
    }

    @Test
    void anIdIsSoughtDirectly() {
        assertThat(operators("MATCH (n) WHERE id(n) = 5 RETURN n")).containsExactly("ScanAllById", "Once");
    }

    @Test
    void conjunctsAreTestedAsSoonAsTheirVariablesAreBound() {
        assertThat(operators("MATCH (a:Small)-[:R]->(b) WHERE a.x = 1 AND b.y = 2 RETURN a"))
                .containsExactly("Filter", "Expand", "Filter", "ScanAllByLabel", "Once");
    }

    @Test
    void readingAndCreatingTheSameKindOfNodeIsKeptApartByABarrier() {
        assertThat(operators("MATCH (n:Small) CREATE (:Small)")).contains("Accumulate");
        assertThat(operators("MATCH (n) CREATE (:Other)")).contains("Accumulate");
    }

    @Test
    void writesThatReadsCannotSeeNeedNoBarrier() {
        assertThat(operators("MATCH (a:Small), (b:Big {id: 1}) CREATE (a)-[:R]->(b)"))
                .doesNotContain("Accumulate");
        assertThat(operators("UNWIND $rows AS row CREATE (:Small {id: row.id})"))
                .doesNotContain("Accumulate");
        assertThat(operators("UNWIND $rows AS row MERGE (a:Big {id: row.a}) MERGE (b:Small {id: row.b})"))
                .doesNotContain("Accumulate");
        assertThat(operators("CREATE (n:Small) RETURN n")).doesNotContain("Accumulate");
    }

    @Test
    void readingWhatAClauseBeforeWroteWaitsForAllItsRows() {
        assertThat(operators("UNWIND [1, 2] AS x CREATE (:Small) WITH x MATCH (n:Small) RETURN n"))
                .contains("Accumulate");
        assertThat(operators("MATCH (n:Small) SET n.x = 1 RETURN n.x")).contains("Accumulate");
        assertThat(operators("MATCH (n:Small) SET n.x = 1 RETURN n.y")).doesNotContain("Accumulate");
    }

    @Test
    void deletingWaitsUntilEverythingIsFound() {
        assertThat(operators("MATCH (n:Small) DETACH DELETE n"))
                .containsExactly("EmptyResult", "Delete", "Accumulate", "ScanAllByLabel", "Once");
    }

    @Test
    void consecutiveCreatesAreOneOperator() {
        assertThat(operators("CREATE (a:Small) CREATE (b:Big) CREATE (a)-[:R]->(b)"))
                .containsExactly("EmptyResult", "CreateExpand", "Once");
    }
}
