package skein.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import skein.storage.wal.SyncPolicy;

/** How fast a database that was closed is whole again: relationships a second from opening to open. */
final class RecoveryFigure implements Figure {
    private static final SyncPolicy SYNC = new SyncPolicy.Off();
    private static final long SEED = 5;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public void measure(EngineSettings settings, Report report) {
        report.line(
                "recovery",
                "%d nodes and %d relationships loaded by transactions of 10,000; sync policy %s",
                settings.nodes(),
                settings.relationships(),
                SYNC);
        long hash = load(settings);
        recover(settings, report, hash, "from the log");
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            long begin = System.nanoTime();
            main.snapshot();
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.line(
                    "recovery",
                    "snapshot written with nothing else to do: %.0f relationships/s, %.1f MiB",
                    settings.relationships() / seconds,
                    main.database().snapshotFiles().getFirst().bytes() / MEBIBYTE);
        }
        recover(settings, report, hash, "from a snapshot");
    }

    private static long load(EngineSettings settings) {
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            SocialGraph.createNodes(main, settings.nodes());
            SocialGraph.createRelationships(main, settings.nodes(), settings.relationships(), SEED);
            return main.database().stateHash();
        }
    }

    private static void recover(EngineSettings settings, Report report, long hash, String source) {
        long begin = System.nanoTime();
        long processorBegin = processorNanos();
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            double processorSeconds = (processorNanos() - processorBegin) / 1e9;
            report.line(
                    "recovery",
                    "%-15s %9.0f relationships/s  %.2f s, %.2f s of processor time  state hash %s",
                    source,
                    settings.relationships() / seconds,
                    seconds,
                    processorSeconds,
                    main.database().stateHash() == hash ? "as before" : "DIFFERS");
        }
    }

    /** Of the whole process, its collectors and compilers included. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
