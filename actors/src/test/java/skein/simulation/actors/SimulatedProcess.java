package skein.simulation.actors;

import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import skein.simulation.Host;
import skein.vocabulary.Invariant;

/**
 * One process on a host: its threads are virtual and take turns as the world says. When it ends, none of them ever runs
 * again.
 */
final class SimulatedProcess {
    private static final long TURN_NANOS_MIN = 1_000;
    private static final long TURN_NANOS_MAX = 20_000;
    private static final Constructor<?> BUILDER = builder();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** By number, for what an actor system makes by the name of its class. */
    private static final Map<Long, SimulatedProcess> RUNNING = new ConcurrentHashMap<>();

    private final Host host;
    private final Thread worldThread = Thread.currentThread();
    private final int incarnation;
    private final long number = NUMBERS.incrementAndGet();
    private final Executor turns = this::takeTurn;
    private final Consumer<Throwable> broken;

    /**
     * Of the present incarnation of the host.
     *
     * @param broken hears of what would make two runs of a seed differ
     */
    SimulatedProcess(Host host, Consumer<Throwable> broken) {
        this.host = host;
        this.broken = broken;
        this.incarnation = host.incarnation();
        RUNNING.put(number, this);
    }

    private static Constructor<?> builder() {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no virtual threads with a scheduler of one's own", e);
        }
    }

    static SimulatedProcess numbered(long number) {
        return Invariant.present(RUNNING.get(number), "process %d is gone", number);
    }

    long number() {
        return number;
    }

    Host host() {
        return host;
    }

    private boolean isAlive() {
        return host.incarnation() == incarnation;
    }

    private void takeTurn(Runnable turn) {
        if (!isAlive()) {
            return;
        }
        Thread caller = Thread.currentThread();
        if (!caller.isVirtual() && !caller.equals(worldThread)) {
            broken.accept(new IllegalStateException("a thread that is not of this world: " + caller));
        }
        host.afterTrue(host.world().random().nextLong(TURN_NANOS_MIN, TURN_NANOS_MAX), turn);
    }

    Thread thread(String name, Runnable work) {
        try {
            return ((Thread.Builder.OfVirtual) BUILDER.newInstance(turns))
                    .name(name)
                    .unstarted(work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    void start(Runnable work) {
        if (isAlive()) {
            thread(host.name(), work).start();
        }
    }

    /** The calling thread of this process waits so long, or until it is unparked. */
    void parkNanos(long hostNanos) {
        Thread waiting = Thread.currentThread();
        boolean[] over = {false};
        host.after(hostNanos, () -> {
            if (!over[0]) {
                LockSupport.unpark(waiting);
            }
        });
        LockSupport.park(this);
        over[0] = true;
    }

    /** The calling thread does nothing for so long. */
    void passNanos(long nanos) {
        Thread waiting = Thread.currentThread();
        boolean[] passed = {false};
        host.afterTrue(nanos, () -> {
            passed[0] = true;
            LockSupport.unpark(waiting);
        });
        while (!passed[0]) {
            LockSupport.park(this);
        }
    }

    void ended() {
        RUNNING.remove(number);
    }
}
