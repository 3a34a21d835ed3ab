package skein.replication.core;

import java.nio.ByteBuffer;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.vocabulary.LogPosition;

/** What a {@link FollowerCore} asks for. */
public sealed interface FollowerEffect {
    record Send(long connection, FromReplica message) implements FollowerEffect {}

    /** Close after what was sent. */
    record HangUp(long connection) implements FollowerEffect {}

    /** Drop every record after this one, durably, before anything that follows. */
    record Truncate(long lsn) implements FollowerEffect {}

    /** Hand records to the log; answer with LogRefused if it does not take them. */
    record Log(ByteBuffer records, LogPosition last) implements FollowerEffect {}

    /** Apply and publish every record up to here: they are decided and durable. */
    record Apply(long lsn) implements FollowerEffect {}
}
