package skein.simulation.actors;

import java.util.concurrent.CompletionStage;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.wire.WireCodec;

/** A link on which every message is made into bytes and back, as between real instances. */
final class CodedLink implements Link {
    private final Link link;
    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();

    CodedLink(Link link) {
        this.link = link;
    }

    @Override
    public LinkHandle connect(HostPort address, LinkListener listener) {
        return link.connect(address, new CodedListener(listener));
    }

    @Override
    public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
        return link.bind(address, remote -> new CodedListener(acceptor.accept(remote)));
    }

    private final class CodedListener implements LinkListener {
        private final LinkListener listener;

        CodedListener(LinkListener listener) {
            this.listener = listener;
        }

        @Override
        public void opened(LinkConnection connection) {
            listener.opened(new CodedConnection(connection));
        }

        @Override
        public void received(WireMessage message) {
            listener.received(message);
        }

        @Override
        public void closed(LinkClosed reason) {
            listener.closed(reason);
        }
    }

    private final class CodedConnection implements LinkConnection {
        private final LinkConnection connection;

        CodedConnection(LinkConnection connection) {
            this.connection = connection;
        }

        @Override
        public void send(WireMessage message) {
            connection.send(codec.decode(codec.encode(message)));
        }

        @Override
        public void confirm() {
            connection.confirm();
        }

        @Override
        public HostPort remote() {
            return connection.remote();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
