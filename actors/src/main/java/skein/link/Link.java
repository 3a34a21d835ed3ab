package skein.link;

import java.util.concurrent.CompletionStage;
import skein.vocabulary.HostPort;

/**
 * Opens connections to other instances and listens for theirs; one per instance, thread-safe. Ports are opened and
 * closed at run time. Implementations: TCP with Kryo frames, and an in-memory one for tests and simulation.
 */
public interface Link {
    /**
     * Starts to connect; returns at once. The name is resolved now, not earlier. The listener hears either
     * {@code opened} and later {@code closed}, or {@code closed} alone (UNREACHABLE).
     *
     * @return closes the connection, or gives up the attempt
     */
    LinkHandle connect(HostPort address, LinkListener listener);

    /**
     * Listens.
     *
     * @param address port 0 for any free port
     * @return completes when the port accepts connections; fails with a {@link skein.vocabulary.SkeinException}
     *     (CONFIGURATION) that says why it cannot, for example because the port is in use
     */
    CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor);

    /** Makes the listener of one accepted connection; called before anything is read from it. */
    interface LinkAcceptor {
        LinkListener accept(HostPort remote);
    }

    /** An attempt or a connection that can be given up. */
    interface LinkHandle {
        /** Idempotent; the listener hears {@code closed} (LOCAL). */
        void close();
    }

    /** An open port. */
    interface LinkPort {
        /** As asked for, with the real port. */
        HostPort address();

        /** Stops listening and closes every accepted connection; completes when the port is free again. */
        CompletionStage<Void> close();
    }
}
