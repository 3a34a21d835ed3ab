package skein.forwarding;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkConnection;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardedDone;
import skein.protocol.ForwardingProtocol.ForwardingAlive;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.query.Forwarding;
import skein.query.Forwarding.LineLost;

/**
 * The replica's end of a line. A session asks and waits; what the MAIN says comes from the link. Guarded by its own
 * lock.
 */
final class ForwarderLine implements Forwarding.Line {
    /** So many times the MAIN may be late with a sign of life. */
    private static final int SIGNS_MISSED_MAX = 4;

    /** Besides: what a busy machine may hold up. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long the MAIN may take to end what was cancelled. */
    private static final long CANCEL_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LinkConnection connection;
    private final OfferForwarding offer;
    private final Consumer<ForwarderLine> free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as all below. */
    private Stage stage = Stage.IDLE;

    private @Nullable FromCarrier answer;
    private @Nullable String lostBecause;
    private Runnable onLost = () -> {};
    private long heardNanos = System.nanoTime();

    private enum Stage {
        /** Nobody uses it. */
        IDLE,
        /** A session has it and asks nothing at the moment. */
        TAKEN,
        /** A session waits for an answer. */
        ASKING,
        /** The session has let go; the MAIN has yet to say that nothing is open any more. */
        ENDING
    }

    /** @param free hears that the line can be used again */
    ForwarderLine(LinkConnection connection, OfferForwarding offer, Consumer<ForwarderLine> free) {
        this.connection = connection;
        this.offer = offer;
        this.free = free;
    }

    /** Whose line it is. */
    MainIdentity offeredBy() {
        return offer.main();
    }

    /** From the link: a message, confirmed here. */
    void heard(FromCarrier message) {
        connection.confirm();
        boolean expected = true;
        boolean ended = false;
        lock.lock();
        try {
            heardNanos = System.nanoTime();
            if (message instanceof ForwardingAlive) {
                return;
            }
            switch (stage) {
                case ASKING -> {
                    stage = Stage.TAKEN;
                    answer = message;
                    changed.signalAll();
                }
                case ENDING -> {
                    ended = message instanceof ForwardedDone;
                    expected = ended;
                    stage = ended ? Stage.IDLE : stage;
                }
                case IDLE, TAKEN -> expected = false;
            }
        } finally {
            lock.unlock();
        }
        if (!expected) {
            connection.close();
        } else if (ended) {
            free.accept(this);
        }
    }

    /** The connection has ended, or is of no use any more. */
    void lost(String reason) {
        Runnable listener = null;
        lock.lock();
        try {
            if (lostBecause == null) {
                lostBecause = reason;
                listener = onLost;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        connection.close();
        if (listener != null) {
            listener.run();
        }
    }

    /** For a session; false when it cannot be used. */
    boolean take() {
        lock.lock();
        try {
            if (stage != Stage.IDLE || lostBecause != null || isSilent()) {
                return false;
            }
            stage = Stage.TAKEN;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no session has it, and the MAIN, which should say that nothing is open any more, says nothing at all. */
    boolean endsInSilence() {
        lock.lock();
        try {
            return stage == Stage.ENDING && isSilent();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSilent() {
        return silenceLeft() <= 0;
    }

    private long silenceLeft() {
        long limit = TimeUnit.MILLISECONDS.toNanos((long) SIGNS_MISSED_MAX * offer.aliveMillis()) + GRACE_NANOS;
        return limit - (System.nanoTime() - heardNanos);
    }

    @Override
    public FromCarrier ask(FromForwarder request) throws LineLost {
        boolean silent;
        lock.lock();
        try {
            requireThere();
            silent = isSilent();
            if (!silent) {
                stage = Stage.ASKING;
                answer = null;
            }
        } finally {
            lock.unlock();
        }
        if (silent) {
            giveUp(false);
        }
        connection.send(request);
        return awaitAnswer();
    }

    private FromCarrier awaitAnswer() throws LineLost {
        long cancelledNanos = Long.MAX_VALUE;
        while (true) {
            boolean silent = false;
            boolean interrupted = false;
            lock.lock();
            try {
                FromCarrier given = answer;
                if (given != null) {
                    return given;
                }
                requireThere(true);
                long left = patience(cancelledNanos);
                silent = left <= 0;
                if (!silent) {
                    long _ = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                lock.unlock();
            }
            if (silent) {
                giveUp(true);
            }
            if (interrupted) {
                // the session's client wants no more of it; who interrupts does so again and again
                connection.send(new ForwardCancel());
                cancelledNanos = Math.min(cancelledNanos, System.nanoTime());
            }
        }
    }

    private long patience(long cancelledNanos) {
        return cancelledNanos == Long.MAX_VALUE
                ? silenceLeft()
                : Math.min(silenceLeft(), CANCEL_PATIENCE_NANOS - (System.nanoTime() - cancelledNanos));
    }

    /** Never under the lock: the link may be about to say something here, and waits for it. */
    private void giveUp(boolean asked) throws LineLost {
        lost("it says nothing");
        requireThere(asked);
    }

    @Override
    public void requireThere() throws LineLost {
        requireThere(false);
    }

    private void requireThere(boolean asked) throws LineLost {
        lock.lock();
        try {
            String reason = lostBecause;
            if (reason != null) {
                throw new LineLost(reason, asked);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String main() {
        return offer.main().name() + " (" + offer.main().bolt() + ")";
    }

    @Override
    public void onLost(Runnable listener) {
        boolean already;
        lock.lock();
        try {
            onLost = listener;
            already = lostBecause != null;
        } finally {
            lock.unlock();
        }
        if (already) {
            listener.run();
        }
    }

    @Override
    public void release(boolean open) {
        boolean roll = false;
        boolean ended = false;
        lock.lock();
        try {
            onLost = () -> {};
            if (lostBecause != null) {
                return;
            }
            if (stage == Stage.TAKEN) {
                roll = open;
                ended = !open;
                stage = open ? Stage.ENDING : Stage.IDLE;
            }
        } finally {
            lock.unlock();
        }
        if (roll) {
            connection.send(new ForwardEnd(false));
        } else if (ended) {
            free.accept(this);
        } else {
            // an answer is still to come, for a session that is gone
            connection.close();
        }
    }
}
