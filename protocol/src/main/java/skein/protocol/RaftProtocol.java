package skein.protocol;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/**
 * What the owner of a replicated state machine and the member of a Raft group say to each other, inside one process.
 * The owner hears every committed entry in order, exactly once per start, and decides what it means; the member decides
 * what is committed and knows nothing of meanings.
 */
public interface RaftProtocol {
    /** Everything the member may find in its mailbox; its lines and timers extend this too. */
    interface Message {}

    /** A wish of the owner. */
    sealed interface Command extends Message {}

    /**
     * Appends an entry. Answers Committed after the owner was told of it by Applied, NotLeading when it was not
     * appended, or Unknown when this member stopped leading before it was committed.
     */
    record Propose(byte[] entry, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks whether this member still leads, by a round to a majority (read index). Answers Committed with the index up
     * to which the owner has been told everything that was committed when it asked, or NotLeading.
     */
    record ConfirmLeadership(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Makes this server, which belongs to no group and holds nothing, the leader of a new group of one. Until then, or
     * until the leader of a group adds it, it neither votes nor leads. Answers Committed once it leads; of a member of
     * a group Committed when it leads, else NotLeading: nothing happens then.
     *
     * @param self how the others will reach it; its id is the one it was started with
     */
    record Found(Member self, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Makes another server a member, first without a vote until it has caught up. One change at a time. Answers
     * Committed, NotLeading, Unknown, or Refused with the reason: it is a member, it already holds entries of its own,
     * it cannot be reached, another change is under way.
     */
    record AddMember(Member member, ActorRef<Reply> replyTo) implements Command {}

    /** Takes a member out. Answers as AddMember does; the leader itself is refused. */
    record RemoveMember(int id, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Hands leadership to another member. Answers Committed once the request was sent, NotLeading, or Refused when
     * there is nobody to take it.
     *
     * @param to empty for the member that has the longest log
     */
    record TransferLeadership(Optional<Integer> to, ActorRef<Reply> replyTo) implements Command {}

    /** Always answered by Status. */
    record ShowStatus(ActorRef<Status> replyTo) implements Command {}

    /** The state after an entry, so that the log up to it may go. Sent by the owner when it likes. */
    record StateTaken(long index, byte[] state) implements Command {}

    /** What a command is answered. */
    sealed interface Reply {}

    /** @param index of the entry, or of the read */
    record Committed(long index) implements Reply {}

    /**
     * Nothing happened.
     *
     * @param leader who leads as far as is known here
     */
    record NotLeading(Optional<Member> leader) implements Reply {}

    /** It may still be committed, or never. */
    record Unknown() implements Reply {}

    /** Nothing happened. */
    record Refused(SkeinException reason) implements Reply {}

    /** What the owner hears unasked, in order. */
    sealed interface Event {}

    /** A committed entry. Entries of the member's own (of a new leader, of memberships) are not told. */
    record Applied(long index, long term, byte[] entry) implements Event {
        public Applied {
            entry = entry.clone();
        }

        @Override
        public byte[] entry() {
            return entry.clone();
        }
    }

    /** The state takes the place of everything told before: at a start, and when this member was too far behind. */
    record Installed(long index, byte[] state) implements Event {
        public Installed {
            state = state.clone();
        }

        @Override
        public byte[] state() {
            return state.clone();
        }
    }

    /**
     * This member leads, and has told the owner everything that was committed before its term.
     *
     * @param term of the leadership
     */
    record Elected(long term) implements Event {}

    /**
     * This member does not lead, or not any more.
     *
     * @param leader who does, as far as is known here
     */
    record Following(long term, Optional<Member> leader) implements Event {}

    /**
     * The members have changed, by an entry that is committed or not yet.
     *
     * @param members with this one, in the order of their ids; none while this server belongs to no group
     */
    record MembersChanged(List<Member> members) implements Event {
        public MembersChanged {
            members = List.copyOf(members);
        }
    }

    /**
     * A server of the group.
     *
     * @param coordinator where it listens for Raft
     * @param management where it listens for commands of other coordinators; null for a member that was added without
     */
    record Member(int id, HostPort coordinator, @Nullable HostPort management) {}

    /**
     * How things are with the group, as this member sees it.
     *
     * @param hasQuorum true for a leader that a majority has answered within an election timeout
     * @param members in the order of their ids; none while it belongs to no group
     */
    record Status(
            long term,
            Optional<Integer> leader,
            boolean leading,
            boolean hasQuorum,
            long lastIndex,
            long committedIndex,
            List<MemberStatus> members) {
        public Status {
            members = List.copyOf(members);
        }
    }

    /**
     * A member as the leader sees it.
     *
     * @param millisSinceAnswer since it last answered; 0 for the leader itself, -1 where that is not known
     */
    record MemberStatus(Member member, boolean voting, long matchedIndex, long millisSinceAnswer) {}
}
