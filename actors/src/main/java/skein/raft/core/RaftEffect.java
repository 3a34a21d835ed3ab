package skein.raft.core;

import java.util.List;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Member;

/** What a {@link RaftCore} asks for, to be done in this order. */
public sealed interface RaftEffect {
    /** A request goes over the line to that member, an answer back to where its newest request came from. */
    record Send(int to, Message message) implements RaftEffect {}

    /**
     * Make these durable. What follows waits until they are, and so does the next input; that is Stored with these
     * numbers.
     */
    record Persist(List<RaftEvent> events, long term, long lastIndex) implements RaftEffect {
        public Persist {
            events = List.copyOf(events);
        }
    }

    /** For the owner. */
    record Tell(RaftProtocol.Event event) implements RaftEffect {}

    /** The answer to a command. */
    record Reply(long ticket, RaftProtocol.Reply reply) implements RaftEffect {}

    /** Keep lines to these and no others. */
    record KeepLines(List<Member> members) implements RaftEffect {
        public KeepLines {
            members = List.copyOf(members);
        }
    }

    /** For the log of the process. */
    record Warn(String message) implements RaftEffect {}

    /** This server cannot take part. */
    record GiveUp(String message) implements RaftEffect {}
}
