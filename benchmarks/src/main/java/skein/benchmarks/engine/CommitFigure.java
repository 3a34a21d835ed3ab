package skein.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import skein.benchmarks.Disk;
import skein.storage.wal.SyncPolicy;

/**
 * Durable commits a second, beside the disk and beside other engines on the same disk: in each round every engine
 * commits for the same time from the same number of threads, after the disk's own rate of forced writes was measured.
 */
final class CommitFigure implements Figure {
    private static final int ROUNDS = 3;

    @Override
    public void measure(EngineSettings settings, Report report) throws IOException, InterruptedException {
        Path directory = settings.directory();
        report.line("commits", "%d threads, each commit durable by itself, %d rounds", settings.sessions(), ROUNDS);
        List<Running> stores = List.of(
                new Running(new SkeinStore(made(directory, "skein"), new SyncPolicy.EveryBatch())),
                new Running(new RocksStore(made(directory, "rocksdb"))),
                new Running(new MvStore(made(directory, "mvstore"))));
        try {
            for (Running running : stores) {
                report.line("commits", "%s: %s", running.store.name(), running.store.durability());
                CommitLoad.run(
                        running.store,
                        running.keys,
                        settings.sessions(),
                        settings.time().dividedBy(2));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                double forces = Disk.forcesPerSecond(directory, settings.time().dividedBy(5));
                report.line("commits", "round %d  %-22s %9.0f forced writes/s, one thread", round, "the disk", forces);
                for (Running running : stores) {
                    CommitLoad.Result result =
                            CommitLoad.run(running.store, running.keys, settings.sessions(), settings.time());
                    report.line("commits", "round %d  %-22s %s", round, running.store.name(), result.describe());
                }
            }
        } finally {
            stores.forEach(running -> running.store.close());
        }
    }

    private static Path made(Path directory, String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private record Running(DurableStore store, AtomicLong keys) {
        private Running(DurableStore store) {
            this(store, new AtomicLong());
        }
    }
}
