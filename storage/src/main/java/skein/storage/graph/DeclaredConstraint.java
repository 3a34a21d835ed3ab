package skein.storage.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.log.ConstraintDefinition;
import skein.storage.log.PropertyCodec;

/** A constraint that somebody asked for, with the span of snapshots it holds for. */
public final class DeclaredConstraint {
    private final ConstraintDefinition definition;
    private final String name;
    private final int[] keys;
    private final long createdTs;
    private final @Nullable UniqueClaims claims;
    private volatile long droppedTs = Long.MAX_VALUE;

    DeclaredConstraint(ConstraintDefinition definition, String name, long createdTs) {
        this.definition = definition;
        this.name = name;
        this.keys = keys(definition);
        this.createdTs = createdTs;
        this.claims =
                definition instanceof ConstraintDefinition.Unique ? new UniqueClaims(definition.label(), keys) : null;
    }

    /** What is asked for. */
    public ConstraintDefinition definition() {
        return definition;
    }

    /** What people call it; empty when nobody gave it a name. */
    public String name() {
        return name;
    }

    /** Property keys, in the order declared. Not to be changed. */
    public int[] keys() {
        return keys;
    }

    /** Who holds which values; null unless the constraint is a unique one. */
    public @Nullable UniqueClaims claims() {
        return claims;
    }

    /** True when the constraint held at a snapshot. */
    public boolean holdsAt(long snapshot) {
        return createdTs <= snapshot && snapshot < droppedTs;
    }

    /** Whether one node of the label may have these values, one per key; what other nodes have is another question. */
    public static boolean allows(ConstraintDefinition definition, Value[] values) {
        return switch (definition) {
            case ConstraintDefinition.Exists exists -> !values[0].isNull();
            case ConstraintDefinition.Unique unique -> true;
            case ConstraintDefinition.Typed typed ->
                values[0].isNull() || typed.type().includes(values[0]);
        };
    }

    void drop(long commitTs) {
        droppedTs = commitTs;
    }

    static int[] keys(ConstraintDefinition definition) {
        return switch (definition) {
            case ConstraintDefinition.Exists exists -> new int[] {exists.key()};
            case ConstraintDefinition.Unique unique -> toArray(unique.keys());
            case ConstraintDefinition.Typed typed -> new int[] {typed.key()};
        };
    }

    private static int[] toArray(List<Integer> keys) {
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }

    static Value[] values(NodeVersion version, int[] keys) {
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = PropertyCodec.get(version.properties(), keys[i]);
        }
        return values;
    }
}
