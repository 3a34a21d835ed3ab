package skein.storage.log;

import java.util.ArrayList;
import java.util.List;
import skein.storage.api.IndexKind;
import skein.storage.api.PropertyType;
import skein.storage.log.SchemaOperation.CreateConstraint;
import skein.storage.log.SchemaOperation.CreateIndex;
import skein.storage.log.SchemaOperation.DropConstraint;
import skein.storage.log.SchemaOperation.DropIndex;

/**
 * Changes of the schema as bytes, in records and in snapshots: a code, then its parts. Ids and counts are varints.
 *
 * <pre>
 * 20 create index       kind (0 nodes, 1 relationships, 2 points of nodes), label or type, keys, name
 * 21 drop index         kind, label or type, keys
 * 22 create constraint  constraint, name
 * 23 drop constraint    constraint
 *
 * keys        count, then each in the order declared
 * name        text as {@link ValueCodec} writes it; empty for none
 * constraint  0 exists: label, key   1 unique: label, keys   2 typed: label, key, type as PropertyType orders them
 * </pre>
 */
final class SchemaCodec {
    private static final int CREATE_INDEX = 0x20;
    private static final int DROP_INDEX = 0x21;
    private static final int CREATE_CONSTRAINT = 0x22;
    private static final int DROP_CONSTRAINT = 0x23;

    private static final int EXISTS = 0;
    private static final int UNIQUE = 1;
    private static final int TYPED = 2;

    private static final List<PropertyType> TYPES = List.of(PropertyType.values());
    private static final List<IndexKind> KINDS = List.of(IndexKind.values());

    private SchemaCodec() {}

    static void write(ByteWriter out, SchemaOperation operation) {
        switch (operation) {
            case CreateIndex(IndexDefinition index, String name) -> {
                out.putByte(CREATE_INDEX);
                writeIndex(out, index);
                ValueCodec.writeText(out, name);
            }
            case DropIndex(IndexDefinition index) -> {
                out.putByte(DROP_INDEX);
                writeIndex(out, index);
            }
            case CreateConstraint(ConstraintDefinition constraint, String name) -> {
                out.putByte(CREATE_CONSTRAINT);
                writeConstraint(out, constraint);
                ValueCodec.writeText(out, name);
            }
            case DropConstraint(ConstraintDefinition constraint) -> {
                out.putByte(DROP_CONSTRAINT);
                writeConstraint(out, constraint);
            }
        }
    }

    static SchemaOperation read(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case CREATE_INDEX -> new CreateIndex(readIndex(in), ValueCodec.readText(in));
            case DROP_INDEX -> new DropIndex(readIndex(in));
            case CREATE_CONSTRAINT -> new CreateConstraint(readConstraint(in), ValueCodec.readText(in));
            case DROP_CONSTRAINT -> new DropConstraint(readConstraint(in));
            default -> throw in.refusal("there is no operation " + code + " on the schema in this version");
        };
    }

    private static void writeIndex(ByteWriter out, IndexDefinition index) {
        out.putByte(KINDS.indexOf(index.kind()));
        OperationCodec.writeId(out, index.token());
        writeKeys(out, index.keys());
    }

    private static IndexDefinition readIndex(ByteReader in) {
        int code = in.readByte();
        in.require(code < KINDS.size(), "an index has a kind that this version does not know");
        IndexKind kind = KINDS.get(code);
        int token = in.readNumber();
        List<Integer> keys = readKeys(in);
        in.require(IndexDefinition.isPossible(kind, keys), "an index has keys that cannot be");
        return new IndexDefinition(kind, token, keys);
    }

    private static void writeConstraint(ByteWriter out, ConstraintDefinition constraint) {
        switch (constraint) {
            case ConstraintDefinition.Exists(int label, int key) -> writeCode(out, EXISTS, label, key);
            case ConstraintDefinition.Unique(int label, List<Integer> keys) -> {
                out.putByte(UNIQUE);
                OperationCodec.writeId(out, label);
                writeKeys(out, keys);
            }
            case ConstraintDefinition.Typed(int label, int key, PropertyType type) -> {
                writeCode(out, TYPED, label, key);
                out.putByte(TYPES.indexOf(type));
            }
        }
    }

    private static void writeCode(ByteWriter out, int code, int label, int key) {
        out.putByte(code);
        OperationCodec.writeId(out, label);
        OperationCodec.writeId(out, key);
    }

    private static ConstraintDefinition readConstraint(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case EXISTS -> new ConstraintDefinition.Exists(in.readNumber(), in.readNumber());
            case UNIQUE -> {
                int label = in.readNumber();
                List<Integer> keys = readKeys(in);
                in.require(ConstraintDefinition.Unique.isPossible(keys), "a constraint has keys that cannot be");
                yield new ConstraintDefinition.Unique(label, keys);
            }
            case TYPED -> new ConstraintDefinition.Typed(in.readNumber(), in.readNumber(), readType(in));
            default -> throw in.refusal("there is no constraint " + code + " in this version");
        };
    }

    private static PropertyType readType(ByteReader in) {
        int code = in.readByte();
        in.require(code < TYPES.size(), "a constraint asks for a type that this version does not know");
        return TYPES.get(code);
    }

    private static void writeKeys(ByteWriter out, List<Integer> keys) {
        out.putVarint(keys.size());
        keys.forEach(key -> OperationCodec.writeId(out, key));
    }

    private static List<Integer> readKeys(ByteReader in) {
        int count = in.readCount(1);
        List<Integer> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(in.readNumber());
        }
        return keys;
    }
}
