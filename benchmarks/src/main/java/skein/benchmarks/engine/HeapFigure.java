package skein.benchmarks.engine;

import skein.storage.wal.SyncPolicy;

/**
 * Bytes of live heap for a node and for a bare relationship: used heap after full collections, less what was used
 * before, over the number of entities; as loaded by transactions, and again after recovery. The log's window of recent
 * records (8 MiB by default, the same for any graph) is set to nothing here.
 */
final class HeapFigure implements Figure {
    private static final SyncPolicy SYNC = new SyncPolicy.Off();
    private static final long SEED = 3;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public void measure(EngineSettings settings, Report report) {
        report.line(
                "heap",
                "%d nodes (1 label, 2 small properties, label index), %d bare relationships; sync policy %s",
                settings.nodes(),
                settings.relationships(),
                SYNC);
        long none = Heap.liveBytes();
        long withNodes;
        try (LocalMain main = open(settings)) {
            long begin = System.nanoTime();
            SocialGraph.createNodes(main, settings.nodes());
            double seconds = (System.nanoTime() - begin) / 1e9;
            withNodes = Heap.liveBytes();
            perNode(report, "loaded", withNodes - none, settings);
            report.line("load", "%.0f nodes/s by transactions of 10,000", settings.nodes() / seconds);
        }
        try (LocalMain main = open(settings)) {
            long recovered = Heap.liveBytes();
            perNode(report, "recovered", recovered - none, settings);
            long begin = System.nanoTime();
            SocialGraph.createRelationships(main, settings.nodes(), settings.relationships(), SEED);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long loaded = Heap.liveBytes();
            perRelationship(report, "loaded", loaded - recovered, settings);
            report.line("load", "%.0f relationships/s by transactions of 10,000", settings.relationships() / seconds);
        }
        try (LocalMain main = open(settings)) {
            long recovered = Heap.liveBytes();
            perRelationship(report, "recovered", recovered - withNodes, settings);
            report.line(
                    "heap",
                    "in all %.1f MiB above the empty process, record %d",
                    (recovered - none) / MEBIBYTE,
                    main.database().appliedLsn());
        }
    }

    private static LocalMain open(EngineSettings settings) {
        return LocalMain.open(settings.directory(), SYNC, 0);
    }

    private static void perNode(Report report, String how, long bytes, EngineSettings settings) {
        report.line("heap", "%-9s %6.1f bytes/node", how, (double) bytes / settings.nodes());
    }

    private static void perRelationship(Report report, String how, long bytes, EngineSettings settings) {
        report.line("heap", "%-9s %6.1f bytes/relationship", how, (double) bytes / settings.relationships());
    }
}
