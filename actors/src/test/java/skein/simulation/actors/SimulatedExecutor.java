package skein.simulation.actors;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** What runs the actors of a simulated process; named in the configuration of its dispatchers. */
public final class SimulatedExecutor extends ExecutorServiceConfigurator {
    private final SimulatedProcess process;

    public SimulatedExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.process = SimulatedProcess.numbered(config.getLong("simulated-process"));
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
        return () -> new Turns(process);
    }

    private static final class Turns extends AbstractExecutorService {
        private final SimulatedProcess process;
        private volatile boolean shutdown;

        Turns(SimulatedProcess process) {
            this.process = process;
        }

        @Override
        public void execute(Runnable command) {
            process.start(command);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    /** For {@link ExecutorService} users that ask. */
    static String className() {
        return SimulatedExecutor.class.getName();
    }
}
