package skein.coordination.core;

import skein.protocol.CoordinatorProtocol.Request;

/**
 * A request that was not answered yet.
 *
 * @param deadline when it is answered, whatever has become of it
 */
record Ask(Request request, long deadline, boolean relayed, Stage stage) {
    sealed interface Stage {}

    /** Nothing was done. */
    record Waiting() implements Stage {}

    /** It waits until the MAIN before cannot take writes any more. Nothing was done. */
    record WaitingForLease() implements Stage {}

    /** Raft was asked to commit it, or the leader to carry it out: it may happen. */
    record UnderWay() implements Stage {}

    /** Nothing is changed by it. */
    record Reading() implements Stage {}

    record HandingOver() implements Stage {}

    /** It is committed that somebody is MAIN in this reign; the answer waits until the reign is open. */
    record Opening(long reign) implements Stage {}

    Ask in(Stage next) {
        return new Ask(request, deadline, relayed, next);
    }
}
