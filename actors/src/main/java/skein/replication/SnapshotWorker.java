package skein.replication;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.query.SnapshotService;
import skein.storage.Database;
import skein.storage.SnapshotJob;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.wal.Platform;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.SkeinException;

/**
 * Takes the snapshots of one database: on schedule, when a session asks, and at the end. Whoever wants one waits; the
 * writing is done on a platform thread of its own, because it keeps a processor busy. A snapshot that cannot be written
 * is logged and remembered, and concerns nobody else. Thread-safe.
 */
final class SnapshotWorker implements SnapshotService {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWorker.class);

    /** The clock is looked at this often, so that a change of it is noticed. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(30);

    private final Supplier<DatabaseName> name;
    private final Supplier<Database> current;
    private final SnapshotPolicy policy;
    private final Platform platform;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread timer;
    private volatile @Nullable ZonedDateTime due;
    private volatile @Nullable String failure;

    SnapshotWorker(Supplier<DatabaseName> name, Supplier<Database> current, SnapshotPolicy policy, Platform platform) {
        this.name = name;
        this.current = current;
        this.policy = policy;
        this.platform = platform;
        this.due = policy.schedule().after(now()).orElse(null);
        this.timer = Thread.ofVirtual().name("skein-snapshot-timer").unstarted(this::keepTime);
    }

    /** Cron expressions mean the zone of the process. */
    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }

    /** Nobody keeps time where nothing is due. */
    void start() {
        if (due != null) {
            timer.start();
        }
    }

    private void keepTime() {
        try {
            for (ZonedDateTime next = due; next != null; next = due) {
                if (isClosedBefore(next)) {
                    return;
                }
                if (current.get().snapshotWouldTell()) {
                    takeQuietly();
                }
                due = policy.schedule().after(now()).orElse(null);
            }
        } catch (InterruptedException e) {
            // nobody interrupts it but the end of the process
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosedBefore(ZonedDateTime time) throws InterruptedException {
        while (true) {
            Duration left = Duration.between(now(), time);
            if (!left.isPositive()) {
                return closed.getCount() == 0;
            }
            long millis = Math.min(left.toMillis() + 1, LOOK_INTERVAL.toMillis());
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
    }

    /**
     * No more on schedule; with a last one if that is wanted and something changed. The database is closed afterwards.
     */
    void end(boolean instanceStops) {
        closed.countDown();
        if (instanceStops && policy.onExit() && current.get().snapshotWouldTell()) {
            takeQuietly();
        }
    }

    private void takeQuietly() {
        try {
            create();
        } catch (RuntimeException e) {
            // logged already; the next one may succeed, and the log has everything
            failure = String.valueOf(e.getMessage());
        }
    }

    @Override
    public Snapshot create() {
        SnapshotJob job = current.get().beginSnapshot();
        CompletableFuture<SnapshotJob.Written> written = new CompletableFuture<>();
        platform.thread("skein-snapshot", () -> run(job, written)).start();
        try {
            return shown(written.join().file());
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkeinException expected ? expected : e;
        }
    }

    private void run(SnapshotJob job, CompletableFuture<SnapshotJob.Written> written) {
        long begun = platform.nanoTime();
        try (job) {
            SnapshotJob.Written result = job.run();
            failure = null;
            LOG.info(
                    "snapshot of {} at record {}: {} bytes in {} ms",
                    name.get(),
                    job.lsn(),
                    result.file().bytes(),
                    TimeUnit.NANOSECONDS.toMillis(platform.nanoTime() - begun));
            result.leftover().ifPresent(reason -> LOG.warn("{}", reason.getMessage()));
            job.close();
            written.complete(result);
        } catch (RuntimeException | Error e) {
            failure = String.valueOf(e.getMessage());
            LOG.warn("no snapshot of {} at record {}: {}", name.get(), job.lsn(), e.getMessage());
            job.close();
            written.completeExceptionally(e);
        }
    }

    private static Snapshot shown(SnapshotFile file) {
        Instant created = Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(file.createdMicros()));
        return new Snapshot(file.path(), file.lsn(), created, file.bytes());
    }

    @Override
    public List<Snapshot> list() {
        return current.get().snapshotFiles().stream().map(SnapshotWorker::shown).toList();
    }

    @Override
    public Optional<Due> next() {
        ZonedDateTime next = due;
        return next == null
                ? Optional.empty()
                : Optional.of(new Due(current.get().nextSnapshotPath(), next.toInstant()));
    }

    @Override
    public Optional<String> latestFailure() {
        return Optional.ofNullable(failure);
    }
}
