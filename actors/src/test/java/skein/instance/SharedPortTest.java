package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.protocol.CoordinatorProtocol.ShowInstances;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.protocol.RelayProtocol.RelayedRequest;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.wire.WireCodec;

/** One port for two protocols, over sockets, and what strangers do to it. */
@Timeout(60)
final class SharedPortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);
    private static final byte LAST_FRAME = 1;
    private static final WireMessage OF_RAFT = new Invite(
            1, new UUID(1, 1), new Server(1, new UUID(0, 1)), new Member(2, new HostPort("127.0.0.1", 12_002), null));
    private static final WireMessage OF_RELAYS = new RelayedRequest(1, 7, new ShowInstances());

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    private final Side raft = new Side();
    private final Side relays = new Side();
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable SharedPort shared;
    private Link.@Nullable LinkPort port;

    /** One of the two owners of the port: keeps what it hears and answers what it is told to. */
    private static final class Side implements Link.LinkAcceptor {
        private final List<WireMessage> heard = new CopyOnWriteArrayList<>();
        private final List<LinkClosed> ends = new CopyOnWriteArrayList<>();
        private final List<LinkConnection> connections = new CopyOnWriteArrayList<>();
        private boolean confirms = true;
        private @Nullable WireMessage answer;

        @Override
        public LinkListener accept(HostPort remote) {
            return new LinkListener() {
                private @Nullable LinkConnection connection;

                @Override
                public void opened(LinkConnection opened) {
                    connection = opened;
                    connections.add(opened);
                }

                @Override
                public void received(WireMessage message) {
                    LinkConnection open = Objects.requireNonNull(connection, "opened before anything is received");
                    heard.add(message);
                    if (confirms) {
                        open.confirm();
                    }
                    WireMessage said = answer;
                    if (said != null) {
                        open.send(said);
                    }
                }

                @Override
                public void closed(LinkClosed reason) {
                    ends.add(reason);
                }
            };
        }

        void awaitHeard(int count) {
            await().atMost(PATIENCE).until(() -> heard.size() >= count);
        }
    }

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                ConfigFactory.parseResources("skein-actors.conf").withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void bind() {
        shared = new SharedPort(link());
        port = open(shared.ofRaft(), raft);
        assertThat(open(shared.ofRelays(), relays).address()).isEqualTo(port.address());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        port().close().toCompletableFuture().join();
    }

    private static TcpLink link() {
        return new TcpLink(kit.system(), LinkSettings.DEFAULT, new LinkSecurity.ThisMachineOnly());
    }

    private static Link.LinkPort open(Link link, Side side) {
        return link.bind(ANY_PORT, side).toCompletableFuture().join();
    }

    private Link.LinkPort port() {
        return Objects.requireNonNull(port);
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port().address().port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    private static byte[] frame(WireMessage message) {
        byte[] bytes = WireCodec.ofMessages().encode(message);
        return ByteBuffer.allocate(Integer.BYTES + 1 + bytes.length)
                .putInt(bytes.length + 1)
                .put(LAST_FRAME)
                .put(bytes)
                .array();
    }

    private void say(WireMessage message) throws IOException {
        connect().getOutputStream().write(frame(message));
    }

    /** Both protocols are served, whatever happened before. */
    private void expectService() throws IOException {
        int ofRaft = raft.heard.size();
        int ofRelays = relays.heard.size();
        say(OF_RAFT);
        say(OF_RELAYS);
        raft.awaitHeard(ofRaft + 1);
        relays.awaitHeard(ofRelays + 1);
    }

    private static void expectEnd(Socket socket) throws IOException {
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void theFirstMessageSaysWhoseAConnectionIsAndItStaysSo() throws IOException {
        Socket ofRaft = connect();
        ofRaft.getOutputStream().write(frame(OF_RAFT));
        raft.awaitHeard(1);
        Socket ofRelays = connect();
        ofRelays.getOutputStream().write(frame(OF_RELAYS));
        relays.awaitHeard(1);
        ofRaft.getOutputStream().write(frame(OF_RELAYS));
        raft.awaitHeard(2);
        ofRelays.getOutputStream().write(frame(OF_RAFT));
        relays.awaitHeard(2);
        assertThat(raft.heard).containsExactly(OF_RAFT, OF_RELAYS);
        assertThat(relays.heard).containsExactly(OF_RELAYS, OF_RAFT);
        ofRaft.close();
        await().atMost(PATIENCE).until(() -> raft.ends.size() == 1);
        assertThat(relays.ends).isEmpty();
    }

    @Test
    void answersGoBackOnTheConnectionOfTheQuestion() throws IOException {
        WireMessage elsewhere = new RelayedElsewhere(7, Optional.empty());
        relays.answer = elsewhere;
        Socket socket = connect();
        socket.getOutputStream().write(frame(OF_RELAYS));
        byte[] expected = frame(elsewhere);
        assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
    }

    static Stream<Arguments> badBeginnings() {
        byte[] unknownClass = {0, 0, 0, 4, LAST_FRAME, 120, 121, 122};
        return Stream.of(
                Arguments.of("a frame of no bytes", new byte[4]),
                Arguments.of("a frame of two gigabytes", new byte[] {0x7F, -1, -1, -1, 0, 0}),
                Arguments.of("a frame of a negative length", new byte[] {-1, -1, -1, -1}),
                Arguments.of("a frame that is no part of a message", new byte[] {0, 0, 0, 2, 9, 9}),
                Arguments.of("bytes of a class that nobody registered", unknownClass),
                Arguments.of("HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("TLS", new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3}),
                Arguments.of("Bolt", new byte[] {0x60, 0x60, (byte) 0xB0, 0x17, 0, 0, 4, 5}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBeginnings")
    void whoBeginsWithGarbageIsTurnedAwayAndNobodyElse(String what, byte[] bytes) throws IOException {
        Socket friend = connect();
        friend.getOutputStream().write(frame(OF_RAFT));
        raft.awaitHeard(1);
        Socket stranger = connect();
        stranger.getOutputStream().write(bytes);
        expectEnd(stranger);
        assertThat(raft.heard).hasSize(1);
        assertThat(relays.heard).isEmpty();
        assertThat(raft.ends).isEmpty();
        friend.getOutputStream().write(frame(OF_RAFT));
        raft.awaitHeard(2);
        expectService();
    }

    @Test
    void aMessageThatComesByteByByteIsHeardWhole() throws IOException {
        OutputStream out = connect().getOutputStream();
        for (byte one : frame(OF_RELAYS)) {
            out.write(one);
            out.flush();
        }
        relays.awaitHeard(1);
        assertThat(relays.heard).containsExactly(OF_RELAYS);
    }

    @Test
    void whoEndsInTheMiddleOfItsFirstMessageIsNobodys() throws IOException {
        byte[] whole = frame(OF_RAFT);
        Socket socket = connect();
        socket.getOutputStream().write(whole, 0, whole.length - 1);
        socket.shutdownOutput();
        expectEnd(socket);
        expectService();
        assertThat(raft.connections).hasSize(1);
        assertThat(raft.ends).isEmpty();
    }

    @Test
    void silentConnectionsHoldNobodyUpAndTheOldestGoWhenThereAreTooMany() throws IOException {
        Socket oldest = connect();
        oldest.getOutputStream().write(frame(OF_RAFT), 0, 3);
        for (int i = 0; i < SharedPort.SILENT_MAX - 1; i++) {
            connect();
        }
        expectServiceBesideSilence(oldest);
    }

    /** Two more have come, spoken and made room again; each has cost the oldest that was silent then. */
    private void expectServiceBesideSilence(Socket oldest) throws IOException {
        expectService();
        expectEnd(oldest);
        Socket newest = sockets.get(SharedPort.SILENT_MAX - 1);
        newest.getOutputStream().write(frame(OF_RELAYS));
        relays.awaitHeard(2);
    }

    @Test
    void whoIsNotListenedForYetIsTurnedAwayUntilThen() throws IOException {
        SharedPort half = new SharedPort(link());
        Link.LinkPort ofRaft = open(half.ofRaft(), raft);
        try (Socket early =
                new Socket(InetAddress.getLoopbackAddress(), ofRaft.address().port())) {
            early.setSoTimeout((int) PATIENCE.toMillis());
            early.getOutputStream().write(frame(OF_RELAYS));
            expectEnd(early);
        }
        assertThat(relays.connections).isEmpty();
        open(half.ofRelays(), relays);
        try (Socket late =
                new Socket(InetAddress.getLoopbackAddress(), ofRaft.address().port())) {
            late.getOutputStream().write(frame(OF_RELAYS));
            relays.awaitHeard(1);
        }
        ofRaft.close().toCompletableFuture().join();
    }

    @Test
    void noMoreIsHandedOnThanItsOwnerHasDealtWith() throws IOException {
        raft.confirms = false;
        OutputStream out = connect().getOutputStream();
        for (int i = 0; i < 3 * LinkConnection.UNCONFIRMED_MAX; i++) {
            out.write(frame(OF_RAFT));
        }
        raft.awaitHeard(LinkConnection.UNCONFIRMED_MAX);
        expectRelaysWhile();
        assertThat(raft.heard).hasSize(LinkConnection.UNCONFIRMED_MAX);
        raft.connections.getFirst().confirm();
        raft.awaitHeard(LinkConnection.UNCONFIRMED_MAX + 1);
    }

    /** The other protocol is not held up. */
    private void expectRelaysWhile() throws IOException {
        say(OF_RELAYS);
        relays.awaitHeard(1);
    }

    @Test
    void theEndOfThePortIsTheEndOfAllItsConnections() throws IOException {
        Socket silent = connect();
        Socket ofRaft = connect();
        ofRaft.getOutputStream().write(frame(OF_RAFT));
        raft.awaitHeard(1);
        port().close().toCompletableFuture().join();
        expectEnd(silent);
        expectEnd(ofRaft);
        await().atMost(PATIENCE).until(() -> raft.ends.size() == 1);
    }
}
