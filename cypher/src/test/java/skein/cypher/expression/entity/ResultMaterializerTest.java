package skein.cypher.expression.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skein.cypher.expression.FakeGraph;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathReference;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;

final class ResultMaterializerTest {
    private static final Map<String, Value> PROPERTIES = Map.of("k", Value.of(1L));
    private static final FakeGraph GRAPH = FakeGraph.empty()
            .node(1, List.of("A"), PROPERTIES)
            .node(2, List.of(), Map.of())
            .node(3, List.of("A"), PROPERTIES)
            .deletedNode(3)
            .relationship(7, 1, "T", 2, PROPERTIES)
            .relationship(8, 2, "U", 1, PROPERTIES)
            .deletedRelationship(8);
    private static final NodeValue ONE = new NodeValue(1, List.of("A"), new MapValue(PROPERTIES));
    private static final NodeValue TWO = new NodeValue(2, List.of(), MapValue.EMPTY);
    private static final RelationshipValue SEVEN = new RelationshipValue(7, 1, 2, "T", new MapValue(PROPERTIES));

    private static Value materialized(Value value) {
        return ResultMaterializer.materialize(value, GRAPH);
    }

    @Test
    void referencesGetTheirContent() {
        assertThat(materialized(new NodeReference(1))).isEqualTo(ONE);
        assertThat(materialized(new RelationshipReference(7))).isEqualTo(SEVEN);
        assertThat(materialized(new PathReference(List.of(1L, 2L, 1L), List.of(7L, 7L))))
                .isEqualTo(new PathValue(List.of(ONE, TWO, ONE), List.of(SEVEN, SEVEN)));
    }

    @Test
    void alsoDeepInListsAndMaps() {
        Value nested = Value.of(List.of(
                Value.NULL, new MapValue(Map.of("n", Value.of(List.<Value>of(new NodeReference(2)))))));

        assertThat(materialized(nested))
                .isEqualTo(Value.of(List.of(Value.NULL, new MapValue(Map.of("n", Value.of(List.<Value>of(TWO)))))));
    }

    @Test
    void whatHoldsNoReferenceIsNotCopied() {
        Value list = Value.of(List.of(Value.of(1L), new MapValue(PROPERTIES)));

        assertThat(materialized(list)).isSameAs(list);
    }

    @Test
    void whatWasDeletedShowsWithoutContent() {
        assertThat(materialized(new NodeReference(3))).isEqualTo(new NodeValue(3, List.of(), MapValue.EMPTY));
        assertThat(materialized(new RelationshipReference(8)))
                .isEqualTo(new RelationshipValue(8, 2, 1, "U", MapValue.EMPTY));
    }
}
