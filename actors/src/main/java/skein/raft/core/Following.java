package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Server;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.Standing.Arriving;
import skein.raft.core.Standing.Follows;
import skein.raft.core.Standing.Leads;
import skein.vocabulary.Invariant;

/** What a member does with what the leader of its term sends. */
final class Following {
    private static final int STATE_BYTES_MAX = 256 << 20;

    private Following() {}

    static void append(Turn turn, Append append) {
        obey(turn, append.from());
        Position previous = append.previous();
        if (previous.index() < turn.committed()) {
            // what is committed here is in the leader's log
            answer(turn, append, turn.committed());
        } else if (!turn.log().holds(previous)) {
            long hint = turn.log().agreeingUpTo(previous.index() - 1, previous.term());
            turn.send(
                    append.from().id(),
                    new Appended(turn.headerTo(append.from()), 0, previous.index(), hint, append.round()));
        } else {
            store(turn, previous.index() + 1, append.entries());
            long last = previous.index() + append.entries().size();
            answer(turn, append, last);
            turn.commit(Math.min(append.committed(), last));
        }
    }

    private static void answer(Turn turn, Append append, long matched) {
        turn.send(append.from().id(), new Appended(turn.headerTo(append.from()), matched, 0, 0, append.round()));
    }

    /** Nothing is replaced that is the same: an old message may say less than a newer one has brought. */
    private static void store(Turn turn, long first, List<Entry> entries) {
        int same = 0;
        while (same < entries.size()
                && turn.log().termAt(first + same) == entries.get(same).term()) {
            same++;
        }
        if (same < entries.size()) {
            long from = first + same;
            Invariant.check(
                    from > turn.committed(), "entry %d would be replaced, %d are committed", from, turn.committed());
            turn.record(new EntriesStored(from, entries.subList(same, entries.size())));
        }
    }

    /** There is one leader a term, and this is it. */
    private static void obey(Turn turn, Server leader) {
        Invariant.check(!(turn.standing instanceof Leads), "two leaders in term %d", turn.term());
        @Nullable Arriving arriving = null;
        if (turn.standing instanceof Follows follows && follows.leader() != null) {
            Invariant.check(follows.leader() == leader.id(), "two leaders in term %d", turn.term());
            arriving = follows.arriving();
        }
        turn.standing = new Follows(leader.id(), turn.now, turn.electionDeadline(), arriving);
    }

    static void install(Turn turn, Install install) {
        obey(turn, install.from());
        Position last = install.last();
        if (last.index() <= turn.committed()) {
            answer(turn, install, install.total(), true);
        } else if (turn.log().holds(last)) {
            turn.commit(last.index());
            answer(turn, install, install.total(), true);
        } else if (install.total() >= 0 && install.total() <= STATE_BYTES_MAX) {
            receive(turn, install);
        }
    }

    private static void receive(Turn turn, Install install) {
        Follows follows = (Follows) turn.standing;
        Arriving arriving = follows.arriving();
        if (arriving == null || !arriving.last().equals(install.last()) || arriving.total() != install.total()) {
            arriving = new Arriving(install.last(), install.total(), 0, List.of());
        }
        int piece = install.piece().remaining();
        if (install.offset() == arriving.received() && piece <= arriving.total() - arriving.received()) {
            List<ByteBuffer> pieces = new ArrayList<>(arriving.pieces());
            pieces.add(install.piece());
            arriving = new Arriving(arriving.last(), arriving.total(), arriving.received() + piece, pieces);
        }
        boolean complete = arriving.received() == arriving.total();
        turn.standing = new Follows(
                follows.leader(), follows.heardNanos(), follows.deadlineNanos(), complete ? null : arriving);
        if (complete) {
            turn.install(new Snapshot(install.last(), install.last().index(), install.seats(), whole(arriving)));
        }
        answer(turn, install, arriving.received(), complete);
    }

    private static ByteBuffer whole(Arriving arriving) {
        ByteBuffer whole = ByteBuffer.allocate(arriving.total());
        arriving.pieces().forEach(piece -> whole.put(piece.duplicate()));
        return whole.flip();
    }

    private static void answer(Turn turn, Install install, int received, boolean done) {
        turn.send(
                install.from().id(),
                new Installing(turn.headerTo(install.from()), install.last().index(), received, done, install.round()));
    }
}
