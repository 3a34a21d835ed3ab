package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.Reason;
import skein.vocabulary.LogPosition;

/** What a {@link FollowerCore} hears. Connections are numbered; a higher number is a newer connection. */
public sealed interface FollowerInput {
    /** A MAIN whom the role accepts has opened the stream. */
    record Greeted(long connection, LogReport log) implements FollowerInput {}

    /**
     * The MAIN says where both logs match.
     *
     * @param ours this log's record at the same lsn, if it has one
     * @param settledLsn last record here that cannot be undone
     */
    record Matched(long connection, LogPosition theirs, Optional<LogPosition> ours, long settledLsn)
            implements FollowerInput {}

    /** Records, or a heartbeat. */
    record Appended(long connection, Append append) implements FollowerInput {}

    /** The log did not take records and still ends here; answers Log. */
    record LogRefused(LogPosition end, String message) implements FollowerInput {}

    /** This log is durable up to here now. */
    record Durable(long lsn) implements FollowerInput {}

    /** A connection ended. */
    record Closed(long connection) implements FollowerInput {}

    /** A promotion: drop every record after this one of this log, none of which is settled. */
    record TailCut(LogPosition at) implements FollowerInput {}

    /** A promotion: records that another member holds beyond the end of this log. */
    record TailTaken(LogPosition previous, LogPosition last, ByteBuffer records) implements FollowerInput {}

    /** A promotion: another member of the same history knows that everything up to here is decided. */
    record TailDecided(long lsn) implements FollowerInput {}

    /** The role no longer lets this MAIN write here. */
    record Deposed(Reason reason, String message) implements FollowerInput {}
}
