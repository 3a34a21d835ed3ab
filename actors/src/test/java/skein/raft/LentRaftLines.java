package skein.raft;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.RaftPeerProtocol;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Request;
import skein.protocol.RaftProtocol.Member;
import skein.raft.RaftLines.Event;
import skein.raft.core.RaftInput;

/**
 * A member's shipped lines, for a simulation that has no actors: does with their events what {@link RaftMember} does.
 */
public final class LentRaftLines {
    private final RaftLines lines;
    private final Consumer<RaftInput> member;

    /**
     * @param mailbox runs what it is given later, one after the other
     * @param member hears what the lines mean to the core
     */
    public LentRaftLines(Link link, LongSupplier nanos, Consumer<Runnable> mailbox, Consumer<RaftInput> member) {
        this.member = member;
        this.lines = new RaftLines(link, nanos, event -> mailbox.accept(() -> heard(event)));
    }

    private void heard(Event event) {
        switch (event) {
            case Event.Opened(RaftLines.Line line, LinkConnection connection) -> {
                if (lines.opened(line, connection)) {
                    member.accept(new RaftInput.LineOpened(line.id()));
                }
            }
            case Event.Closed(RaftLines.Line line) -> {
                if (lines.closed(line)) {
                    member.accept(new RaftInput.LineClosed(line.id()));
                }
            }
            case Event.Said(var message, LinkConnection connection) -> {
                connection.confirm();
                lines.alive(connection);
                if (message instanceof RaftPeerProtocol.Message ofRaft) {
                    if (ofRaft instanceof Request) {
                        lines.heardFrom(ofRaft.from().id(), connection);
                    }
                    member.accept(new RaftInput.Heard(ofRaft));
                } else {
                    connection.close();
                }
            }
        }
    }

    public void keep(List<Member> members) {
        lines.keep(members);
    }

    public void send(int to, Message message) {
        lines.send(to, message);
    }

    public LinkListener accept() {
        return lines.accept();
    }
}
