package skein.bolt.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares the event loops' time among connections that send without end. A connection has a turn of so many requests,
 * then the others have theirs.
 *
 * <p>Requests that begin work are held up by it. What is answered at once, RESET above all, costs its sender nothing,
 * so connections that fill their turns with nothing else share one rate: each pauses the longer, the more they are.
 * Thread-safe; a {@link Share} belongs to its connection's event loop.
 */
final class Turns {
    static final int REQUESTS_A_TURN = 100;
    /** The pause after a turn; for floods, times their number: 100,000 requests a second for all of them together. */
    static final long PAUSE_MILLIS = 1;

    static final long PAUSE_MILLIS_MAX = 1_000;

    private final AtomicInteger floods = new AtomicInteger();

    Share share() {
        return new Share();
    }

    /** Connections that fill their turns with nothing but what is answered at once. */
    int floods() {
        return floods.get();
    }

    /** One connection's. */
    final class Share {
        private int requests;
        private boolean hasWork;
        private boolean flood;

        private Share() {}

        void begin(boolean atWork) {
            requests = 0;
            hasWork = atWork;
        }

        /** Counts one more request; whether it was the last of this turn. */
        boolean isOver() {
            requests++;
            return requests >= REQUESTS_A_TURN;
        }

        /** A job begins. */
        void work() {
            hasWork = true;
        }

        /** How long the others have their turn. */
        long pauseMillis() {
            count(!hasWork);
            return flood ? Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS * floods.get()) : PAUSE_MILLIS;
        }

        /** Nothing is left to be read, or will be. */
        void rest() {
            count(false);
        }

        private void count(boolean isFlood) {
            if (flood != isFlood) {
                flood = isFlood;
                floods.addAndGet(isFlood ? 1 : -1);
            }
        }
    }
}
