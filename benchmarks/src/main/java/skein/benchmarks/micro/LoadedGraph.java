package skein.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import skein.benchmarks.engine.LocalMain;
import skein.benchmarks.engine.SocialGraph;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.SyncPolicy;

/** A graph in a directory that goes with it. */
final class LoadedGraph implements AutoCloseable {
    private static final long SEED = 3;

    private final Path directory;
    private final LocalMain main;

    /** Nodes, the index on their id, and relationships evenly at random. */
    LoadedGraph(int nodes, int relationships) throws IOException {
        directory = Files.createTempDirectory("skein-jmh-");
        main = LocalMain.open(directory, new SyncPolicy.Off(), 0);
        SocialGraph.createNodes(main, nodes);
        SocialGraph.createIndex(main);
        SocialGraph.createRelationships(main, nodes, relationships, SEED);
    }

    StoreTransaction begin() {
        return main.database().begin(AccessMode.READ);
    }

    @Override
    public void close() throws IOException {
        main.close();
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
