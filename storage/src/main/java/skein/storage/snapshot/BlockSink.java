package skein.storage.snapshot;

import java.io.IOException;

/** Where the blocks of a snapshot go: a file, or a replica. Used by one thread. */
@FunctionalInterface
public interface BlockSink {
    void accept(SnapshotBlock block) throws IOException;
}
