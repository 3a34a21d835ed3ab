package skein.management;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.WireMessage;

/** One accepted connection of a coordinator. Tells the agent what comes, unless transactions are forwarded on it. */
final class CoordinatorLine implements LinkListener {
    private final long number;
    private final Consumer<ManagementAgent.Message> agent;
    private final ManagementSettings.Lines lines;
    private volatile @Nullable LinkConnection connection;

    /** Whose connection it is once transactions are forwarded on it. */
    private volatile @Nullable LinkListener carrier;

    CoordinatorLine(long number, Consumer<ManagementAgent.Message> agent, ManagementSettings.Lines lines) {
        this.number = number;
        this.agent = agent;
        this.lines = lines;
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
        agent.accept(new ManagementAgent.Opened(number, opened));
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        LinkListener carrying = carrier;
        if (carrying != null) {
            carrying.received(message);
            return;
        }
        if (message instanceof Assignment assignment) {
            agent.accept(new ManagementAgent.Received(number, assignment));
        } else if (open != null && message instanceof LineWanted wanted) {
            carrier = lines.carry(open, wanted).orElse(null);
        } else if (open != null) {
            open.close();
        }
        if (open != null) {
            open.confirm();
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        LinkListener carrying = carrier;
        if (carrying != null) {
            carrying.closed(reason);
        }
        agent.accept(new ManagementAgent.Closed(number));
    }
}
