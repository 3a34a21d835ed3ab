package skein.storage;

import java.util.concurrent.atomic.AtomicLong;

/** Tells a listener at most once a second. Safe for several threads. */
final class ProgressMeter {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final LogListener listener;
    private final RecoveryProgress.Part part;
    private final long total;
    private final long begunNanos = System.nanoTime();
    private final AtomicLong toldNanos = new AtomicLong(begunNanos);

    ProgressMeter(LogListener listener, RecoveryProgress.Part part, long total) {
        this.listener = listener;
        this.part = part;
        this.total = total;
    }

    void reached(long done) {
        long now = System.nanoTime();
        long told = toldNanos.get();
        if (now - told >= INTERVAL_NANOS && toldNanos.compareAndSet(told, now)) {
            double perSecond = done * (double) INTERVAL_NANOS / (now - begunNanos);
            listener.recovering(new RecoveryProgress(part, done, total, perSecond));
        }
    }
}
