package skein.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Time, chance and order of one run. Events happen by time; those of the same moment in an order that the seed decides.
 */
public final class World {
    private final RandomGenerator random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Trace trace;
    private final Probes probes;
    private final long seed;
    private final Thread thread = Thread.currentThread();
    private long nanos;
    private long scheduled;

    private record Event(long nanos, int tie, long number, Runnable work) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            if (nanos != other.nanos) {
                return Long.compare(nanos, other.nanos);
            }
            return tie != other.tie ? Integer.compare(tie, other.tie) : Long.compare(number, other.number);
        }
    }

    public World(long seed, Probes probes) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.probes = probes;
        this.trace = new Trace(this);
    }

    public long seed() {
        return seed;
    }

    /** The true time since the run began; hosts have clocks of their own. */
    public long nanos() {
        return nanos;
    }

    public RandomGenerator random() {
        return random;
    }

    public Trace trace() {
        return trace;
    }

    /** How many events have been scheduled so far. */
    public long scheduled() {
        return scheduled;
    }

    public void reached(Probe probe) {
        probes.reached(probe);
    }

    /** Runs the work so long from now. */
    public void after(long delayNanos, Runnable work) {
        Thread caller = Thread.currentThread();
        if (!caller.isVirtual() && !caller.equals(thread)) {
            throw new IllegalStateException("a thread that is not of this world: " + caller);
        }
        events.add(new Event(nanos + Math.max(0, delayNanos), random.nextInt(), scheduled++, work));
    }

    /** Does what comes next; false when nothing does. */
    public boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        nanos = next.nanos();
        next.work().run();
        return true;
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Between the two, with short ones more likely than long ones. */
    public long around(long min, long max) {
        double share = random.nextDouble();
        return min + (long) ((max - min) * share * share);
    }

    public UUID freshId() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
