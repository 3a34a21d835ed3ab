package skein.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;
import skein.wire.WireCodec;

final class TcpLinkTest {
    private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                ConfigFactory.parseResources("skein-actors.conf").withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static TcpLink link() {
        return new TcpLink(kit.system(), LinkSettings.DEFAULT, new LinkSecurity.ThisMachineOnly());
    }

    private static Link.LinkPort bind(Ear ear) {
        return link().bind(ANY_PORT, remote -> ear).toCompletableFuture().join();
    }

    @Test
    void messagesArriveInOrderBothWays() {
        Ear server = new Ear(true);
        Ear client = new Ear(true);
        Link.LinkPort port = bind(server);
        link().connect(port.address(), client);
        LinkConnection toServer = client.connected();
        LinkConnection toClient = server.connected();
        for (int i = 0; i < 5000; i++) {
            toServer.send(new Ack(i, i, i));
            toClient.send(new Ack(i, 0, 0));
        }
        server.awaitMessages(5000);
        client.awaitMessages(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(server.messages.get(i)).isEqualTo(new Ack(i, i, i));
            assertThat(client.messages.get(i)).isEqualTo(new Ack(i, 0, 0));
        }
        close(port);
    }

    @Test
    void messagesAboveOneFrameTravelInFragments() {
        Ear server = new Ear(true);
        Ear client = new Ear(true);
        Link.LinkPort port = bind(server);
        link().connect(port.address(), client);
        Append large = append(5 * Frames.FRAME_BYTES_MAX + 17);
        client.connected().send(large);
        client.connected().send(new Ack(1, 1, 1));
        server.awaitMessages(2);
        assertThat(server.messages).containsExactly(large, new Ack(1, 1, 1));
        close(port);
    }

    private static Append append(int bytes) {
        byte[] records = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            records[i] = (byte) (i * 31);
        }
        LogPosition last = new LogPosition(new Epoch(1, new UUID(0, 1)), 1, 0);
        return new Append(LogPosition.START, last, 0, ByteBuffer.wrap(records));
    }

    @Test
    void closeSendsWhatIsQueuedAndTellsBothSidesWhy() {
        Ear server = new Ear(true);
        Ear client = new Ear(true);
        Link.LinkPort port = bind(server);
        link().connect(port.address(), client);
        server.connected().send(new Refusal(Reason.OTHER_MAIN, "I obey another"));
        server.connected().close();
        assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.REMOTE);
        assertThat(client.messages).containsExactly(new Refusal(Reason.OTHER_MAIN, "I obey another"));
        assertThat(server.end().kind()).isEqualTo(LinkClosed.Kind.LOCAL);
        close(port);
    }

    @Test
    void noMoreThanTheUnconfirmedLimitIsDelivered() {
        Ear server = new Ear(false);
        Ear client = new Ear(true);
        Link.LinkPort port = bind(server);
        link().connect(port.address(), client);
        LinkConnection toServer = client.connected();
        for (int i = 0; i < 100; i++) {
            toServer.send(new Ack(i, 0, 0));
        }
        server.awaitMessages(LinkConnection.UNCONFIRMED_MAX);
        await().during(Duration.ofMillis(200)).until(() -> server.messages.size() == LinkConnection.UNCONFIRMED_MAX);
        LinkConnection toClient = server.connected();
        toClient.confirm();
        server.awaitMessages(LinkConnection.UNCONFIRMED_MAX + 1);
        for (int i = 0; i < 100; i++) {
            toClient.confirm();
        }
        close(port);
    }

    @Test
    void nobodyListeningIsUnreachable() {
        Ear server = new Ear(true);
        Link.LinkPort port = bind(server);
        HostPort address = port.address();
        close(port);
        Ear client = new Ear(true);
        link().connect(address, client);
        assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.UNREACHABLE);
        Ear nowhere = new Ear(true);
        link().connect(new HostPort("no-such-host.invalid", 1), nowhere);
        assertThat(nowhere.end().kind()).isEqualTo(LinkClosed.Kind.UNREACHABLE);
    }

    @Test
    void closedPortCanBeBoundAgainAtOnce() {
        Ear server = new Ear(true);
        Link.LinkPort port = bind(server);
        Ear client = new Ear(true);
        link().connect(port.address(), client);
        client.connected();
        close(port);
        assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.REMOTE);
        Link.LinkPort again = link().bind(port.address(), remote -> server)
                .toCompletableFuture()
                .join();
        assertThat(again.address()).isEqualTo(port.address());
        close(again);
    }

    @Test
    void portInUseIsRefusedInWords() {
        Link.LinkPort port = bind(new Ear(true));
        assertThatThrownBy(() -> link().bind(port.address(), remote -> new Ear(true))
                        .toCompletableFuture()
                        .join())
                .cause()
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("Cannot listen on " + port.address(), "Choose another port");
        close(port);
    }

    @Test
    void garbageClosesThatConnectionOnly() throws IOException {
        List<Ear> ears = new CopyOnWriteArrayList<>();
        Link.LinkPort port = link().bind(ANY_PORT, remote -> {
                    Ear ear = new Ear(true);
                    ears.add(ear);
                    return ear;
                })
                .toCompletableFuture()
                .join();
        byte[][] attacks = {
            {0x7F, -1, -1, -1}, // a frame of 2 GiB
            {0, 0, 0, 3, 1, 99, 99}, // a class nobody registered
            {0, 0, 0, 1, 7}, // a frame that is neither the last nor an earlier one
        };
        for (byte[] attack : attacks) {
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), port.address().port())) {
                OutputStream out = socket.getOutputStream();
                out.write(attack);
                out.flush();
                await().atMost(PATIENCE).until(() -> !ears.isEmpty());
                assertThat(ears.getLast().end().kind()).isEqualTo(LinkClosed.Kind.REFUSED_FRAME);
            }
            ears.clear();
        }
        Ear client = new Ear(true);
        link().connect(port.address(), client);
        client.connected().send(new Ack(1, 1, 1));
        await().atMost(PATIENCE).until(() -> !ears.isEmpty());
        ears.getLast().awaitMessages(1);
        close(port);
    }

    @Test
    void oversizedMessageIsRefused() {
        Ear server = new Ear(true);
        LinkSettings small = new LinkSettings(Duration.ofSeconds(5), 1 << 20, 1000, 1 << 20);
        Link.LinkPort port = new TcpLink(kit.system(), small, new LinkSecurity.ThisMachineOnly())
                .bind(ANY_PORT, remote -> server)
                .toCompletableFuture()
                .join();
        Ear client = new Ear(true);
        link().connect(port.address(), client);
        client.connected().send(append(2000));
        assertThat(server.end().kind()).isEqualTo(LinkClosed.Kind.REFUSED_FRAME);
        close(port);
    }

    /** A whole message in one frame, which a peer of another release may send. */
    @Test
    void aFrameIsTakenUpToTheLimitAndRefusedBeyondIt() throws IOException {
        List<Ear> ears = new CopyOnWriteArrayList<>();
        LinkSettings two = new LinkSettings(Duration.ofSeconds(5), 2 << 20, 64 << 20, 32 << 20);
        Link.LinkPort port = new TcpLink(kit.system(), two, new LinkSecurity.ThisMachineOnly())
                .bind(ANY_PORT, remote -> {
                    Ear ear = new Ear(true);
                    ears.add(ear);
                    return ear;
                })
                .toCompletableFuture()
                .join();
        byte[] message = WireCodec.ofMessages().encode(append((2 << 20) - 1000));
        try (Socket socket = frame(port, message, message.length + 1)) {
            await().atMost(PATIENCE).until(() -> !ears.isEmpty());
            ears.getLast().awaitMessages(1);
            assertThat(socket.isClosed()).isFalse();
        }
        ears.clear();
        try (Socket socket = frame(port, new byte[0], (2 << 20) + 2)) {
            await().atMost(PATIENCE).until(() -> !ears.isEmpty());
            assertThat(ears.getLast().end().kind()).isEqualTo(LinkClosed.Kind.REFUSED_FRAME);
            assertThat(socket.isConnected()).isTrue();
        }
        close(port);
    }

    private static Socket frame(Link.LinkPort port, byte[] message, int declaredBytes) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port.address().port());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(declaredBytes);
        out.writeByte(1);
        out.write(message);
        out.flush();
        return socket;
    }

    @Test
    void queueOverItsLimitClosesTheConnection() {
        Ear server = new Ear(false);
        Link.LinkPort port = bind(server);
        Ear client = new Ear(true);
        LinkSettings small = new LinkSettings(Duration.ofSeconds(5), 1 << 20, 64 << 20, 32 << 20);
        new TcpLink(kit.system(), small, new LinkSecurity.ThisMachineOnly()).connect(port.address(), client);
        LinkConnection connection = client.connected();
        for (int i = 0; i < 200 && !client.hasEnded(); i++) {
            connection.send(append(1 << 20));
        }
        assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.OVERFLOW);
        close(port);
    }

    private static void close(Link.LinkPort port) {
        port.close().toCompletableFuture().join();
    }
}
