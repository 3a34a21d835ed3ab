package skein.hostile;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many turns a second, for whoever comes first. Turns that nobody took stay for a second, so that a hiccup is made
 * good. Thread-safe.
 */
final class Pace implements AutoCloseable {
    private static final int TICK_MILLIS = 10;

    private final Semaphore turns = new Semaphore(0);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Pace(int perSecond) {
        int perTick = perSecond * TICK_MILLIS / 1_000;
        var _ = clock.scheduleAtFixedRate(
                () -> {
                    if (turns.availablePermits() < perSecond) {
                        turns.release(perTick);
                    }
                },
                0,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    void awaitTurn() throws InterruptedException {
        turns.acquire();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
