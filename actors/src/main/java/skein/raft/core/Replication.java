package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.List;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.raft.core.Progress.Phase;
import skein.vocabulary.Invariant;

/** What a leader sends to the others, and what it makes of their answers. */
final class Replication {
    private Replication() {}

    /** Entries that it lacks, as far as its window goes; or what it has not heard of commits. */
    static void replicate(Turn turn, Leadership own, int id) {
        Progress progress = own.others.get(id);
        if (progress == null) {
            return;
        }
        switch (progress.phase()) {
            case INSTALLING -> {}
            case PROBING -> {
                if (!progress.waiting()) {
                    sendEntries(turn, own, id, progress);
                }
            }
            case STREAMING -> stream(turn, own, id, progress);
        }
    }

    private static void stream(Turn turn, Leadership own, int id, Progress progress) {
        Progress now = progress;
        while (now.phase() == Phase.STREAMING
                && now.next() <= turn.log().lastIndex()
                && now.inFlight().size() < turn.settings.inFlightMax()) {
            now = sendEntries(turn, own, id, now);
        }
        if (now.phase() == Phase.STREAMING && now.inFlight().isEmpty() && now.told() < turn.committed()) {
            heartbeat(turn, own, id);
        }
    }

    /** Answers what is known of the member then. */
    private static Progress sendEntries(Turn turn, Leadership own, int id, Progress progress) {
        long previous = progress.next() - 1;
        if (turn.log().termAt(previous) < 0) {
            Snapshot state = Invariant.present(turn.durable.snapshot(), "entry %d is gone without a state", previous);
            return sendPiece(turn, own, id, progress.installing(state, 0));
        }
        List<Entry> entries = turn.log().from(progress.next(), turn.settings.appendBytesMax());
        send(turn, own, id, previous, entries);
        Progress sent =
                progress.phase() == Phase.PROBING ? progress.waiting(true) : progress.sent(previous + entries.size());
        own.others.put(id, sent.told(turn.committed()));
        return sent;
    }

    private static void send(Turn turn, Leadership own, int id, long previous, List<Entry> entries) {
        turn.sendAhead(
                id,
                new Append(
                        turn.headerTo(server(turn, own, id)),
                        turn.log().positionAt(previous),
                        entries,
                        turn.committed(),
                        own.round));
    }

    private static Server server(Turn turn, Leadership own, int id) {
        Seat seat = turn.configuration().seat(id);
        return Invariant.present(seat == null ? own.departing.get(id) : seat, "%d is no member", id)
                .server();
    }

    private static Progress sendPiece(Turn turn, Leadership own, int id, Progress progress) {
        Snapshot state = Invariant.present(progress.installing(), "nothing to install");
        ByteBuffer whole = state.state();
        int total = whole.remaining();
        int length = Math.min(turn.settings.pieceBytesMax(), total - progress.received());
        turn.sendAhead(
                id,
                new Install(
                        turn.headerTo(server(turn, own, id)),
                        state.last(),
                        state.seats(),
                        total,
                        progress.received(),
                        whole.slice(progress.received(), length),
                        own.round));
        own.others.put(id, progress);
        return progress;
    }

    /** Whatever it has or lacks, it hears of this leader, and this leader of it. */
    static void heartbeat(Turn turn, Leadership own, int id) {
        Progress progress = own.others.get(id);
        if (progress == null) {
            return;
        }
        long previous = progress.next() - 1;
        if (progress.phase() == Phase.INSTALLING) {
            sendPiece(turn, own, id, progress);
        } else if (progress.phase() == Phase.PROBING || turn.log().termAt(previous) < 0) {
            sendEntries(turn, own, id, progress);
        } else {
            send(turn, own, id, previous, List.of());
            own.others.put(id, progress.told(turn.committed()));
        }
    }

    static void appended(Turn turn, Appended answer) {
        Leadership own = turn.leadership();
        Progress known = own == null ? null : own.others.get(answer.from().id());
        if (own == null || known == null) {
            return;
        }
        Progress heard = known.answered(answer.round(), turn.now);
        Progress next = answer.rejected() > 0 ? rejected(heard, answer) : accepted(turn, heard, answer.matched());
        changed(turn, own, answer.from().id(), next);
    }

    private static Progress accepted(Turn turn, Progress progress, long matched) {
        Invariant.check(
                matched <= turn.log().lastIndex(),
                "%d entries are acknowledged of %d",
                matched,
                turn.log().lastIndex());
        boolean tooOld = progress.phase() == Phase.INSTALLING && turn.log().termAt(matched) < 0;
        return tooOld ? progress : progress.matched(matched);
    }

    /** An old answer says nothing; a new one, where to look for the place at which the logs agree. */
    private static Progress rejected(Progress progress, Appended answer) {
        boolean old = switch (progress.phase()) {
            case PROBING -> answer.rejected() != progress.next() - 1 || answer.rejected() <= progress.matched();
            case STREAMING -> answer.rejected() <= progress.matched();
            case INSTALLING -> true;
        };
        long from = Math.max(progress.matched(), Math.min(answer.rejected() - 1, answer.hint())) + 1;
        return old ? progress : progress.probing(from);
    }

    static void installing(Turn turn, Installing answer) {
        Leadership own = turn.leadership();
        int id = answer.from().id();
        Progress known = own == null ? null : own.others.get(id);
        if (own == null || known == null) {
            return;
        }
        Progress heard = known.answered(answer.round(), turn.now);
        Snapshot state = heard.installing();
        if (answer.done()) {
            changed(turn, own, id, heard.matched(answer.index()));
        } else if (state == null || state.last().index() != answer.index()) {
            changed(turn, own, id, heard);
        } else {
            boolean further = answer.received() > heard.received();
            Progress now = heard.installing(state, answer.received());
            changed(turn, own, id, further ? sendPiece(turn, own, id, now) : now);
        }
    }

    private static void changed(Turn turn, Leadership own, int id, Progress next) {
        own.others.put(id, next);
        Leading.advance(turn, own);
        replicate(turn, own, id);
        Transfers.advance(turn, own);
        Memberships.heard(turn, own, id);
        Reads.advance(turn, own);
    }

    /** This member's own log counts once it is durable. */
    static void stored(Turn turn, long term, long index) {
        Leadership own = turn.leadership();
        if (own != null && term == turn.term()) {
            own.ownMatched = Math.max(own.ownMatched, index);
            Leading.advance(turn, own);
            Reads.advance(turn, own);
        }
    }

    static void lineOpened(Turn turn, int id) {
        Leadership own = turn.leadership();
        Progress progress = own == null ? null : own.others.get(id);
        if (own == null || progress == null) {
            return;
        }
        if (progress.phase() == Phase.STREAMING) {
            own.others.put(id, progress.probing(progress.matched() + 1));
        }
        heartbeat(turn, own, id);
    }

    /** What is on its way is probably lost. */
    static void lineClosed(Turn turn, int id) {
        Leadership own = turn.leadership();
        Progress progress = own == null ? null : own.others.get(id);
        if (own != null && progress != null && progress.phase() == Phase.STREAMING) {
            own.others.put(id, progress.probing(progress.matched() + 1).waiting(true));
        }
    }
}
