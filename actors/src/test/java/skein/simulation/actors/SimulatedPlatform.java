package skein.simulation.actors;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.LogDisk;
import skein.storage.wal.Platform;

/** What a process on a simulated host stands on. */
final class SimulatedPlatform implements Platform {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedProcess process;
    private final SimulatedVolume volume;
    private final SimulatedVolume.Hardware hardware;

    SimulatedPlatform(SimulatedProcess process, SimulatedVolume volume, SimulatedVolume.Hardware hardware) {
        this.process = process;
        this.volume = volume;
        this.hardware = hardware;
    }

    @Override
    public LogDisk disk(Path directory) throws IOException {
        return volume.disk(directory, hardware);
    }

    @Override
    public DirectoryTree tree() {
        return volume.tree();
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return process.thread(name, work);
    }

    @Override
    public Executor worker(String name) {
        return new Worker(name);
    }

    private final class Worker implements Executor {
        private final String name;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean running;

        Worker(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable work) {
            waiting.add(work);
            if (!running) {
                running = true;
                thread(name, this::run).start();
            }
        }

        private void run() {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
            running = false;
        }
    }

    @Override
    public long nanoTime() {
        return process.host().nanos();
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        process.parkNanos(nanos);
    }

    @Override
    public Instant now() {
        return BEGINNING.plusNanos(process.host().nanos());
    }
}
