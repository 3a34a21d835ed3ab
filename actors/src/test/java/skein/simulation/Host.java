package skein.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A machine with one process on it: it can be killed, lose power, stand still, and has a clock that goes wrong. What a
 * process had planned dies with it; what comes while it stands still waits.
 */
public final class Host {
    private final World world;
    private final String name;
    private final int index;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean up;
    private boolean paused;
    private int incarnation;
    private int pauses;
    private double clockRate = 1;
    private long clockNanos;
    private long clockReadNanos;

    public Host(World world, String name, int index) {
        this.world = world;
        this.name = name;
        this.index = index;
    }

    public String name() {
        return name;
    }

    public int index() {
        return index;
    }

    public boolean isUp() {
        return up;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Up and not standing still. */
    public boolean isRunning() {
        return up && !paused;
    }

    /** Tells processes of this host apart. */
    public int incarnation() {
        return incarnation;
    }

    public World world() {
        return world;
    }

    /** Monotonic time of this host. */
    public long nanos() {
        clockNanos += (long) ((world.nanos() - clockReadNanos) * clockRate);
        clockReadNanos = world.nanos();
        return clockNanos;
    }

    /** How fast its clock goes from now on, 1 for true time. */
    public void clockRate(double rate) {
        nanos();
        clockRate = rate;
    }

    /** As after a pause of the virtual machine that nothing else noticed. */
    public void jumpClock(long forwardNanos) {
        nanos();
        clockNanos += forwardNanos;
    }

    public void start() {
        up = true;
        incarnation++;
    }

    /** The process is gone, and with it everything that it had planned. */
    public void stop() {
        up = false;
        paused = false;
        pauses++;
        incarnation++;
        waiting.clear();
    }

    /** Runs the work of the present process so long from now by its own clock, unless it ends before. */
    public void after(long hostNanos, Runnable work) {
        afterTrue((long) (hostNanos / clockRate), work);
    }

    /** As above, by true time: what hardware does. */
    public void afterTrue(long delayNanos, Runnable work) {
        int mine = incarnation;
        world.after(delayNanos, () -> {
            if (incarnation == mine) {
                run(work);
            }
        });
    }

    /** Now, or once it goes on. */
    public void run(Runnable work) {
        if (paused) {
            waiting.add(work);
        } else {
            work.run();
        }
    }

    public void pause(long forNanos) {
        if (!isRunning()) {
            return;
        }
        paused = true;
        int mine = ++pauses;
        world.after(forNanos, () -> {
            if (pauses == mine) {
                resume();
            }
        });
    }

    /** Goes on with what came meanwhile. */
    public void resume() {
        if (!paused) {
            return;
        }
        paused = false;
        pauses++;
        Deque<Runnable> came = new ArrayDeque<>(waiting);
        waiting.clear();
        while (!came.isEmpty() && up && !paused) {
            came.poll().run();
        }
        if (paused) {
            came.addAll(waiting);
            waiting.clear();
            waiting.addAll(came);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
