package skein.storage.log;

import skein.graph.Value;
import skein.storage.log.GraphOperation.AddLabel;
import skein.storage.log.GraphOperation.CreateNode;
import skein.storage.log.GraphOperation.CreateRelationship;
import skein.storage.log.GraphOperation.DeleteNode;
import skein.storage.log.GraphOperation.DeleteRelationship;
import skein.storage.log.GraphOperation.RemoveLabel;
import skein.storage.log.GraphOperation.ReplaceNodeProperties;
import skein.storage.log.GraphOperation.ReplaceRelationshipProperties;
import skein.storage.log.GraphOperation.SetNodeProperty;
import skein.storage.log.GraphOperation.SetRelationshipProperty;
import skein.vocabulary.Invariant;

/**
 * Operations on the graph as bytes ({@link SchemaCodec} has the others): a code, then its parts. Ids and counts are
 * varints; a block is a varint length and the bytes of {@link PropertyCodec}; a value is as {@link ValueCodec} writes
 * it, null for "remove".
 *
 * <pre>
 * 01 create node             node, count of labels, labels ascending, block
 * 02 delete node             node
 * 03 add label               node, label
 * 04 remove label            node, label
 * 05 set node property       node, key, value
 * 06 replace node properties node, block
 * 07 create relationship     relationship, type, start, end, block
 * 08 delete relationship     relationship
 * 09 set rel. property       relationship, key, value
 * 0A replace rel. properties relationship, block
 * </pre>
 */
final class OperationCodec {
    private static final int CREATE_NODE = 0x01;
    private static final int DELETE_NODE = 0x02;
    private static final int ADD_LABEL = 0x03;
    private static final int REMOVE_LABEL = 0x04;
    private static final int SET_NODE_PROPERTY = 0x05;
    private static final int REPLACE_NODE_PROPERTIES = 0x06;
    private static final int CREATE_RELATIONSHIP = 0x07;
    private static final int DELETE_RELATIONSHIP = 0x08;
    private static final int SET_RELATIONSHIP_PROPERTY = 0x09;
    private static final int REPLACE_RELATIONSHIP_PROPERTIES = 0x0A;

    private OperationCodec() {}

    static void write(ByteWriter out, GraphOperation operation) {
        switch (operation) {
            case CreateNode(long node, int[] labels, byte[] properties) -> {
                writeCode(out, CREATE_NODE, node);
                writeLabels(out, labels);
                out.putSized(properties);
            }
            case DeleteNode(long node) -> writeCode(out, DELETE_NODE, node);
            case AddLabel(long node, int label) -> {
                writeCode(out, ADD_LABEL, node);
                writeId(out, label);
            }
            case RemoveLabel(long node, int label) -> {
                writeCode(out, REMOVE_LABEL, node);
                writeId(out, label);
            }
            case SetNodeProperty(long node, int key, Value value) -> {
                writeCode(out, SET_NODE_PROPERTY, node);
                writeId(out, key);
                ValueCodec.write(out, value);
            }
            case ReplaceNodeProperties(long node, byte[] properties) -> {
                writeCode(out, REPLACE_NODE_PROPERTIES, node);
                out.putSized(properties);
            }
            case CreateRelationship create -> writeCreateRelationship(out, create);
            case DeleteRelationship(long relationship) -> writeCode(out, DELETE_RELATIONSHIP, relationship);
            case SetRelationshipProperty(long relationship, int key, Value value) -> {
                writeCode(out, SET_RELATIONSHIP_PROPERTY, relationship);
                writeId(out, key);
                ValueCodec.write(out, value);
            }
            case ReplaceRelationshipProperties(long relationship, byte[] properties) -> {
                writeCode(out, REPLACE_RELATIONSHIP_PROPERTIES, relationship);
                out.putSized(properties);
            }
        }
    }

    private static void writeCreateRelationship(ByteWriter out, CreateRelationship create) {
        writeCode(out, CREATE_RELATIONSHIP, create.relationship());
        writeId(out, create.type());
        writeId(out, create.start());
        writeId(out, create.end());
        out.putSized(create.properties());
    }

    private static void writeCode(ByteWriter out, int code, long id) {
        out.putByte(code);
        writeId(out, id);
    }

    static void writeId(ByteWriter out, long id) {
        Invariant.check(id >= 0, "an operation carries the unassigned id %d", id);
        out.putVarint(id);
    }

    private static void writeLabels(ByteWriter out, int[] labels) {
        out.putVarint(labels.length);
        long before = -1;
        for (int label : labels) {
            Invariant.check(label > before, "labels of a new node are not ascending: %d after %d", label, before);
            out.putVarint(label);
            before = label;
        }
    }

    static GraphOperation read(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case CREATE_NODE -> new CreateNode(in.readId(), readLabels(in), readBlock(in));
            case DELETE_NODE -> new DeleteNode(in.readId());
            case ADD_LABEL -> new AddLabel(in.readId(), in.readNumber());
            case REMOVE_LABEL -> new RemoveLabel(in.readId(), in.readNumber());
            case SET_NODE_PROPERTY -> new SetNodeProperty(in.readId(), in.readNumber(), ValueCodec.read(in));
            case REPLACE_NODE_PROPERTIES -> new ReplaceNodeProperties(in.readId(), readBlock(in));
            case CREATE_RELATIONSHIP ->
                new CreateRelationship(in.readId(), in.readNumber(), in.readId(), in.readId(), readBlock(in));
            case DELETE_RELATIONSHIP -> new DeleteRelationship(in.readId());
            case SET_RELATIONSHIP_PROPERTY ->
                new SetRelationshipProperty(in.readId(), in.readNumber(), ValueCodec.read(in));
            case REPLACE_RELATIONSHIP_PROPERTIES -> new ReplaceRelationshipProperties(in.readId(), readBlock(in));
            default -> throw in.refusal("there is no operation " + code + " on the graph in this version");
        };
    }

    private static int[] readLabels(ByteReader in) {
        int[] labels = new int[in.readCount(1)];
        long before = -1;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = in.readNumber();
            in.require(labels[i] > before, "labels are not ascending");
            before = labels[i];
        }
        return labels;
    }

    private static byte[] readBlock(ByteReader in) {
        byte[] block = in.readSized();
        if (block.length == 0) {
            return PropertyCodec.EMPTY;
        }
        PropertyCodec.check(block);
        return block;
    }
}
