package skein.coordination;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.FromInstance;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** The leader's connection to one data instance. Tells the coordinator what comes. */
final class InstanceLine implements LinkListener {
    private final InstanceName name;
    private final Consumer<Event> events;
    private volatile Link.@Nullable LinkHandle handle;
    private volatile @Nullable LinkConnection connection;

    /** What happened on which line. */
    sealed interface Event {
        InstanceLine line();

        record Opened(InstanceLine line) implements Event {}

        record Said(InstanceLine line, FromInstance message) implements Event {}

        record Ended(InstanceLine line, String why) implements Event {}
    }

    private InstanceLine(InstanceName name, Consumer<Event> events) {
        this.name = name;
        this.events = events;
    }

    static InstanceLine start(Link link, InstanceName name, HostPort address, Consumer<Event> events) {
        InstanceLine line = new InstanceLine(name, events);
        line.handle = link.connect(address, line);
        return line;
    }

    InstanceName name() {
        return name;
    }

    void assign(Assignment assignment) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(assignment);
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
        events.accept(new Event.Opened(this));
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.confirm();
        }
        if (message instanceof FromInstance said) {
            events.accept(new Event.Said(this, said));
        } else {
            end();
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        events.accept(new Event.Ended(this, reason.detail()));
    }
}
