package skein.management.core;

import skein.protocol.ManagementProtocol.Assignment;

/** What the {@link ManagementCore} hears. */
public sealed interface ManagementInput {
    /** @param connection tells connections apart; above 0 */
    record Assigned(long connection, Assignment assignment) implements ManagementInput {}

    /** A connection has ended. */
    record Disconnected(long connection) implements ManagementInput {}

    /** Something may have changed, or time has passed. */
    record Looked() implements ManagementInput {}

    /**
     * What became of a step.
     *
     * @param number of the step
     * @param trouble why it was not taken; empty when it was
     */
    record Answered(long number, String trouble) implements ManagementInput {}

    /** The instance was asked to end: somebody else is to be MAIN first. */
    record Leaving() implements ManagementInput {}
}
