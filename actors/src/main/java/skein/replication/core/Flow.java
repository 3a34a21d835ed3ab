package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import skein.vocabulary.LogPosition;

/**
 * An open stream: what has been sent on this connection and what has come back.
 *
 * @param sent last record sent, at first the matching point
 * @param decidedSent newest decision sent
 * @param inFlight messages with records that are not durable on the replica yet, oldest first
 * @param inFlightBytes their bytes
 * @param fetching the log is being read for the next message
 * @param answered the replica has answered on this connection: it stands at the matching point
 * @param reachLsn where MAIN's log ended when everything had been sent: once durable, the replica has caught up;
 *     {@link #NOWHERE} while not everything has been sent
 * @param caughtUp the replica holds what MAIN held when it had sent everything, and follows live since
 */
record Flow(
        LogPosition sent,
        long decidedSent,
        List<InFlight> inFlight,
        long inFlightBytes,
        boolean fetching,
        boolean answered,
        long reachLsn,
        boolean caughtUp) {
    static final long NOWHERE = Long.MAX_VALUE;

    record InFlight(long lastLsn, int bytes) {}

    static Flow from(LogPosition match) {
        return new Flow(match, 0, List.of(), 0, false, false, NOWHERE, false);
    }

    Flow whileFetching(boolean now) {
        return new Flow(sent, decidedSent, inFlight, inFlightBytes, now, answered, reachLsn, caughtUp);
    }

    Flow sent(LogPosition last, int bytes, long decided) {
        var more = new ArrayList<>(inFlight);
        if (bytes > 0) {
            more.add(new InFlight(last.lsn(), bytes));
        }
        return new Flow(
                last, decided, List.copyOf(more), inFlightBytes + bytes, fetching, answered, reachLsn, caughtUp);
    }

    Flow acked(long durableLsn) {
        int done = 0;
        long bytes = 0;
        while (done < inFlight.size() && inFlight.get(done).lastLsn() <= durableLsn) {
            bytes += inFlight.get(done).bytes();
            done++;
        }
        var left = done == 0 ? inFlight : List.copyOf(inFlight.subList(done, inFlight.size()));
        return new Flow(sent, decidedSent, left, inFlightBytes - bytes, fetching, true, reachLsn, caughtUp);
    }

    Flow reaching(long lsn) {
        return new Flow(sent, decidedSent, inFlight, inFlightBytes, fetching, answered, lsn, caughtUp);
    }

    Flow caughtUp(boolean now) {
        return new Flow(sent, decidedSent, inFlight, inFlightBytes, fetching, answered, reachLsn, now);
    }

    /** As before the replica's first answer; it has not caught up either. */
    Flow unanswered() {
        return new Flow(sent, decidedSent, inFlight, inFlightBytes, fetching, false, reachLsn, false);
    }

    boolean hasRoom(StreamLimits limits) {
        return inFlight.size() < limits.windowMessages() && inFlightBytes < limits.windowBytes();
    }
}
