package skein.coordination;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.RelayProtocol;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.protocol.RelayProtocol.RelayedRequest;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;

/** One request on its way to the leader and back, on a connection of its own. Tells what came of it, once. */
final class RelayCall implements LinkListener {
    private final long ticket;
    private final HostPort leader;
    private final Request request;
    private final Consumer<Event> events;
    private volatile Link.@Nullable LinkHandle handle;
    private volatile @Nullable LinkConnection connection;

    /** Written by the link's calls, which come one at a time. */
    private volatile boolean answered;

    /** What came of the request with this ticket. */
    sealed interface Event {
        long ticket();

        record Answered(long ticket, Answer answer) implements Event {}

        record Missed(long ticket) implements Event {}

        record Broken(long ticket, String why) implements Event {}
    }

    private RelayCall(long ticket, HostPort leader, Request request, Consumer<Event> events) {
        this.ticket = ticket;
        this.leader = leader;
        this.request = request;
        this.events = events;
    }

    static RelayCall start(Link link, long ticket, HostPort leader, Request request, Consumer<Event> events) {
        RelayCall call = new RelayCall(ticket, leader, request, events);
        call.handle = link.connect(leader, call);
        return call;
    }

    void end() {
        Link.LinkHandle open = handle;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
        opened.send(new RelayedRequest(RelayProtocol.VERSION, ticket, request));
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.confirm();
        }
        if (message instanceof RelayedAnswer(long number, Answer answer) && number == ticket) {
            tell(new Event.Answered(ticket, answer));
        } else if (message instanceof RelayedElsewhere(long number, var elsewhere) && number == ticket) {
            tell(new Event.Missed(ticket));
        }
        end();
    }

    private void tell(Event event) {
        answered = true;
        events.accept(event);
    }

    @Override
    public void closed(LinkClosed reason) {
        if (!answered) {
            // unreachable means that nothing was sent, so nothing was done
            tell(
                    reason.kind() == LinkClosed.Kind.UNREACHABLE
                            ? new Event.Missed(ticket)
                            : new Event.Broken(
                                    ticket, "the line to the leader at " + leader + " ended: " + reason.detail()));
        }
    }
}
