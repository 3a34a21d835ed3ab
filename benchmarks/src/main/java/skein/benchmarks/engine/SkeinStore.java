package skein.benchmarks.engine;

import java.nio.file.Path;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.wal.SyncPolicy;

/** This project's engine: one transaction that creates one node of one label and two properties. */
final class SkeinStore implements DurableStore {
    private static final long RECENT_BYTES = 8L << 20;

    private final LocalMain main;
    private final SyncPolicy sync;

    SkeinStore(Path directory, SyncPolicy sync) {
        this.sync = sync;
        this.main = LocalMain.open(directory, sync, RECENT_BYTES);
    }

    @Override
    public String name() {
        return "Skein";
    }

    @Override
    public String durability() {
        return "sync policy " + sync + ", group commit by arrival";
    }

    @Override
    public void commit(long key) {
        main.write(transaction -> {
            long node = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, SocialGraph.LABEL)});
            transaction.setNodeProperty(
                    node, transaction.tokenFor(NameKind.PROPERTY_KEY, SocialGraph.ID), Value.of(key));
            transaction.setNodeProperty(
                    node,
                    transaction.tokenFor(NameKind.PROPERTY_KEY, SocialGraph.NAME),
                    Value.of(SocialGraph.nameOf((int) key)));
        });
    }

    /** Writes a snapshot on the calling thread. */
    void snapshot() {
        main.snapshot();
    }

    @Override
    public void close() {
        main.close();
    }
}
