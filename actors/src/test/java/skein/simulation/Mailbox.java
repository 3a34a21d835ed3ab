package skein.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is told to one confined thing: in order, one at a time, each taking its time, beside all other mailboxes. */
public final class Mailbox {
    private static final long TURN_NANOS_MIN = 1_000;
    private static final long TURN_NANOS_MAX = 20_000;

    private final Host host;
    private final Deque<Runnable> messages = new ArrayDeque<>();
    private boolean scheduled;
    private boolean held;
    private boolean closed;
    private int longest;

    public Mailbox(Host host) {
        this.host = host;
    }

    public void tell(Runnable message) {
        if (closed) {
            return;
        }
        messages.add(message);
        longest = Math.max(longest, messages.size());
        schedule();
    }

    private void schedule() {
        if (!scheduled && !held && !messages.isEmpty()) {
            scheduled = true;
            host.afterTrue(host.world().random().nextLong(TURN_NANOS_MIN, TURN_NANOS_MAX), this::turn);
        }
    }

    private void turn() {
        scheduled = false;
        if (!held) {
            Runnable next = messages.poll();
            if (next != null) {
                next.run();
            }
        }
        schedule();
    }

    /** Messages wait until {@link #release}: an event is being persisted. */
    public void hold() {
        held = true;
    }

    public void release() {
        held = false;
        schedule();
    }

    /** Nothing is heard any more. */
    public void close() {
        closed = true;
        messages.clear();
    }

    /** The most that ever waited. */
    public int longest() {
        return longest;
    }
}
