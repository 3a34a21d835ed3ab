package skein.query;

import java.util.Optional;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.FromForwarder;

/** The way of transactions to the MAIN, from an instance that takes no writes itself. Thread-safe. */
public interface Forwarding {
    /** An instance that forwards nothing. */
    Forwarding NONE = Optional::empty;

    /**
     * A line that nobody else uses until it is released. Empty when there is no way: forwarding is not wanted, or no
     * MAIN offers it. BUSY when all are taken and stay so for a while.
     */
    Optional<Line> take();

    /**
     * A connection to the MAIN on which one transaction after the other is carried out. Used by one session at a time.
     */
    interface Line {
        /**
         * Sends a request and waits for its answer. An interruption of the waiting thread is passed on as a
         * cancellation and the answer still waited for, but not for long. The wait is bounded: a MAIN that is silent is
         * given up.
         */
        FromCarrier ask(FromForwarder request) throws LineLost;

        /** Where the MAIN is, for people. */
        String main();

        /** From now on the listener hears, on any thread, when the line is lost. */
        void onLost(Runnable listener);

        /** Fails when the line is lost. */
        void requireThere() throws LineLost;

        /**
         * Others may use it. Does not wait.
         *
         * @param open perhaps something is still open on the MAIN: it is rolled back first
         */
        void release(boolean open);
    }

    /** The connection has ended, or the MAIN is silent: what was asked last, if anything, will never be answered. */
    final class LineLost extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean asked;

        /** @param asked a request was sent and has no answer */
        public LineLost(String detail, boolean asked) {
            super(detail);
            this.asked = asked;
        }

        /** False when nothing had been sent: then nothing came of it. */
        boolean isAsked() {
            return asked;
        }

        /** Why, for people. */
        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
