package skein.raft.core;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.HandOver;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftProtocol.Committed;
import skein.raft.core.Leadership.Transfer;

/** How a leader has another member lead: it takes no more entries, brings that one up to date, and has it stand. */
final class Transfers {
    private Transfers() {}

    static void asked(Turn turn, long ticket, Optional<Integer> to) {
        Leadership own = turn.leadership();
        if (own == null) {
            turn.replyNotLeading(ticket);
            return;
        }
        Seat seat = to.isPresent() ? turn.configuration().seat(to.get()) : best(turn, own);
        if (seat == null || !seat.voting() || seat.server().equals(turn.self())) {
            turn.reply(ticket, Refusals.nobodyToLead(to));
        } else if (own.transfer != null || own.invitation != null) {
            turn.reply(ticket, Refusals.changing());
        } else {
            long deadline = turn.now + turn.settings.electionNanosMax();
            own.transfer = new Transfer(ticket, seat.member().id(), false, deadline);
            advance(turn, own);
        }
    }

    private static @Nullable Seat best(Turn turn, Leadership own) {
        return turn.configuration().voters().stream()
                .filter(seat -> own.others.containsKey(seat.member().id()))
                .max(Comparator.comparingLong((Seat seat) -> of(own, seat).matched())
                        .thenComparingLong(seat -> of(own, seat).contactNanos()))
                .orElse(null);
    }

    private static Progress of(Leadership own, Seat seat) {
        return own.others.getOrDefault(seat.member().id(), Progress.unknown(1, Long.MIN_VALUE));
    }

    static void advance(Turn turn, Leadership own) {
        Transfer transfer = own.transfer;
        if (transfer == null || transfer.sent()) {
            return;
        }
        Seat seat = turn.configuration().seat(transfer.to());
        if (seat == null) {
            turn.reply(transfer.ticket(), Refusals.nobodyToLead(Optional.of(transfer.to())));
            own.transfer = null;
        } else if (of(own, seat).matched() == turn.log().lastIndex()) {
            turn.send(transfer.to(), new HandOver(turn.headerTo(seat.server())));
            turn.reply(transfer.ticket(), new Committed(turn.log().lastIndex()));
            own.transfer = new Transfer(transfer.ticket(), transfer.to(), true, transfer.deadlineNanos());
        }
    }

    /** It did not come about: this leader goes on. */
    static void tick(Turn turn, Leadership own) {
        Transfer transfer = own.transfer;
        if (transfer != null && turn.now >= transfer.deadlineNanos()) {
            own.transfer = null;
            if (!transfer.sent()) {
                turn.reply(transfer.ticket(), Refusals.notCaughtUp(transfer.to()));
            }
        }
    }
}
