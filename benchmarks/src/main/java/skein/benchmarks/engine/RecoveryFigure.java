package skein.benchmarks.engine;

import skein.storage.wal.SyncPolicy;

/** How fast a database that was closed is whole again: relationships a second from opening to open. */
final class RecoveryFigure implements Figure {
    private static final SyncPolicy SYNC = new SyncPolicy.Off();
    private static final long SEED = 5;

    @Override
    public void measure(EngineSettings settings, Report report) {
        report.line(
                "recovery",
                "%d nodes and %d relationships from the log, transactions of 10,000; sync policy %s",
                settings.nodes(),
                settings.relationships(),
                SYNC);
        long hash;
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            SocialGraph.createNodes(main, settings.nodes());
            SocialGraph.createRelationships(main, settings.nodes(), settings.relationships(), SEED);
            hash = main.database().stateHash();
        }
        long begin = System.nanoTime();
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.line(
                    "recovery",
                    "from the log  %9.0f relationships/s  %.2f s  state hash %s",
                    settings.relationships() / seconds,
                    seconds,
                    main.database().stateHash() == hash ? "as before" : "DIFFERS");
        }
    }
}
