package skein.storage.wal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds every force of a {@link FaultDisk} until it is opened. */
final class ForceGate implements Runnable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    @Override
    public void run() {
        arrived.countDown();
        await(opened);
    }

    /** Returns when somebody waits at the gate. */
    void awaitArrival() {
        await(arrived);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
