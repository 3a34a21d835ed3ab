package skein.storage.snapshot;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import skein.storage.graph.GraphScan;
import skein.storage.graph.SlotList;
import skein.storage.log.ByteWriter;
import skein.storage.log.RecordBody;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Turns a pinned state into blocks, on the caller's thread, while others read and write. A block ends with the node
 * that makes it reach {@value #RAW_BYTES} bytes, so memory is bounded by that and the largest node.
 */
public final class SnapshotWriter {
    private static final int RAW_BYTES = 1 << 20;
    private static final int RELATIONSHIPS_PER_BLOCK = 1 << 16;

    private final PinnedState state;
    private final BlockSink sink;
    private final BooleanSupplier cancelled;
    private final Compression compression;
    private final SlotList apart = new SlotList();
    private int[] crcs = new int[64];
    private int number;

    private SnapshotWriter(PinnedState state, BlockSink sink, BooleanSupplier cancelled, Compression compression) {
        this.state = state;
        this.sink = sink;
        this.cancelled = cancelled;
        this.compression = compression;
    }

    /**
     * Writes the whole stream.
     *
     * @param cancelled looked at before each block; true ends the work with TRANSACTION_TERMINATED
     */
    public static void write(PinnedState state, BlockSink sink, BooleanSupplier cancelled) throws IOException {
        write(state, sink, cancelled, Compression.best());
    }

    static void write(PinnedState state, BlockSink sink, BooleanSupplier cancelled, Compression compression)
            throws IOException {
        SnapshotWriter writer = new SnapshotWriter(state, sink, cancelled, compression);
        writer.put(BlockKind.HEAD, 0, 0, SnapshotCodec.encode(state.head()));
        GraphScan scan = state.scan();
        writer.nodes(scan);
        for (int i = 0; i < writer.apart.size(); i++) {
            writer.relationships(scan, writer.apart.get(i));
        }
        scan.requireWhole();
        writer.foot();
    }

    private void nodes(GraphScan scan) throws IOException {
        boolean more = scan.nextNode();
        while (more) {
            int first = scan.node();
            NodeCodec codec = new NodeCodec(first);
            ByteWriter out = new ByteWriter(RAW_BYTES + RAW_BYTES / 4);
            int count = 0;
            while (more && out.size() < RAW_BYTES) {
                if (codec.writeNode(out, scan)) {
                    apart.add(scan.node());
                }
                count++;
                more = scan.nextNode();
            }
            put(BlockKind.NODES, first, count, out);
        }
    }

    private void relationships(GraphScan scan, int node) throws IOException {
        scan.returnTo(node);
        int index = 0;
        boolean more = scan.nextRelationship();
        while (more) {
            NodeCodec codec = new NodeCodec(node);
            ByteWriter out = new ByteWriter(RAW_BYTES + RAW_BYTES / 4);
            out.putVarint(index);
            int count = 0;
            while (more && out.size() < RAW_BYTES && count < RELATIONSHIPS_PER_BLOCK) {
                codec.writeRelationship(out, scan);
                count++;
                more = scan.nextRelationship();
            }
            put(BlockKind.RELATIONSHIPS, node, count, out);
            index += count;
        }
    }

    private void foot() throws IOException {
        SnapshotFoot foot = new SnapshotFoot(
                state.head(),
                state.lineage(),
                state.extent().nodeCount(),
                state.extent().relationshipCount(),
                state.extent().stateHash(),
                Arrays.copyOf(crcs, number),
                new RecordBody.SchemaChanges(
                        state.extent().names(), state.extent().schema()));
        put(BlockKind.FOOT, 0, 0, SnapshotCodec.encode(foot));
    }

    private void put(BlockKind kind, int firstSlot, int count, ByteWriter raw) throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new SkeinException(
                    ErrorCode.TRANSACTION_TERMINATED,
                    "The snapshot was ended before it was complete, because the database is closing. Nothing is left of"
                            + " it; the log holds everything.");
        }
        Compression used = kind == BlockKind.HEAD ? Compression.NONE : compression;
        SnapshotBlock block = SnapshotBlock.of(kind, used, number, firstSlot, count, raw);
        if (number == crcs.length) {
            crcs = Arrays.copyOf(crcs, 2 * number);
        }
        crcs[number++] = block.crc();
        sink.accept(block);
    }
}
