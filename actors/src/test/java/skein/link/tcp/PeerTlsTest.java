package skein.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.link.Link.LinkPort;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.tcp.TestAuthority.Issued;
import skein.link.tcp.TestAuthority.Wish;
import skein.protocol.ReplicationProtocol.Ack;
import skein.tls.PeerFiles;
import skein.tls.PeerTls;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** Two links with certificates, and strangers that speak TLS, or something else, to either. */
final class PeerTlsTest {
    private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LinkSettings QUICK = new LinkSettings(Duration.ofMillis(500), 1 << 20, 1 << 24, 1L << 24);
    private static final TestAuthority CLUSTER = new TestAuthority("cluster CA");
    private static final TestAuthority STRANGERS = new TestAuthority("another CA");
    private static final Wish LOCAL = Wish.of("data1", "localhost", "127.0.0.1");

    /** A ClientHello of TLS 1.1 with one cipher suite of that time. */
    private static final byte[] OLD_HELLO = HexFormat.of()
            .parseHex("160301002d" + "01000029" + "0302" + "00".repeat(32) + "00" + "0002" + "002f" + "0100");

    private static final byte ALERT = 21;

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    @TempDir
    Path directory;

    private final List<Ear> accepted = new CopyOnWriteArrayList<>();
    private final List<LinkPort> ports = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private PeerTls tls;

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
    void makeCertificates() {
        tls = PeerTls.of(CLUSTER.issue(LOCAL).write(directory));
    }

    @AfterEach
    void close() {
        ports.forEach(port -> port.close().toCompletableFuture().join());
    }

    private static TcpLink link(LinkSecurity security) {
        return new TcpLink(kit.system(), LinkSettings.DEFAULT, security);
    }

    private TcpLink encrypted() {
        return link(new LinkSecurity.Encrypted(tls));
    }

    private HostPort bind(TcpLink link) {
        LinkPort port = link.bind(ANY_PORT, remote -> {
                    Ear ear = new Ear(true);
                    accepted.add(ear);
                    return ear;
                })
                .toCompletableFuture()
                .join();
        ports.add(port);
        return port.address();
    }

    private Ear lastAccepted() {
        await().atMost(PATIENCE).until(() -> !accepted.isEmpty());
        return accepted.getLast();
    }

    private Ear connect(HostPort address) {
        Ear client = new Ear(true);
        encrypted().connect(address, client);
        return client;
    }

    @Test
    void instancesOfOneClusterTalk() {
        HostPort address = bind(encrypted());
        for (String host : List.of("127.0.0.1", "localhost")) {
            accepted.clear();
            Ear client = connect(new HostPort(host, address.port()));
            LinkConnection toServer = client.connected();
            IntStream.range(0, 2000).forEach(i -> toServer.send(new Ack(i, i, i)));
            Ear server = lastAccepted();
            server.awaitMessages(2000);
            IntStream.range(0, 2000)
                    .forEach(i -> assertThat(server.messages.get(i)).isEqualTo(new Ack(i, i, i)));
            server.connected().send(new Ack(7, 0, 0));
            client.awaitMessages(1);
            server.connected().close();
            assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.REMOTE);
        }
    }

    @Test
    void closingSendsWhatIsQueued() {
        Ear client = connect(bind(encrypted()));
        LinkConnection toServer = client.connected();
        IntStream.range(0, 3000).forEach(i -> toServer.send(new Ack(i, i, i)));
        toServer.close();
        lastAccepted().awaitMessages(3000);
        assertThat(lastAccepted().end().kind()).isEqualTo(LinkClosed.Kind.REMOTE);
        assertThat(client.end().kind()).isEqualTo(LinkClosed.Kind.LOCAL);
    }

    /** What a link that connects says of a port that shows this certificate. */
    private String refusalOf(Issued shown, String host) throws IOException {
        try (SSLServerSocket server = (SSLServerSocket)
                shown.context().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answerOnce(server));
            Ear client = connect(new HostPort(host, server.getLocalPort()));
            LinkClosed end = client.end();
            assertThat(client.wasOpened()).isFalse();
            assertThat(end.kind()).isEqualTo(LinkClosed.Kind.UNREACHABLE);
            answering.interrupt();
            return end.detail();
        }
    }

    private static void answerOnce(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            // the other side refuses: that is what is tested
            assertThat(e).isNotNull();
        }
    }

    @Test
    void aServerIsBelievedOnlyWithAValidCertificateOfTheClusterForTheNameThatWasDialled() throws IOException {
        assertThat(refusalOf(CLUSTER.issue(LOCAL.aged(Duration.ofDays(3))), "127.0.0.1"))
                .contains("CN=data1", "expired at");
        assertThat(refusalOf(CLUSTER.issue(LOCAL.aged(Duration.ofDays(-3))), "127.0.0.1"))
                .contains("is valid only from");
        assertThat(refusalOf(STRANGERS.issue(LOCAL), "127.0.0.1"))
                .contains("issued by CN=another CA", "does not come from the cluster's CA");
        assertThat(refusalOf(CLUSTER.issue(Wish.of("data1", "data1.example")), "127.0.0.1"))
                .contains("which is for data1.example", "127.0.0.1");
        assertThat(refusalOf(CLUSTER.issue(Wish.of("data1", "127.0.0.1")), "localhost"))
                .contains("which is for 127.0.0.1", "localhost");
        assertThat(refusalOf(CLUSTER.issue(Wish.of("localhost")), "localhost"))
                .contains("which is for no name or address");
        assertThat(refusalOf(CLUSTER.issue(LOCAL.onlyFor(KeyPurposeId.id_kp_clientAuth)), "127.0.0.1"))
                .contains("was refused");
    }

    /** A stranger connects with TLS to a port of a link; true when it was let in. */
    private boolean letsIn(SSLContext context, String version) throws IOException {
        HostPort address = bind(encrypted());
        accepted.clear();
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), address.port());
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", address.port(), true)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            // in TLS 1.3 the client hears of a refusal only when it reads
            socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 7});
            socket.getOutputStream().flush();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SSLException e) {
            assertThat(e.getMessage()).containsAnyOf("alert", "terminated the handshake");
        } catch (IOException e) {
            assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
        LinkClosed end = lastAccepted().end();
        // whoever is let in sends a frame that is none, and is told so
        assertThat(end.kind())
                .isEqualTo(lastAccepted().wasOpened() ? LinkClosed.Kind.REFUSED_FRAME : LinkClosed.Kind.UNREACHABLE);
        return lastAccepted().wasOpened();
    }

    @Test
    void aClientNeedsAValidCertificateOfTheCluster() throws IOException {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(letsIn(CLUSTER.issue(LOCAL).context(), version)).isTrue();
            assertThat(letsIn(TestAuthority.withoutCertificate(CLUSTER.certificate()), version))
                    .isFalse();
            Issued foreign = STRANGERS.issue(LOCAL);
            Issued disguised = new Issued(foreign.certificate(), foreign.keys(), CLUSTER.certificate());
            assertThat(letsIn(disguised.context(), version)).isFalse();
            assertThat(letsIn(CLUSTER.issue(LOCAL.aged(Duration.ofDays(3))).context(), version))
                    .isFalse();
            assertThat(letsIn(
                            CLUSTER.issue(LOCAL.onlyFor(KeyPurposeId.id_kp_serverAuth))
                                    .context(),
                            version))
                    .isFalse();
        }
    }

    @Test
    void aClientThatIsTurnedAwayIsToldWhoRefused() {
        PeerTls own = tls;
        HostPort address = bind(encrypted());
        Path elsewhere = subdirectory("elsewhere");
        Issued foreign = STRANGERS.issue(LOCAL);
        PeerFiles files = foreign.write(elsewhere);
        // it believes both, the port believes only its own
        TestAuthority.pem(
                files.authorities(),
                "CERTIFICATE",
                TestAuthority.encoded(STRANGERS.certificate()),
                TestAuthority.encoded(CLUSTER.certificate()));
        tls = PeerTls.of(files);
        assertThat(connect(address).end().detail())
                .contains("it refuses this instance's certificate", "its log says why");
        tls = own;
        assertThat(lastAccepted().wasOpened()).isFalse();
        assertThat(lastAccepted().end().detail()).contains("no certificate of the cluster's CA");
    }

    private Path subdirectory(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoEncryptsAndWhoDoesNotDoNotUnderstandEachOtherAndSaySo() {
        HostPort plainPort = bind(link(new LinkSecurity.ThisMachineOnly()));
        assertThat(connect(plainPort).end())
                .satisfies(end -> assertThat(end.kind()).isEqualTo(LinkClosed.Kind.UNREACHABLE))
                .satisfies(end -> assertThat(end.detail()).contains("before TLS was agreed on"));
        assertThat(lastAccepted().end().detail()).contains("it encrypts", "--cluster-cert-file");
        accepted.clear();
        HostPort securePort = bind(encrypted());
        Ear plainClient = new Ear(true);
        link(new LinkSecurity.ThisMachineOnly()).connect(securePort, plainClient);
        plainClient.connected().send(new Ack(1, 1, 1));
        assertThat(plainClient.messages).isEmpty();
        plainClient.end();
        assertThat(lastAccepted().end().detail()).contains("it does not speak TLS");
        assertThat(lastAccepted().wasOpened()).isFalse();
    }

    @Test
    void versionsBelow12AreRefused() throws IOException {
        HostPort address = bind(encrypted());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(OLD_HELLO);
            socket.getOutputStream().flush();
            assertThat(socket.getInputStream().readAllBytes()).startsWith(ALERT);
        }
        assertThat(lastAccepted().end().kind()).isEqualTo(LinkClosed.Kind.UNREACHABLE);
        assertThat(lastAccepted().end().detail()).contains("TLSv1.1");
    }

    @Test
    void whoConnectsAndSaysNothingIsClosed() throws IOException {
        HostPort address = bind(new TcpLink(kit.system(), QUICK, new LinkSecurity.Encrypted(tls)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(lastAccepted().end().detail()).contains("TLS was not agreed on");
    }

    @Test
    void newFilesCountForNewConnectionsWhileOpenOnesGoOn() throws Exception {
        HostPort address = bind(encrypted());
        Ear client = connect(address);
        LinkConnection toServer = client.connected();
        Thread load = Thread.ofVirtual()
                .start(() -> IntStream.range(0, 20_000).forEach(i -> toServer.send(new Ack(i, i, i))));
        assertThat(shown(address)).isEqualTo("CN=data1");
        CLUSTER.issue(Wish.of("renewed", "localhost", "127.0.0.1")).write(directory);
        assertThat(tls.reloadIfChanged()).isTrue();
        assertThat(tls.reloadIfChanged()).isFalse();
        assertThat(shown(address)).isEqualTo("CN=renewed");
        load.join();
        Ear served = accepted.getFirst();
        served.awaitMessages(20_000);
        IntStream.range(0, 20_000)
                .forEach(i -> assertThat(served.messages.get(i)).isEqualTo(new Ack(i, i, i)));
        toServer.close();
    }

    private static String shown(HostPort address) throws IOException {
        SSLContext context = CLUSTER.issue(LOCAL).context();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", address.port())) {
            socket.setSoTimeout(10_000);
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    @Test
    void filesThatCannotBeUsedLeaveTheOldOnesInPlace() throws IOException {
        HostPort address = bind(encrypted());
        Files.delete(tls.files().key());
        assertThatThrownBy(tls::reload).hasMessageContainingAll("CFG-009", "key.pem", "does not exist");
        assertThat(shown(address)).isEqualTo("CN=data1");
        Issued other = CLUSTER.issue(Wish.of("other", "127.0.0.1"));
        TestAuthority.pem(tls.files().certificates(), "CERTIFICATE", TestAuthority.encoded(other.certificate()));
        TestAuthority.pem(
                tls.files().key(),
                "PRIVATE KEY",
                CLUSTER.issue(LOCAL).keys().getPrivate().getEncoded());
        assertThatThrownBy(tls::reload).hasMessageContaining("does not belong to the first certificate");
        assertThat(shown(address)).isEqualTo("CN=data1");
        assertThat(tls.loads()).isEqualTo(1);
    }

    @Test
    void aCertificateThatNoOtherWouldBelieveIsRefusedAtTheStart() throws IOException {
        assertUnusable(CLUSTER.issue(LOCAL.aged(Duration.ofDays(3))).write(directory), "expired at");
        Issued foreign = STRANGERS.issue(LOCAL);
        assertUnusable(
                new Issued(foreign.certificate(), foreign.keys(), CLUSTER.certificate()).write(directory),
                "does not come from the cluster's CA");
        assertUnusable(
                CLUSTER.issue(LOCAL.onlyFor(KeyPurposeId.id_kp_clientAuth)).write(directory),
                "as a server nobody would believe it");
        assertUnusable(
                CLUSTER.issue(LOCAL.onlyFor(KeyPurposeId.id_kp_serverAuth)).write(directory),
                "as a client nobody would believe it");
        PeerFiles files = CLUSTER.issue(LOCAL).write(directory);
        Files.writeString(files.authorities(), "nothing");
        assertUnusable(files, "ca.pem is no PEM file");
        TestAuthority.pem(files.key(), "ENCRYPTED PRIVATE KEY", new byte[64]);
        assertUnusable(files, "holds a key with a password");
        TestAuthority.pem(files.key(), "PRIVATE KEY", new byte[64]);
        assertUnusable(files, "neither RSA nor EC");
    }

    private static void assertUnusable(PeerFiles files, String reason) {
        assertThatThrownBy(() -> PeerTls.of(files))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("CFG-009", reason, files.certificates().toString());
    }

    @Test
    void withoutEncryptionNobodyElseIsListenedToAndNobodyElseIsDialled() {
        HostPort everywhere = new HostPort("0.0.0.0", 0);
        assertThatThrownBy(() -> link(new LinkSecurity.ThisMachineOnly())
                        .bind(everywhere, remote -> new Ear(true))
                        .toCompletableFuture()
                        .join())
                .cause()
                .hasMessageContainingAll("CFG-005", "--cluster-cert-file", "--insecure-cluster");
        LinkPort open = link(new LinkSecurity.Insecure())
                .bind(everywhere, remote -> new Ear(true))
                .toCompletableFuture()
                .join();
        ports.add(open);
        HostPort elsewhere = new HostPort(addressOnANetwork(), open.address().port());
        Ear client = new Ear(true);
        link(new LinkSecurity.ThisMachineOnly()).connect(elsewhere, client);
        assertThat(client.end().detail()).contains("not encrypted", "--insecure-cluster");
        assertThat(client.wasOpened()).isFalse();
        Ear knowing = new Ear(true);
        link(new LinkSecurity.Insecure()).connect(elsewhere, knowing);
        knowing.connected().close();
    }

    /** One of this machine's addresses that is not its loopback; the test needs a network. */
    private static String addressOnANetwork() {
        try {
            Optional<String> found = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst();
            assumeTrue(found.isPresent(), "no network here");
            return found.get();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
