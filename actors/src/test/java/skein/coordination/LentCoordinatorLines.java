package skein.coordination;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import skein.coordination.core.CoordinatorInput;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.ManagementProtocol.Assignment;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** A coordinator's shipped lines, for a simulation that has no actors: does with them what {@link Coordinator} does. */
public final class LentCoordinatorLines {
    private final Link link;
    private final Consumer<Runnable> mailbox;
    private final Owner owner;
    private final Map<InstanceName, InstanceLine> lines = new HashMap<>();
    private final Map<Long, RelayCall> calls = new HashMap<>();

    /** Who hears what comes over them. */
    public interface Owner {
        void step(CoordinatorInput input);

        /** Another coordinator relays a request. */
        void relayed(LinkConnection connection, long number, Request request);
    }

    /** @param mailbox runs what it is given later, one after the other */
    public LentCoordinatorLines(Link link, Consumer<Runnable> mailbox, Owner owner) {
        this.link = link;
        this.mailbox = mailbox;
        this.owner = owner;
    }

    /** For what another coordinator has opened. */
    public LinkListener accept() {
        return new RelayPort(
                event -> mailbox.accept(() -> owner.relayed(event.connection(), event.number(), event.request())));
    }

    public void connect(InstanceName name, HostPort management) {
        disconnect(name);
        lines.put(name, InstanceLine.start(link, name, management, event -> mailbox.accept(() -> lineTold(event))));
    }

    public void disconnect(InstanceName name) {
        InstanceLine line = lines.remove(name);
        if (line != null) {
            line.end();
        }
    }

    public void assign(InstanceName name, Assignment assignment) {
        InstanceLine line = lines.get(name);
        if (line != null) {
            line.assign(assignment);
        }
    }

    public void relay(long ticket, HostPort leader, Request request) {
        calls.put(
                ticket, RelayCall.start(link, ticket, leader, request, event -> mailbox.accept(() -> callTold(event))));
    }

    /** Nobody waits for that any more. */
    public void answered(long ticket) {
        RelayCall call = calls.remove(ticket);
        if (call != null) {
            call.end();
        }
    }

    private void lineTold(InstanceLine.Event event) {
        InstanceName name = event.line().name();
        if (lines.get(name) != event.line()) {
            return;
        }
        switch (event) {
            case InstanceLine.Event.Opened _ -> owner.step(new CoordinatorInput.LineOpened(name));
            case InstanceLine.Event.Said said -> owner.step(new CoordinatorInput.InstanceSaid(name, said.message()));
            case InstanceLine.Event.Ended ended -> {
                lines.remove(name);
                owner.step(new CoordinatorInput.LineClosed(name, ended.why()));
            }
        }
    }

    private void callTold(RelayCall.Event event) {
        calls.remove(event.ticket());
        owner.step(
                switch (event) {
                    case RelayCall.Event.Answered(long ticket, var answer) ->
                        new CoordinatorInput.LeaderAnswered(ticket, answer);
                    case RelayCall.Event.Missed(long ticket) -> new CoordinatorInput.RelayMissed(ticket);
                    case RelayCall.Event.Broken(long ticket, String why) ->
                        new CoordinatorInput.RelayBroken(ticket, why);
                });
    }
}
