package skein.replication.core;

import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.GaveUp;

/** What a {@link StreamCore} asks for. */
public sealed interface StreamEffect {
    /** Open a connection; answer with Opened or Closed. */
    record Connect() implements StreamEffect {}

    /** Close the connection; its Closed is not to be heard any more. */
    record Disconnect() implements StreamEffect {}

    /** Send Hello with MAIN's identity of now. */
    record SayHello() implements StreamEffect {}

    /** Send. */
    record Send(FromMain message) implements StreamEffect {}

    /** Look up the position of a record of MAIN's log, 0 for the start; answer with Located or NotHeld. */
    record Locate(long lsn) implements StreamEffect {}

    /**
     * Read whole records after one position up to another, at least one; answer with Fetched, FetchedNothing or
     * NotHeld.
     */
    record Fetch(long afterLsn, long upToLsn, int bytesMax) implements StreamEffect {}

    /** Open the snapshot of this record, so that it stays; answer with SnapshotOpened or NoSnapshot. */
    record OpenSnapshot(long lsn) implements StreamEffect {}

    /** Take a snapshot, at leisure; answer with SnapshotMade or NoSnapshot. */
    record MakeSnapshot() implements StreamEffect {}

    /** Read whole blocks of the open snapshot from here on; answer with BlocksFetched or NoSnapshot. */
    record FetchBlocks(long offset, int bytesMax) implements StreamEffect {}

    /**
     * The open snapshot is no longer needed.
     *
     * @param receivedBytes what the replica has of it, should it be wanted again; 0 when that is of no interest
     */
    record CloseSnapshot(long receivedBytes) implements StreamEffect {}

    /** The replica gave up records that this MAIN does not have. */
    record NoteGivenUp(GaveUp what) implements StreamEffect {}

    /** The replica has caught up: the ledger may wait for it. */
    record CaughtUp(long durableLsn, long appliedLsn) implements StreamEffect {}

    /** The replica has answered. */
    record Progress(long durableLsn, long appliedLsn) implements StreamEffect {}

    /** No acknowledgement will come on this connection any more. */
    record Lost(Doubt doubt) implements StreamEffect {}

    /** Step with Tick no later than this. */
    record RetryAt(long nanos) implements StreamEffect {}

    /** One line for the operator's log. */
    record Say(String text) implements StreamEffect {}
}
