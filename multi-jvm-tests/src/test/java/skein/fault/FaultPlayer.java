package skein.fault;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays a schedule on some proxies, over and over until it is closed; leaves good weather behind. */
public final class FaultPlayer implements AutoCloseable {
    private final FaultSchedule schedule;
    private final List<FaultProxy> links;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger struck = new AtomicInteger();
    private final List<Spell> spells = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /** While a fault was on, by {@link System#nanoTime}. */
    private record Spell(long fromNanos, long toNanos) {}

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
            long from = System.nanoTime();
            step.fault().strike(link, random);
            struck.incrementAndGet();
            pause(step.millis() / step.flaps());
            link.heal();
            spells.add(new Spell(from, System.nanoTime()));
            pause(step.calmMillis() / step.flaps());
        }
    }

    private void pause(int millis) throws InterruptedException {
        boolean _ = ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Whether a fault that is over was on at some time between these two, by {@link System#nanoTime}. */
    public boolean wasOn(long fromNanos, long toNanos) {
        // they come one after the other
        int low = 0;
        int high = spells.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spells.get(middle).toNanos() - fromNanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < spells.size() && spells.get(low).fromNanos() - toNanos <= 0;
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
