package skein.storage.log;

import java.util.List;

/** One change of the schema; labels and keys are dictionary ids. */
public sealed interface SchemaOperation {
    /** @param keys in the order declared; empty for a label index */
    record CreateIndex(int label, List<Integer> keys) implements SchemaOperation {
        public CreateIndex {
            keys = List.copyOf(keys);
        }
    }

    /** @param keys as in {@link CreateIndex} */
    record DropIndex(int label, List<Integer> keys) implements SchemaOperation {
        public DropIndex {
            keys = List.copyOf(keys);
        }
    }
}
