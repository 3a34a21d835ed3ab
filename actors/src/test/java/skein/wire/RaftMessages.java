package skein.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.HandOver;
import skein.protocol.RaftPeerProtocol.Header;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Invited;
import skein.protocol.RaftPeerProtocol.Opened;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftPeerProtocol.Stranger;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.WireMessage;
import skein.raft.core.RaftEvent;
import skein.raft.core.Snapshot;
import skein.vocabulary.HostPort;

/** One of each of what members of a Raft group say, and of what their journals keep. */
final class RaftMessages {
    private static final UUID GROUP = new UUID(1, 2);
    private static final Server ONE = new Server(1, new UUID(3, 4));
    private static final Server TWO = new Server(2, new UUID(5, 6));
    private static final Header HEADER = new Header(GROUP, ONE, TWO, 7);
    private static final Position POSITION = new Position(300, 6);
    private static final List<Seat> SEATS = List.of(
            new Seat(new Member(1, new HostPort("c1", 12_000), new HostPort("c1", 10_000)), ONE.instance(), true),
            new Seat(new Member(2, new HostPort("c2", 12_000), null), TWO.instance(), false));
    private static final List<Entry> ENTRIES = List.of(
            new Entry(6, new Opened()), new Entry(6, new Seated(SEATS)), new Entry(7, new Owned(bytes("an entry"))));

    private RaftMessages() {}

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<WireMessage> all() {
        return Stream.of(
                new Invite(1, GROUP, ONE, SEATS.getLast().member()),
                new Invited(1, TWO, Optional.of(GROUP), SEATS.getFirst().member()),
                new Invited(1, TWO, Optional.empty(), SEATS.getFirst().member()),
                new AskVote(HEADER, POSITION, true, false),
                new Vote(HEADER, false, true),
                new Append(HEADER, POSITION, ENTRIES, 299, 5),
                new Appended(HEADER, 300, 0, 12, 5),
                new Install(HEADER, POSITION, SEATS, 100, 8, bytes("a piece"), 5),
                new Installing(HEADER, 300, 8, true, 5),
                new HandOver(HEADER),
                new Stranger(TWO, GROUP),
                new Stranger(TWO, null));
    }

    static List<RaftEvent> events() {
        return List.of(
                new RaftEvent.IdentityTaken(ONE),
                new RaftEvent.GroupEntered(GROUP),
                new RaftEvent.VoteRecorded(7, TWO),
                new RaftEvent.VoteRecorded(8, null),
                new RaftEvent.EntriesStored(300, ENTRIES),
                new RaftEvent.Checkpointed(
                        ONE,
                        GROUP,
                        7,
                        TWO,
                        new Snapshot(POSITION, 250, SEATS, bytes("a state")),
                        new Position(280, 5),
                        ENTRIES),
                new RaftEvent.Checkpointed(ONE, GROUP, 1, null, null, Position.START, ENTRIES));
    }
}
