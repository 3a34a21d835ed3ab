package skein.storage.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A few threads for one piece of work, the caller among them; returns when all are done. */
final class Workers {
    private Workers() {}

    /** Runs the work once on each thread; throws what one of them threw. */
    static void each(int threads, IntConsumer work) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int number = i;
            others.add(Thread.ofPlatform()
                    .name("skein-recovery-" + i)
                    .daemon(true)
                    .start(() -> run(work, number, failure)));
        }
        run(work, 0, failure);
        others.forEach(Workers::join);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Shares pieces 0 to {@code count} among the threads. */
    static void share(int threads, int count, IntConsumer piece) {
        AtomicInteger next = new AtomicInteger();
        each(Math.min(threads, Math.max(1, count)), worker -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                piece.accept(i);
            }
        });
    }

    private static void run(IntConsumer work, int number, AtomicReference<@Nullable Throwable> failure) {
        try {
            work.accept(number);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
