package skein.replication.core;

import skein.vocabulary.ReplicaName;

/** What a {@link RelayCore} asks for. */
public sealed interface RelayEffect {
    /** Tell every stream that records up to here may be sent, as decided. */
    record PassOn(long lsn) implements RelayEffect {}

    /** Apply everything up to here. */
    record ApplyNow(long lsn) implements RelayEffect {}

    /** What this replica may say to be applied has risen: tell whoever streams to it. */
    record Confirm() implements RelayEffect {}

    /** Nothing waits for this replica any more until it has caught up again: tell its stream. */
    record LeaveSync(ReplicaName replica) implements RelayEffect {}

    /** Step with Tick no later than this. Replaces what was asked before. */
    record WakeAt(long nanos) implements RelayEffect {}
}
