package skein.bolt.core;

import skein.bolt.message.BoltResponse;
import skein.session.Client;

/** What the shell does, in the order given. */
public sealed interface ConnectionEffect {
    record Send(BoltResponse response) implements ConnectionEffect {}

    /** Begins a job; its end comes back as {@link ConnectionInput.JobEnded}. */
    record Start(Job job) implements ConnectionEffect {}

    /**
     * This job is started once the running one has opened a result, unless a RESET comes first: whoever runs jobs may
     * go on with it at once, and must forget it when another one is started.
     */
    record Foresee(Job job) implements ConnectionEffect {}

    /** Ends the running job early, from now on until it has ended. */
    record Interrupt() implements ConnectionEffect {}

    /**
     * The limits for strangers no longer hold.
     *
     * @param routed the client finds the MAIN by itself
     */
    record LoggedIn(Client.Identity identity, boolean routed) implements ConnectionEffect {}

    /** The limits for strangers hold again. */
    record LoggedOut() implements ConnectionEffect {}

    /** Sends what is on its way, closes the socket, and the session once no job runs. Always the last effect. */
    record Close() implements ConnectionEffect {}
}
