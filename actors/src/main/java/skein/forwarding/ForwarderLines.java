package skein.forwarding;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import skein.link.LinkConnection;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.query.Forwarding;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The lines that a replica's MAIN has offered it; sessions take one each. Thread-safe. */
final class ForwarderLines implements Forwarding {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** No signal comes when a MAIN that is to end a transaction falls silent. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as all below. */
    private final Set<ForwarderLine> all = new LinkedHashSet<>();

    private final Deque<ForwarderLine> free = new ArrayDeque<>();

    /** A line that the role has taken: this instance obeys who offers it. */
    ForwarderLine add(LinkConnection connection, OfferForwarding offer) {
        ForwarderLine line = new ForwarderLine(connection, offer, this::isFree);
        lock.lock();
        try {
            all.add(line);
        } finally {
            lock.unlock();
        }
        isFree(line);
        return line;
    }

    private void isFree(ForwarderLine line) {
        lock.lock();
        try {
            if (all.contains(line)) {
                free.addFirst(line);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void ended(ForwarderLine line, String reason) {
        lock.lock();
        try {
            all.remove(line);
            free.remove(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        line.lost(reason);
    }

    /** Only this MAIN's lines, in this epoch, are used from now on. */
    void follow(MainIdentity main) {
        endThose(line -> !line.offeredBy().equals(main), "this instance follows another MAIN, or the same anew");
    }

    /** Whoever was obeyed is not obeyed any more, or is about not to be. */
    void endAll(String reason) {
        endThose(line -> true, reason);
    }

    private void endThose(Predicate<ForwarderLine> which, String reason) {
        List<ForwarderLine> gone = new ArrayList<>();
        lock.lock();
        try {
            all.stream().filter(which).forEach(gone::add);
        } finally {
            lock.unlock();
        }
        gone.forEach(line -> ended(line, reason));
    }

    @Override
    public Optional<Line> take() {
        Set<ForwarderLine> useless = new LinkedHashSet<>();
        try {
            return take(useless);
        } finally {
            // never under the lock: the link may be about to say something here, and waits for it
            useless.forEach(line -> ended(line, "the MAIN says nothing on it"));
        }
    }

    private Optional<Line> take(Set<ForwarderLine> useless) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (all.size() > useless.size()) {
                ForwarderLine line = next(useless);
                if (line != null) {
                    return Optional.of(line);
                }
                all.stream().filter(ForwarderLine::endsInSilence).forEach(useless::add);
                if (System.nanoTime() - end >= 0) {
                    throw busy();
                }
                if (all.size() > useless.size()) {
                    long _ = changed.awaitNanos(LOOK_AGAIN.toNanos());
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The line used last: the MAIN closes those that are not needed. */
    private @Nullable ForwarderLine next(Set<ForwarderLine> useless) {
        while (true) {
            ForwarderLine line = free.poll();
            if (line == null || line.take()) {
                return line;
            }
            useless.add(line);
        }
    }

    private static SkeinException busy() {
        return new SkeinException(
                ErrorCode.BUSY,
                "SKEIN-REPL-032: As many transactions as may be are being forwarded to the MAIN, and none has ended for "
                        + PATIENCE.toSeconds() + " s. Nothing was done. Try again; the MAIN's limit is"
                        + " --replication-forwarded-transactions-max.");
    }
}
