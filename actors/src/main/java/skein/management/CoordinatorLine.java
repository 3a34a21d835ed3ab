package skein.management;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.WireMessage;

/** One accepted connection of a coordinator. Tells the agent what comes. */
final class CoordinatorLine implements LinkListener {
    private final long number;
    private final Consumer<ManagementAgent.Message> agent;
    private volatile @Nullable LinkConnection connection;

    CoordinatorLine(long number, Consumer<ManagementAgent.Message> agent) {
        this.number = number;
        this.agent = agent;
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
        agent.accept(new ManagementAgent.Opened(number, opened));
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (message instanceof Assignment assignment) {
            agent.accept(new ManagementAgent.Received(number, assignment));
        } else if (open != null) {
            open.close();
        }
        if (open != null) {
            open.confirm();
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        agent.accept(new ManagementAgent.Closed(number));
    }
}
