package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.List;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.vocabulary.LogPosition;

/** What a {@link StreamCore} hears. */
public sealed interface StreamInput {
    /** Time has passed; asked for by RetryAt and once every check interval. */
    record Tick() implements StreamInput {}

    /** The connection stands. */
    record Opened() implements StreamInput {}

    /** The connection ended or could not be made. */
    record Closed(String detail) implements StreamInput {}

    /**
     * A message of the replica.
     *
     * @param reigns MAIN's EPOCH records, oldest first
     * @param end MAIN's last record
     */
    record Received(FromReplica message, List<LogPosition> reigns, LogPosition end) implements StreamInput {
        public Received {
            reigns = List.copyOf(reigns);
        }
    }

    /** Answers Locate. */
    record Located(LogPosition position, CatchUpCosts costs) implements StreamInput {}

    /** Answers Fetch. */
    record Fetched(LogPosition previous, LogPosition last, ByteBuffer records) implements StreamInput {}

    /** Answers Fetch when the log has nothing there yet. */
    record FetchedNothing() implements StreamInput {}

    /** Answers Locate or Fetch when MAIN has dropped what follows this record: its log begins after the start. */
    record NotHeld(long lsn, long startLsn, CatchUpCosts costs) implements StreamInput {}

    /** Answers OpenSnapshot. */
    record SnapshotOpened(OfferSnapshot offer) implements StreamInput {}

    /** Answers MakeSnapshot: there is one now. */
    record SnapshotMade() implements StreamInput {}

    /** Answers OpenSnapshot, FetchBlocks or MakeSnapshot: there is none to send. */
    record NoSnapshot(String reason) implements StreamInput {}

    /** Answers FetchBlocks. */
    record BlocksFetched(ByteBuffer blocks) implements StreamInput {}

    /** MAIN's log has grown to here, durable or not. */
    record Grown(long endLsn) implements StreamInput {}

    /** Everything up to here is decided. */
    record Decided(long lsn) implements StreamInput {}

    /** Commits no longer wait for this replica; it has to catch up again first. */
    record LeftSync() implements StreamInput {}
}
