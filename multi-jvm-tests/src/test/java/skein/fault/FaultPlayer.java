package skein.fault;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays a schedule on some proxies, over and over until it is closed; leaves good weather behind. */
public final class FaultPlayer implements AutoCloseable {
    private final FaultSchedule schedule;
    private final List<FaultProxy> links;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger struck = new AtomicInteger();
    private final Thread thread;

    public FaultPlayer(FaultSchedule schedule, List<FaultProxy> links) {
        this.schedule = schedule;
        this.links = List.copyOf(links);
        this.thread = Thread.ofVirtual().name("fault-player").start(this::play);
    }

    private void play() {
        try {
            while (ended.getCount() > 0) {
                for (FaultSchedule.Step step : schedule.steps()) {
                    play(step, links.get(step.link()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(FaultSchedule.Step step, FaultProxy link) throws InterruptedException {
        Random random = new Random(step.seed());
        for (int flap = 0; flap < step.flaps() && ended.getCount() > 0; flap++) {
            step.fault().strike(link, random);
            struck.incrementAndGet();
            pause(step.millis() / step.flaps());
            link.heal();
            pause(step.calmMillis() / step.flaps());
        }
    }

    private void pause(int millis) throws InterruptedException {
        boolean _ = ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** How many faults have begun. */
    public int struck() {
        return struck.get();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(FaultProxy::heal);
    }
}
