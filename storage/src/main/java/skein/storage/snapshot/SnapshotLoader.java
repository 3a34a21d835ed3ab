package skein.storage.snapshot;

import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import skein.storage.graph.ContentSink;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphLoader;
import skein.storage.graph.GraphStore;
import skein.storage.log.ByteReader;
import skein.storage.log.RecordBody;
import skein.vocabulary.Invariant.InvariantViolation;
import skein.vocabulary.SkeinException;

/**
 * Turns a stream of blocks back into a graph, on several threads. Everything is checked on the way: each block's
 * checksum, that the blocks are those the foot names, that counts and state hash are what they were. After a failure
 * the half-filled graph is good for nothing.
 */
public final class SnapshotLoader {
    private final BlockFeed feed;
    private final int threads;
    private final LongConsumer progress;

    private SnapshotLoader(BlockSource source, int threads, LongConsumer progress) {
        this.feed = new BlockFeed(source);
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Fills an empty graph and publishes it.
     *
     * @param progress hears how many bytes of blocks were taken so far, after each; from any of the threads
     */
    public static SnapshotContent load(
            BlockSource source, GraphStore store, GraphApplier applier, int threads, LongConsumer progress) {
        return new SnapshotLoader(source, threads, progress).load(store, applier);
    }

    /** Reads the whole stream and checks every block and the foot, but does not make a graph of it. */
    public static SnapshotContent verify(BlockSource source) {
        SnapshotLoader loader = new SnapshotLoader(source, 1, bytes -> {});
        SnapshotHead head = loader.head();
        for (BlockKind kind : new BlockKind[] {BlockKind.NODES, BlockKind.RELATIONSHIPS}) {
            for (SnapshotBlock block = loader.feed.take(kind); block != null; block = loader.feed.take(kind)) {
                loader.feed.content(block);
            }
        }
        return loader.content(head, loader.foot(head));
    }

    /** Hands the content of a stream to a sink, in order, on this thread; answers the dictionary and the schema. */
    public static RecordBody.SchemaChanges walk(BlockSource source, ContentSink sink) {
        SnapshotLoader loader = new SnapshotLoader(source, 1, bytes -> {});
        SnapshotHead head = loader.head();
        loader.drain(BlockKind.NODES, sink);
        loader.drain(BlockKind.RELATIONSHIPS, sink);
        return loader.foot(head).namesAndSchema();
    }

    private SnapshotContent load(GraphStore store, GraphApplier applier) {
        SnapshotHead head = head();
        GraphLoader graph = applier.loader(head.position().lsn(), head.nodeLimit(), head.relationshipLimit());
        Workers.each(threads, worker -> drain(BlockKind.NODES, graph));
        Workers.each(threads, worker -> drain(BlockKind.RELATIONSHIPS, graph));
        SnapshotFoot foot = foot(head);
        pieces(graph.nodePieces(), graph::makeIncoming);
        pieces(graph.relationshipPieces(), graph::fillIncoming);
        pieces(graph.nodePieces(), graph::finish);
        pieces(graph.relationshipPieces(), graph::finishTypes);
        applier.loaded(graph, foot.namesAndSchema());
        requireSame(store, foot, head);
        return content(head, foot);
    }

    private void pieces(int count, IntConsumer work) {
        Workers.share(threads, count, work);
    }

    private SnapshotHead head() {
        return decode(feed.require(BlockKind.HEAD), SnapshotCodec::decodeHead);
    }

    private <T> T decode(SnapshotBlock block, Function<byte[], T> decoder) {
        byte[] content = feed.content(block);
        try {
            return decoder.apply(content);
        } catch (InvariantViolation | SkeinException e) {
            throw SnapshotDamage.in(feed.describe(block), e);
        }
    }

    private SnapshotFoot foot(SnapshotHead head) {
        SnapshotBlock block = feed.require(BlockKind.FOOT);
        SnapshotFoot foot = decode(block, SnapshotCodec::decodeFoot);
        feed.requireEnd(foot);
        if (!foot.head().equals(head)) {
            throw SnapshotDamage.in(feed.describe(block), "head and foot belong to different snapshots");
        }
        return foot;
    }

    private SnapshotContent content(SnapshotHead head, SnapshotFoot foot) {
        return new SnapshotContent(
                head, foot.lineage(), foot.nodes(), foot.relationships(), foot.stateHash(), feed.bytes());
    }

    private void drain(BlockKind kind, GraphLoader graph) {
        GraphLoader.Part part = graph.part();
        drain(kind, part);
        part.finish();
    }

    private void drain(BlockKind kind, ContentSink sink) {
        for (SnapshotBlock block = feed.take(kind); block != null; block = feed.take(kind)) {
            ByteReader in = feed.open(block);
            try {
                read(in, kind, block, sink);
            } catch (InvariantViolation | SkeinException e) {
                throw SnapshotDamage.in(feed.describe(block), e);
            }
            progress.accept(feed.bytes());
        }
    }

    private static void read(ByteReader in, BlockKind kind, SnapshotBlock block, ContentSink sink) {
        NodeCodec codec = new NodeCodec(block.firstSlot());
        if (kind == BlockKind.NODES) {
            codec.readNodes(in, block.count(), sink);
        } else {
            sink.returnTo(block.firstSlot(), in.readNumber());
            codec.readRelationships(in, block.count(), sink);
        }
        in.require(!in.hasRemaining(), "bytes follow the last entry of a block");
    }

    private void requireSame(GraphStore store, SnapshotFoot foot, SnapshotHead head) {
        long ts = store.publishedTs();
        boolean same = store.stateHash() == foot.stateHash()
                && store.nodeCountAt(ts) == foot.nodes()
                && store.relationshipCountAt(ts) == foot.relationships();
        if (!same) {
            throw SnapshotDamage.in(
                    "the snapshot at record " + head.position().lsn(),
                    "it says %d nodes, %d relationships and state hash %x, it holds %d, %d and %x"
                            .formatted(
                                    foot.nodes(),
                                    foot.relationships(),
                                    foot.stateHash(),
                                    store.nodeCountAt(ts),
                                    store.relationshipCountAt(ts),
                                    store.stateHash()));
        }
    }
}
