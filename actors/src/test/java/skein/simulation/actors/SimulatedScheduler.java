package skein.simulation.actors;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Timers of a simulated process, by the clock of its host; named in the configuration. */
public final class SimulatedScheduler extends AbstractScheduler {
    private final SimulatedProcess process;

    /** The constructor that an actor system looks for. */
    public SimulatedScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this.process = SimulatedProcess.numbered(config.getLong("simulated-process"));
    }

    private static final class Timer implements Cancellable {
        private boolean cancelled;
        private boolean done;

        @Override
        public boolean cancel() {
            boolean could = !cancelled && !done;
            cancelled = true;
            return could;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    @Override
    @Deprecated // but what all other repetitions are built on
    public Cancellable schedule(
            FiniteDuration initial, FiniteDuration interval, Runnable work, ExecutionContext executor) {
        Timer timer = new Timer();
        again(timer, initial.toNanos(), interval.toNanos(), work, executor);
        return timer;
    }

    private void again(Timer timer, long delay, long interval, Runnable work, ExecutionContext executor) {
        process.host().after(delay, () -> {
            if (!timer.cancelled) {
                executor.execute(work);
                again(timer, interval, interval, work, executor);
            }
        });
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable work, ExecutionContext executor) {
        Timer timer = new Timer();
        process.host().after(delay.toNanos(), () -> {
            if (!timer.cancelled) {
                timer.done = true;
                executor.execute(work);
            }
        });
        return timer;
    }

    @Override
    public double maxFrequency() {
        return 1_000;
    }
}
