package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import skein.storage.api.NameKind;
import skein.storage.log.ConstraintDefinition;
import skein.storage.log.IndexDefinition;

/**
 * One number for the whole graph: the sum of a 64-bit hash of each node, relationship, name, index and constraint. A
 * sum, so that order does not matter and a change is a subtraction and an addition. Each hash feeds whole words through
 * a multiply by an odd constant and a shift, and ends in a finaliser in which every input bit reaches every output bit;
 * two different entities collide with probability near 2^-64. It finds divergence; it does not resist an adversary.
 */
final class StateHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final long NODE = 1;
    private static final long RELATIONSHIP = 2;
    private static final long INDEX = 3;
    private static final long NAME_OF_LABEL = 4;
    private static final long NAME_OF_TYPE = 5;
    private static final long NAME_OF_KEY = 6;
    private static final long CONSTRAINT = 7;

    private StateHash() {}

    static long ofNode(int slot, int[] labels, byte[] properties) {
        long hash = word(NODE, slot);
        for (int label : labels) {
            hash = word(hash, label);
        }
        return ofBytes(word(hash, labels.length), properties);
    }

    static long ofRelationship(int slot, int type, int start, int end, byte[] properties) {
        long hash = word(word(RELATIONSHIP, slot), type);
        return ofBytes(word(hash, (long) start << 32 | end), properties);
    }

    static long ofName(NameKind kind, int token, String name) {
        long seed = switch (kind) {
            case LABEL -> NAME_OF_LABEL;
            case RELATIONSHIP_TYPE -> NAME_OF_TYPE;
            case PROPERTY_KEY -> NAME_OF_KEY;
        };
        return ofBytes(word(seed, token), name.getBytes(StandardCharsets.UTF_8));
    }

    static long ofIndex(IndexDefinition index) {
        int kind = switch (index.kind()) {
            case NODE -> 0;
            case RELATIONSHIP -> 1;
            case NODE_POINT -> 2;
        };
        long hash = word(word(INDEX, kind), index.token());
        for (int key : index.keys()) {
            hash = word(hash, key);
        }
        return finish(word(hash, index.keys().size()));
    }

    static long ofConstraint(ConstraintDefinition definition, String name) {
        long hash = switch (definition) {
            case ConstraintDefinition.Exists exists -> word(word(CONSTRAINT, 0), exists.key());
            case ConstraintDefinition.Unique unique -> {
                long keys = word(word(CONSTRAINT, 1), unique.keys().size());
                for (int key : unique.keys()) {
                    keys = word(keys, key);
                }
                yield keys;
            }
            case ConstraintDefinition.Typed typed -> {
                long key = word(word(CONSTRAINT, 2), typed.key());
                long type = typed.type().name().hashCode();
                yield word(key, type);
            }
        };
        return ofBytes(word(hash, definition.label()), name.getBytes(StandardCharsets.UTF_8));
    }

    private static long ofBytes(long hash, byte[] bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = word(hash, (long) WORD.get(bytes, at));
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = rest << Byte.SIZE | bytes[at] & 0xFF;
        }
        return finish(word(word(hash, rest), bytes.length));
    }

    private static long word(long hash, long word) {
        long mixed = (hash ^ word) * ODD;
        return Long.rotateLeft(mixed ^ mixed >>> 29, 23) * ODD;
    }

    /** The finaliser of SplitMix64. */
    private static long finish(long hash) {
        long mixed = (hash ^ hash >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
