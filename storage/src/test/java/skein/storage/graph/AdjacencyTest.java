package skein.storage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.storage.api.Direction;
import skein.vocabulary.Invariant;

/** Adjacency of one node through both forms and back, with every earlier version kept and looked at again. */
final class AdjacencyTest {
    private static final int NODE = 0;
    private static final int TYPES = 3;
    private static final int[] ALL = new int[0];

    private final GraphStore store = new GraphStore();
    private final Garbage garbage = new Garbage();
    private final GraphWriter writer = new GraphWriter(store, new ContentTracker(store, garbage), garbage);
    private long commit;

    private record Kept(NodeVersion version, List<Integer> outgoing, List<Integer> incoming) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyVersionKeepsShowingWhatItShowedAtFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> outgoing = new ArrayList<>();
        List<Integer> incoming = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        commit(() -> createNodes(50));
        int next = 0;
        for (int round = 0; round < 120; round++) {
            // first it grows far beyond the packed form, then it shrinks to nothing
            int additions = round < 70 ? random.nextInt(60) : 0;
            int removals = random.nextInt(round < 70 ? 25 : 80);
            List<Runnable> changes = new ArrayList<>();
            for (int i = 0; i < additions; i++) {
                changes.add(addition(next++, random, outgoing, incoming));
            }
            commit(() -> changes.forEach(Runnable::run));
            commit(() -> remove(removals, random, outgoing, incoming));
            NodeVersion head = head();
            kept.add(new Kept(head, List.copyOf(outgoing), List.copyOf(incoming)));
            check(kept.get(random.nextInt(kept.size())), random);
        }
        kept.forEach(old -> check(old, random));
        assertThat(kept.stream().anyMatch(old -> old.version.outgoing instanceof GroupedAdjacency))
                .isTrue();
        assertThat(kept.getLast().version.outgoing).isInstanceOf(int[].class);
    }

    @Test
    void anArrayOfOneTypeSaysSoUntilAnotherTypeJoins() {
        commit(() -> createNodes(2));
        commit(() -> writer.createRelationship(0, 7, NODE, 1, RelationshipTable.NO_PROPERTIES));
        commit(() -> writer.createRelationship(1, 7, NODE, 1, RelationshipTable.NO_PROPERTIES));
        NodeVersion uniform = head();
        assertThat(Adjacency.typeOf((int[]) uniform.outgoing)).isEqualTo(7);
        commit(() -> writer.createRelationship(2, 8, NODE, 1, RelationshipTable.NO_PROPERTIES));
        assertThat(Adjacency.typeOf((int[]) head().outgoing)).isEqualTo(Adjacency.MIXED);
        for (int[] types : new int[][] {{7}, {8}, ALL}) {
            expect(uniform, Direction.OUTGOING, types, List.of(0, 1));
            expect(head(), Direction.OUTGOING, types, List.of(0, 1, 2));
        }
    }

    @Test
    void threadsThatFillOneArrayAgreeOnItsType() {
        int[] uniform = Adjacency.room(2);
        Adjacency.note(uniform, 7);
        Adjacency.note(uniform, 7);
        assertThat(Adjacency.typeOf(uniform)).isEqualTo(7);
        int[] mixed = Adjacency.room(3);
        Adjacency.note(mixed, 7);
        Adjacency.note(mixed, 8);
        Adjacency.note(mixed, 7);
        assertThat(Adjacency.typeOf(mixed)).isEqualTo(Adjacency.MIXED);
    }

    @Test
    void insertsOnASupernodeCopyNoMoreThanAChunk() {
        commit(() -> createNodes(2));
        for (int i = 0; i < 200_000; i++) {
            int slot = i;
            commit(() -> writer.createRelationship(slot, 0, NODE, 1, RelationshipTable.NO_PROPERTIES));
        }
        NodeVersion head = head();
        assertThat(AdjacencyCursor.count(store.relationships(), NODE, head, Direction.OUTGOING, ALL))
                .isEqualTo(200_000);
        TypeGroup group = ((GroupedAdjacency) head.outgoing).group(0);
        assertThat(group.chunk(1).length).isEqualTo(2 * TypeGroup.CHUNK_PAIRS);
    }

    private NodeVersion head() {
        return Invariant.present(store.nodes().head(NODE), "node %d is missing", NODE);
    }

    private void createNodes(int count) {
        for (int slot = 0; slot < count; slot++) {
            writer.createNode(slot, LabelSets.NONE, RelationshipTable.NO_PROPERTIES);
        }
    }

    private Runnable addition(int slot, SplittableRandom random, List<Integer> outgoing, List<Integer> incoming) {
        int other = random.nextInt(50);
        boolean out = random.nextInt(4) != 0;
        int start = out ? NODE : other;
        int end = out ? other : NODE;
        if (start == NODE) {
            outgoing.add(slot);
        }
        if (end == NODE) {
            incoming.add(slot);
        }
        int type = random.nextInt(TYPES);
        return () -> writer.createRelationship(slot, type, start, end, RelationshipTable.NO_PROPERTIES);
    }

    private void remove(int count, SplittableRandom random, List<Integer> outgoing, List<Integer> incoming) {
        for (int i = 0; i < count; i++) {
            List<Integer> side = outgoing.isEmpty() ? incoming : outgoing;
            if (side.isEmpty()) {
                return;
            }
            Integer gone = side.get(random.nextInt(side.size()));
            writer.deleteRelationship(gone);
            outgoing.removeIf(gone::equals);
            incoming.removeIf(gone::equals);
        }
    }

    private void commit(Runnable changes) {
        commit++;
        writer.begin(commit, 0);
        changes.run();
        writer.finish();
        store.publish(commit, 0);
    }

    private void check(Kept kept, SplittableRandom random) {
        List<Integer> both = new ArrayList<>(kept.outgoing);
        kept.incoming.stream().filter(slot -> !kept.outgoing.contains(slot)).forEach(both::add);
        int type = random.nextInt(TYPES);
        for (int[] types : new int[][] {ALL, {type}, {type, (type + 1) % TYPES}, {99}}) {
            expect(kept.version, Direction.OUTGOING, types, kept.outgoing);
            expect(kept.version, Direction.INCOMING, types, kept.incoming);
            expect(kept.version, Direction.BOTH, types, both);
        }
    }

    private void expect(NodeVersion version, Direction direction, int[] types, List<Integer> candidates) {
        RelationshipTable table = store.relationships();
        List<Integer> expected = candidates.stream()
                .filter(slot ->
                        types.length == 0 || java.util.Arrays.stream(types).anyMatch(t -> t == table.type(slot)))
                .toList();
        List<Integer> met = new ArrayList<>();
        AdjacencyCursor cursor = new AdjacencyCursor(table, NODE, version, direction, types);
        while (cursor.next()) {
            int slot = cursor.relationship();
            assertThat(cursor.type()).isEqualTo(table.type(slot));
            assertThat(cursor.incoming() ? table.end(slot) : table.start(slot)).isEqualTo(NODE);
            assertThat(cursor.neighbour()).isEqualTo(cursor.incoming() ? table.start(slot) : table.end(slot));
            met.add(slot);
        }
        assertThat(met).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(AdjacencyCursor.count(table, NODE, version, direction, types))
                .isEqualTo(expected.size());
    }
}
