package skein.benchmarks.engine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import skein.storage.wal.SyncPolicy;

/**
 * What a snapshot costs those who write meanwhile: durable commits before, while a snapshot of the whole graph is
 * written, and afterwards; throughput, latency to p99.9, and what the JVM's collectors did.
 */
final class SnapshotFigure implements Figure {
    private static final SyncPolicy LOADING = new SyncPolicy.Off();
    private static final SyncPolicy SYNC = new SyncPolicy.EveryBatch();
    private static final long SEED = 7;
    private static final int ROUNDS = 3;

    @Override
    public void measure(EngineSettings settings, Report report) throws InterruptedException {
        report.line(
                "snapshot",
                "%d nodes and %d relationships, %d threads commit single nodes; sync policy %s",
                settings.nodes(),
                settings.relationships(),
                settings.sessions(),
                SYNC);
        try (LocalMain main = LocalMain.open(settings.directory(), LOADING, 0)) {
            SocialGraph.createNodes(main, settings.nodes());
            SocialGraph.createRelationships(main, settings.nodes(), settings.relationships(), SEED);
        }
        AtomicLong keys = new AtomicLong(settings.nodes());
        try (SkeinStore store = new SkeinStore(settings.directory(), SYNC)) {
            CommitLoad.run(store, keys, settings.sessions(), settings.time().dividedBy(2));
            for (int round = 1; round <= ROUNDS; round++) {
                measureRound(settings, report, store, keys);
            }
        }
    }

    private static void measureRound(EngineSettings settings, Report report, SkeinStore store, AtomicLong keys)
            throws InterruptedException {
        CommitLoad.Result without =
                reported(report, "without", () -> CommitLoad.run(store, keys, settings.sessions(), settings.time()));
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread snapshot = Thread.ofPlatform().name("snapshot").start(() -> {
            try {
                store.snapshot();
            } finally {
                writing.set(false);
            }
        });
        long begin = System.nanoTime();
        CommitLoad.Result during =
                reported(report, "during", () -> CommitLoad.run(store, keys, settings.sessions(), writing::get));
        double seconds = (System.nanoTime() - begin) / 1e9;
        snapshot.join();
        report.line(
                "snapshot",
                "took %.1f s; writers lost %.0f %% of their throughput",
                seconds,
                100 * (1 - during.perSecond() / without.perSecond()));
    }

    private static CommitLoad.Result reported(Report report, String when, Load load) throws InterruptedException {
        long collections = collections();
        long millis = collectionMillis();
        CommitLoad.Result result = load.run();
        report.line(
                "snapshot",
                "%-8s %s  %d collections, %d ms",
                when,
                result.describe(),
                collections() - collections,
                collectionMillis() - millis);
        return result;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** One measurement. */
    private interface Load {
        CommitLoad.Result run() throws InterruptedException;
    }
}
