package skein.management.core;

import skein.protocol.ManagementProtocol.FromInstance;
import skein.replication.core.WriteGrant;

/** What the {@link ManagementCore} asks for, in this order. */
public sealed interface ManagementEffect {
    /** Before anything else happens: clients may write as this says. */
    record Grant(WriteGrant grant) implements ManagementEffect {}

    /** Have the role take this step; answer Answered with its number. */
    record Take(long number, RoleStep step) implements ManagementEffect {}

    record Send(long connection, FromInstance message) implements ManagementEffect {}

    /** Step with Looked no later than this. Replaces what was asked before. */
    record WakeAt(long nanos) implements ManagementEffect {}
}
