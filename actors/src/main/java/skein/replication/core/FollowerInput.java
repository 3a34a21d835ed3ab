package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
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

    /** A snapshot instead of records. */
    record Offered(long connection, OfferSnapshot offer, long settledLsn) implements FollowerInput {}

    /** Blocks of the snapshot, or a heartbeat. */
    record BlocksCame(long connection, SnapshotBlocks message) implements FollowerInput {}

    /** So much of the snapshot is here, intact; answers OpenIncoming and Store. */
    record Stored(long connection, long bytes) implements FollowerInput {}

    /**
     * All of it was read back; answers Verify.
     *
     * @param position the record it stands for
     * @param reigns EPOCH records up to there, oldest first
     * @param own how far this log reaches
     */
    record Verified(long connection, LogPosition position, List<LogPosition> reigns, LogReport own)
            implements FollowerInput {
        public Verified {
            reigns = List.copyOf(reigns);
        }
    }

    /** The snapshot cannot be received; answers OpenIncoming, Store and Verify. */
    record NotReceived(long connection, Reason reason, String message) implements FollowerInput {}

    /**
     * The MAIN does not have what follows this record.
     *
     * @param isSystem of the system database, which goes back only as a whole, when the instance is registered
     */
    record ToGiveUp(long connection, long lsn, long settledLsn, boolean isSystem) implements FollowerInput {}

    /**
     * The database has changed over, or is as it was because that failed; answers Install and GiveUpAfter.
     *
     * @param gaveUp null when nothing was
     * @param failure why it is as it was; null when it has changed over
     */
    record Rebuilt(
            LogReport log,
            long durableLsn,
            long appliedLsn,
            @Nullable GaveUp gaveUp,
            @Nullable String failure) implements FollowerInput {}

    /** The log did not take records and still ends here; answers Log. */
    record LogRefused(LogPosition end, String message) implements FollowerInput {}

    /** This log is durable up to here now. */
    record Durable(long lsn) implements FollowerInput {}

    /** What this replica may say to be applied has risen, because a replica of its own has confirmed it. */
    record Confirmed() implements FollowerInput {}

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
