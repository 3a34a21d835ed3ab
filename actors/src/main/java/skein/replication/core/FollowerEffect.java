package skein.replication.core;

import java.nio.ByteBuffer;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
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

    /** Take up or begin receiving this snapshot; answer with Stored or NotReceived. */
    record OpenIncoming(long connection, OfferSnapshot offer) implements FollowerEffect {}

    /** Check and write blocks; answer with Stored or NotReceived. */
    record Store(long connection, long offset, ByteBuffer blocks) implements FollowerEffect {}

    /** Force what was received and read it back; answer with Verified or NotReceived. */
    record Verify(long connection) implements FollowerEffect {}

    /** No more will come; what has arrived stays. */
    record StopReceiving() implements FollowerEffect {}

    /**
     * Keep what this log holds after this record beside it, then change over to the snapshot that was verified; answer
     * with Rebuilt.
     */
    record Install(long afterLsn) implements FollowerEffect {}

    /** Give up every record after this one, applied or not, and change over; answer with Rebuilt. */
    record GiveUpAfter(long lsn) implements FollowerEffect {}
}
