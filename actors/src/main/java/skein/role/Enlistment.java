package skein.role;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.WireMessage;
import skein.role.core.Registration;

/**
 * The side of one registration's conversation that registers. Tells the role what came; the role decides what follows.
 */
final class Enlistment implements LinkListener {
    private final Registration registration;
    private final Introduction self;
    private final Consumer<Event> events;
    private volatile Link.@Nullable LinkHandle handle;
    private volatile @Nullable LinkConnection connection;

    /** What the replica said. */
    sealed interface Event {
        record Reported(Report report) implements Event {}

        record Obeys() implements Event {}

        record Failed(String message) implements Event {}
    }

    private Enlistment(Registration registration, Introduction self, Consumer<Event> events) {
        this.registration = registration;
        this.self = self;
        this.events = events;
    }

    static Enlistment start(Link link, Registration registration, Introduction self, Consumer<Event> events) {
        Enlistment enlistment = new Enlistment(registration, self, events);
        enlistment.handle = link.connect(registration.address(), enlistment);
        return enlistment;
    }

    void tellToObey(Obey message) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(message);
        }
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
        opened.send(self.enlist(registration.name()));
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.confirm();
        }
        switch (message) {
            case Report report -> events.accept(new Event.Reported(report));
            case Obeyed _ -> events.accept(new Event.Obeys());
            case Refusal(var reason, String text) -> events.accept(new Event.Failed("it refuses: " + text));
            default -> events.accept(new Event.Failed("it answered something else than a replica would"));
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        events.accept(new Event.Failed(reason.detail()));
    }
}
