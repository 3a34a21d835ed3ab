package skein.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftProtocol.Member;

/**
 * What the members of a Raft group say to each other on their coordinator ports. A request is sent on a connection that
 * the sender opened; its answer comes back on the same one. Any message may be lost, late, repeated or overtaken.
 */
public interface RaftPeerProtocol {
    sealed interface Message extends WireMessage {
        /** Who says it. */
        Server from();
    }

    /** Sent on a connection of the sender's own. */
    sealed interface Request extends Message {}

    /** Sent on the connection on which the request came. */
    sealed interface Answer extends Message {}

    /**
     * A member with the data directory it has: one that lost its disk comes back as another server.
     *
     * @param instance drawn at the first start with an empty directory
     */
    record Server(int id, UUID instance) {}

    /**
     * What stands at the head of every message but those of an invitation.
     *
     * @param group a server that is in none takes up that of the first leader who addresses it
     * @param term of the sender; for a vote that is only asked for in advance, the one it would stand in
     */
    record Header(UUID group, Server from, Server to, long term) {}

    /** A message within a group. */
    sealed interface OfGroup extends Message {
        Header header();

        @Override
        default Server from() {
            return header().from();
        }
    }

    /** One member of a configuration. */
    record Seat(Member member, UUID instance, boolean voting) {
        public Server server() {
            return new Server(member.id(), instance);
        }
    }

    /** What an entry is. */
    sealed interface Content {}

    /** The first entry of a leader. */
    record Opened() implements Content {}

    /**
     * Who is a member from here on, committed or not.
     *
     * @param seats in the order of their ids
     */
    record Seated(List<Seat> seats) implements Content {
        public Seated {
            seats = List.copyOf(seats);
        }
    }

    /** An entry of the owner. */
    record Owned(ByteBuffer bytes) implements Content {
        public Owned {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }
    }

    /** An entry of the log; its index follows from where it stands. */
    record Entry(long term, Content content) {}

    /** Where an entry stands. */
    record Position(long index, long term) {
        public static final Position START = new Position(0, 0);
    }

    /**
     * Asks a server that is to become a member who it is.
     *
     * @param member the one that is meant
     */
    record Invite(int version, UUID group, Server from, Member member) implements Request {}

    /**
     * @param group the one that it belongs to already
     * @param member as in the request, whoever that is
     */
    record Invited(int version, Server from, Optional<UUID> group, Member member) implements Answer {}

    /**
     * @param last of the candidate's log
     * @param inAdvance nothing is promised yet, and no term begins by it
     * @param handedOver the leader wants it so: whoever hears from that leader still votes
     */
    record AskVote(Header header, Position last, boolean inAdvance, boolean handedOver) implements OfGroup, Request {}

    /** @param inAdvance as in the request; if granted, the term is that of the request */
    record Vote(Header header, boolean inAdvance, boolean granted) implements OfGroup, Answer {}

    /**
     * Entries, or a heartbeat.
     *
     * @param previous the entry before them
     * @param committed what is committed, as the leader knows
     * @param round comes back in the answer
     */
    record Append(Header header, Position previous, List<Entry> entries, long committed, long round)
            implements OfGroup, Request {
        public Append {
            entries = List.copyOf(entries);
        }
    }

    /**
     * @param matched last entry of the request, durable here, or 0 when the previous one is not here
     * @param rejected index of the previous entry that is not here, else 0
     * @param hint if rejected, nothing after this index agrees
     */
    record Appended(Header header, long matched, long rejected, long hint, long round) implements OfGroup, Answer {}

    /**
     * A piece of the state that takes the place of the log.
     *
     * @param last what the state stands for
     * @param total bytes of the whole state
     */
    record Install(Header header, Position last, List<Seat> seats, int total, int offset, ByteBuffer piece, long round)
            implements OfGroup, Request {
        public Install {
            seats = List.copyOf(seats);
            piece = piece.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer piece() {
            return piece.duplicate();
        }
    }

    /**
     * @param index of the state that is being received
     * @param received how much of it is here; all of it only once it is durable
     */
    record Installing(Header header, long index, int received, boolean done, long round) implements OfGroup, Answer {}

    /** Stand for election now. */
    record HandOver(Header header) implements OfGroup, Request {}

    /**
     * The server that was addressed is not the one with that data directory.
     *
     * @param from who it is
     */
    record Stranger(Server from, @Nullable UUID group) implements Answer {}
}
