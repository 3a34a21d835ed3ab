package skein.replication.core;

import skein.protocol.ReplicationProtocol.OfferSnapshot;

/** What a {@link FollowerCore} does instead of following: it gets another state than the one that its log leads to. */
sealed interface Rebuild {
    /**
     * Blocks of a snapshot arrive.
     *
     * @param connection on which
     * @param storedBytes written and intact
     * @param nextOffset where the next message must begin; -1 until what was there before is known
     */
    record Receiving(long connection, OfferSnapshot offer, long storedBytes, long nextOffset) implements Rebuild {}

    /** All of it is here and is read back. */
    record Verifying(long connection, OfferSnapshot offer) implements Rebuild {}

    /**
     * The database changes over and is another one afterwards; nothing can stop that any more.
     *
     * @param receivedBytes of the snapshot it changes to; 0 when it gives up records
     */
    record Changing(long receivedBytes) implements Rebuild {}
}
