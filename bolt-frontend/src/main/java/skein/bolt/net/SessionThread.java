package skein.bolt.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.bolt.core.Job;
import skein.bolt.core.JobOutcome;
import skein.bolt.packstream.Dialect;
import skein.session.Client;
import skein.session.QueryService;

/**
 * The virtual thread that does one connection's jobs, one after the other. {@link #start}, {@link #foresee},
 * {@link #interrupt} and {@link #finish} are called by the connection's event loop; the thread begins with the first
 * job.
 */
final class SessionThread {
    /** Takes the end of a job; called on the session's thread. */
    interface JobListener {
        /** @param rows rows of this job that are not sent yet, to go out before its answer */
        void ended(JobOutcome outcome, byte[] rows);

        /**
         * As {@link #ended}, of a query without columns and then of the job that was foreseen.
         *
         * @param next what the second outcome is of
         */
        void bothEnded(JobOutcome.Ran opened, Job next, JobOutcome outcome, byte[] rows);
    }

    /** What the thread does next; without a job it ends. */
    private record Task(@Nullable Job job, Dialect dialect) {}

    private final String name;
    private final JobListener listener;
    private final OutboundGate gate;
    private final RowBatch rows;
    private final JobRunner runner;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicReference<@Nullable Job> foreseen = new AtomicReference<>();
    private volatile boolean cancelled;
    private boolean begun;
    private boolean finishing;

    /** @param workInDoubt hears, from any thread, that the session's transaction may have been ended from outside */
    SessionThread(
            String name,
            QueryService queries,
            OutboundGate gate,
            RowBatch.BatchWriter out,
            JobListener listener,
            Runnable workInDoubt) {
        this.name = name;
        this.listener = listener;
        this.gate = gate;
        this.rows = new RowBatch(gate, this::isCancelled, out);
        this.runner = new JobRunner(name, queries, rows, this::isCancelled, workInDoubt, System::nanoTime);
    }

    /** From the next job on. */
    void serve(Client client) {
        runner.serve(client);
    }

    void start(Job job, Dialect dialect) {
        cancelled = false;
        foreseen.set(null);
        tasks.add(new Task(job, dialect));
        if (!begun) {
            begun = true;
            Thread.ofVirtual().name(name).start(this::work);
        }
    }

    /** This job is started when the running one has opened a result. */
    void foresee(Job job) {
        foreseen.set(job);
    }

    /**
     * Ends the running job early. One call may come before the job has reached the place where it can be interrupted,
     * so it is repeated until the job has ended.
     */
    void interrupt() {
        cancelled = true;
        gate.wake();
        runner.interrupt();
    }

    /** Ends the session and the thread once no job runs. */
    void finish() {
        if (finishing) {
            return;
        }
        finishing = true;
        if (begun) {
            tasks.add(new Task(null, Dialect.LEGACY));
        } else {
            ended.complete(null);
        }
    }

    /** Completes when the session is closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private boolean isCancelled() {
        return cancelled || runner.isWorkEnded();
    }

    /**
     * A query without columns has nothing to say before it is at its end, so it is gone on with at once: waking the
     * event loop and being woken by it takes longer than most of them.
     */
    private void work(Job job) {
        JobOutcome outcome = runner.run(job);
        Job next = foreseen.getAndSet(null);
        if (next != null
                && !cancelled
                && outcome instanceof JobOutcome.Ran ran
                && ran.columns().isEmpty()) {
            JobOutcome end = runner.run(next);
            listener.bothEnded(ran, next, end, rows.rest());
        } else {
            listener.ended(outcome, rows.rest());
        }
    }

    private void work() {
        try {
            for (Task task = tasks.take(); task.job() != null; task = tasks.take()) {
                rows.speak(task.dialect());
                work(task.job());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            runner.close();
            ended.complete(null);
        }
    }
}
