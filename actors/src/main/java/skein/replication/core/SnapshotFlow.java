package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import skein.protocol.ReplicationProtocol.OfferSnapshot;

/**
 * A snapshot on its way: what has been sent of it on this connection and what the replica has of it.
 *
 * @param offer which
 * @param answered the replica has said from where to go on
 * @param sentBytes sent, or found there already
 * @param receivedBytes what the replica has
 * @param inFlight where messages end that the replica has not acknowledged, oldest first
 * @param fetching the file is being read for the next message
 */
record SnapshotFlow(
        OfferSnapshot offer,
        boolean answered,
        long sentBytes,
        long receivedBytes,
        List<Long> inFlight,
        boolean fetching) {

    static SnapshotFlow of(OfferSnapshot offer) {
        return new SnapshotFlow(offer, false, 0, 0, List.of(), false);
    }

    /** Its first answer says from where to go on. */
    SnapshotFlow received(long bytes) {
        if (!answered) {
            return new SnapshotFlow(offer, true, bytes, bytes, List.of(), false);
        }
        List<Long> left = inFlight.stream().filter(end -> end > bytes).toList();
        return new SnapshotFlow(offer, true, sentBytes, Math.max(bytes, receivedBytes), left, fetching);
    }

    SnapshotFlow whileFetching() {
        return new SnapshotFlow(offer, answered, sentBytes, receivedBytes, inFlight, true);
    }

    SnapshotFlow sent(int bytes) {
        var more = new ArrayList<>(inFlight);
        more.add(sentBytes + bytes);
        return new SnapshotFlow(offer, answered, sentBytes + bytes, receivedBytes, List.copyOf(more), false);
    }

    /** What may be sent next, from {@link #sentBytes} on: the window has room, and there is something left. */
    boolean mayFetch(StreamLimits limits) {
        return answered
                && !fetching
                && sentBytes < offer.bytes()
                && inFlight.size() < limits.windowMessages()
                && sentBytes - receivedBytes < limits.windowBytes();
    }
}
