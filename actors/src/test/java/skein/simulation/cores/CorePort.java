package skein.simulation.cores;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.link.Link.LinkPort;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.WireMessage;
import skein.role.core.RoleInput;
import skein.vocabulary.HostPort;

/** The port on which a node listens while it is a REPLICA. */
final class CorePort {
    private final CoreRole role;
    private final Map<Long, Accepted> accepted = new TreeMap<>();
    private @Nullable LinkPort open;
    private boolean closing;
    private long numbers;

    CorePort(CoreRole role) {
        this.role = role;
    }

    void bind(int number) {
        if (closing) {
            role.node().host().afterTrue(1_000_000, () -> role.tell(() -> bind(number)));
            return;
        }
        HostPort address = new HostPort(role.node().host().name(), number);
        role.node()
                .link()
                .bind(address, remote -> new Accepted(++numbers))
                .whenComplete((port, failure) -> role.tell(() -> bound(port, failure)));
    }

    private void bound(@Nullable LinkPort port, @Nullable Throwable failure) {
        if (port != null) {
            open = port;
            role.step(new RoleInput.PortBound(port.address()));
        } else {
            role.step(new RoleInput.PortRefused(String.valueOf(failure)));
        }
    }

    void close() {
        LinkPort port = open;
        open = null;
        accepted.clear();
        if (port != null) {
            closing = true;
            port.close().thenRun(() -> closing = false);
        }
    }

    void send(long number, WireMessage message) {
        Accepted connection = accepted.get(number);
        if (connection != null && connection.connection != null) {
            connection.connection.send(message);
        }
    }

    void refuse(long number, Reason reason, String text) {
        send(number, new Refusal(reason, text));
        hangUp(number);
    }

    void hangUp(long number) {
        Accepted connection = accepted.get(number);
        if (connection != null && connection.connection != null) {
            connection.connection.close();
        }
    }

    void admit(long number, CoreDatabase database) {
        Accepted connection = accepted.get(number);
        if (connection != null && connection.connection != null) {
            connection.admittedTo = database;
            database.admit(number, connection.connection);
        }
    }

    private final class Accepted implements LinkListener {
        private final long number;
        private @Nullable LinkConnection connection;
        private @Nullable CoreDatabase admittedTo;

        Accepted(long number) {
            this.number = number;
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            role.tell(() -> accepted.put(number, this));
        }

        @Override
        public void received(WireMessage message) {
            CoreDatabase database = admittedTo;
            LinkConnection opened = connection;
            if (!(message instanceof FromMain fromMain)) {
                hangUp(number);
            } else if (database != null) {
                database.heard(number, fromMain);
            } else {
                role.tell(() -> role.received(number, fromMain));
                if (opened != null) {
                    opened.confirm();
                }
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            CoreDatabase database = admittedTo;
            if (database != null) {
                database.hungUp(number);
            }
            role.tell(() -> accepted.remove(number));
        }
    }
}
