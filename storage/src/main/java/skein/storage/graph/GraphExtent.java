package skein.storage.graph;

import java.util.ArrayList;
import java.util.List;
import skein.storage.api.NameKind;
import skein.storage.log.DictionaryAddition;
import skein.storage.log.SchemaOperation;

/**
 * One state of the graph without its nodes and relationships, which a {@link GraphScan} reads at leisure.
 *
 * @param snapshot the state; whoever scans keeps it alive
 * @param nodeLimit one past the highest slot ever used by a node
 * @param relationshipLimit one past the highest slot ever used by a relationship
 * @param names the dictionary, by kind in order of their ids
 * @param schema what creates every index, then every constraint, each in the order they were created
 * @param namesAndSchemaHash what these two add to the state hash
 */
public record GraphExtent(
        long snapshot,
        int nodeLimit,
        int relationshipLimit,
        long nodeCount,
        long relationshipCount,
        List<DictionaryAddition> names,
        List<SchemaOperation> schema,
        long namesAndSchemaHash,
        long stateHash) {
    public GraphExtent {
        names = List.copyOf(names);
        schema = List.copyOf(schema);
    }

    /** The newest state; the applier must rest meanwhile, a moment. */
    public static GraphExtent newest(GraphStore store) {
        long snapshot = store.publishedTs();
        return new GraphExtent(
                snapshot,
                store.nodes().limit(),
                store.relationships().limit(),
                store.nodeCountAt(snapshot),
                store.relationshipCountAt(snapshot),
                names(store.dictionary()),
                schema(store),
                GraphAudit.hashOfNamesAndSchema(store),
                store.stateHash());
    }

    private static List<DictionaryAddition> names(Dictionary dictionary) {
        List<DictionaryAddition> names = new ArrayList<>();
        for (NameKind kind : NameKind.values()) {
            for (int token = 0; token < dictionary.size(kind); token++) {
                names.add(new DictionaryAddition(kind, token, dictionary.nameOf(kind, token)));
            }
        }
        return names;
    }

    private static List<SchemaOperation> schema(GraphStore store) {
        List<SchemaOperation> schema = new ArrayList<>();
        for (DeclaredIndex index : store.indexes().declared()) {
            if (!index.isDropped()) {
                schema.add(new SchemaOperation.CreateIndex(index.definition(), index.name()));
            }
        }
        for (DeclaredConstraint constraint : store.constraints().newest().all()) {
            schema.add(new SchemaOperation.CreateConstraint(constraint.definition(), constraint.name()));
        }
        return schema;
    }
}
