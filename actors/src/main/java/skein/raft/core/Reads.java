package skein.raft.core;

import skein.protocol.RaftProtocol.Committed;

/**
 * Reads that must see everything that was committed when they were asked. A leader that others have replaced cannot
 * know what they have committed: so a majority has to answer it after it was asked.
 */
final class Reads {
    private static final int READS_MAX = 10_000;

    private Reads() {}

    static void asked(Turn turn, long ticket) {
        Leadership own = turn.leadership();
        if (own == null) {
            turn.replyNotLeading(ticket);
        } else if (own.asked.size() >= READS_MAX) {
            turn.reply(ticket, Refusals.busy(READS_MAX + " questions wait"));
        } else {
            own.asked.add(ticket);
            begin(turn, own);
        }
    }

    /** A round for all who wait, once the last one is over; not before an entry of this leader's own is committed. */
    static void begin(Turn turn, Leadership own) {
        if (own.reading || own.asked.isEmpty() || turn.committed() < own.openedIndex) {
            return;
        }
        own.underway.addAll(own.asked);
        own.asked.clear();
        own.underwayIndex = turn.committed();
        own.reading = true;
        own.round++;
        own.others.keySet().stream().toList().forEach(id -> Replication.heartbeat(turn, own, id));
        advance(turn, own);
    }

    static void advance(Turn turn, Leadership own) {
        if (own.reading && Leading.roundReached(turn, own) >= own.round) {
            own.underway.forEach(ticket -> turn.reply(ticket, new Committed(own.underwayIndex)));
            own.underway.clear();
            own.reading = false;
            begin(turn, own);
        }
    }
}
