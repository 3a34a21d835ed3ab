package skein.cypher.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.expression.value.Footprint;
import skein.graph.Value;

/** The rows of an inner plan, kept in memory and found by their keys. Belongs to one run. */
final class KeptRows {
    private final Map<EquivalenceKey, List<Value[]>> rows = new HashMap<>();

    private KeptRows() {}

    /** Takes all rows of a cursor. A row with a null among its keys is equal to nothing and not kept. */
    static KeptRows of(Cursor cursor, Evaluator[] keys, int[] slots, Execution run) {
        KeptRows kept = new KeptRows();
        while (cursor.next()) {
            run.checkTermination();
            Value[] key = values(keys, run);
            if (!hasNull(key)) {
                run.reserveMemory(Footprint.HASH_ENTRY_BYTES);
                kept.rows
                        .computeIfAbsent(EquivalenceKey.of(key), _ -> new ArrayList<>(1))
                        .add(run.save(slots));
            }
        }
        return kept;
    }

    /** The rows whose keys are equivalent to those of the row in the frame. */
    List<Value[]> matching(Evaluator[] keys, Execution run) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Value[] key = values(keys, run);
        return hasNull(key) ? List.of() : rows.getOrDefault(EquivalenceKey.of(key), List.of());
    }

    private static Value[] values(Evaluator[] keys, Execution run) {
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = run.evaluate(keys[i]);
        }
        return values;
    }

    private static boolean hasNull(Value[] values) {
        for (Value value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }
}
