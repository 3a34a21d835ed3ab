package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import skein.bolt.packstream.Bytes;
import skein.bolt.transport.Origins;
import skein.bolt.transport.SelfSigned;
import skein.bolt.transport.Tls;
import skein.bolt.transport.TlsFiles;
import skein.bolt.transport.TlsMode;
import skein.bolt.transport.Transport;
import skein.vocabulary.SkeinException;

final class TlsTest {
    @TempDir
    Path directory;

    private TlsFiles files;
    private @Nullable BoltServer server;

    TlsTest() {
        files = new TlsFiles(Path.of("certificate.pem"), Path.of("key.pem"));
    }

    @BeforeEach
    void makeCertificate() {
        files = SelfSigned.write(directory, "first").files();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private BoltServer start(TlsMode mode) {
        BoltServer started = BoltServer.start(
                BoltSettings.listeningOn("127.0.0.1", 0),
                new Transport(Tls.of(mode, files), Origins.LOOPBACK),
                new FakeQueries(),
                new FakeAdmin());
        server = started;
        return started;
    }

    private static void query(String uri, Config config) {
        try (Driver driver = GraphDatabase.driver(uri, config);
                Session session = driver.session()) {
            assertThat(session.run("ROWS 3").list()).hasSize(3);
        }
    }

    @Test
    void aDriverThatTrustsAnybodyIsServedEncrypted() {
        query("bolt+ssc://" + start(TlsMode.REQUIRED).address(), Config.defaultConfig());
    }

    @Test
    void aDriverThatTrustsTheCertificateIsServedEncrypted() {
        Config trusting = Config.builder()
                .withEncryption()
                .withTrustStrategy(Config.TrustStrategy.trustCustomCertificateSignedBy(
                        files.certificates().toFile()))
                .build();
        query("bolt://localhost:" + start(TlsMode.REQUIRED).address().port(), trusting);
    }

    @Test
    void aDriverThatTrustsTheSystemIsNotFooled() {
        String uri = "bolt+s://" + start(TlsMode.OPTIONAL).address();
        assertThatThrownBy(() -> query(uri, Config.defaultConfig())).hasStackTraceContaining("SSLHandshakeException");
    }

    @Test
    void whereTlsIsOptionalPlainClientsAreServedToo() {
        query("bolt://" + start(TlsMode.OPTIONAL).address(), Config.defaultConfig());
    }

    @Test
    void whereTlsIsRequiredPlainClientsAreClosed() {
        String uri = "bolt://" + start(TlsMode.REQUIRED).address();
        assertThatThrownBy(() -> query(uri, Config.defaultConfig())).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void whereTlsIsOffEncryptingClientsAreClosed() {
        String uri = "bolt+ssc://" + start(TlsMode.OFF).address();
        assertThatThrownBy(() -> query(uri, Config.defaultConfig())).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void tlsInsideTlsIsClosed() throws Exception {
        try (SSLSocket socket = connect(start(TlsMode.OPTIONAL), "TLSv1.3")) {
            socket.getOutputStream().write(Bytes.of("16 03 01 00 05 01 00 00 01 00"));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void versionsFrom12OnAreSpoken() throws Exception {
        BoltServer started = start(TlsMode.REQUIRED);
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = connect(started, version)) {
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
        assertThatThrownBy(() -> connect(started, "TLSv1.1")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void newCertificatesCountForNewConnectionsAndOpenOnesGoOn() throws Exception {
        BoltServer started = start(TlsMode.REQUIRED);
        try (SSLSocket before = connect(started, "TLSv1.3")) {
            assertThat(subject(before)).isEqualTo("CN=first");
            SelfSigned.write(directory, "second");
            started.reloadTls();
            try (SSLSocket after = connect(started, "TLSv1.3")) {
                assertThat(subject(after)).isEqualTo("CN=second");
            }
            before.getOutputStream().write(Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
            assertThat(before.getInputStream().readNBytes(4)).isEqualTo(Bytes.of("00 00 04 05"));
        }
    }

    @Test
    void filesThatCannotBeUsedLeaveTheOldOnesInPlace() throws Exception {
        BoltServer started = start(TlsMode.REQUIRED);
        Files.writeString(files.key(), "not a key");
        assertThatThrownBy(started::reloadTls)
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("CFG-006")
                .hasMessageContaining("key.pem");
        try (SSLSocket socket = connect(started, "TLSv1.3")) {
            assertThat(subject(socket)).isEqualTo("CN=first");
        }
    }

    @Test
    void changedFilesAreNoticedAndBadOnesForgiven() throws IOException {
        Tls tls = Tls.of(TlsMode.REQUIRED, files);
        tls.reloadIfChanged();
        assertThat(tls.loads()).isEqualTo(1);
        Files.writeString(files.certificates(), "no certificate at all");
        tls.reloadIfChanged();
        assertThat(tls.loads()).isEqualTo(1);
        SelfSigned.write(directory, "a much longer name than before");
        tls.reloadIfChanged();
        assertThat(tls.loads()).isEqualTo(2);
    }

    @Test
    void reloadingWithoutTlsIsRefusedInWords() {
        BoltServer plain =
                BoltServer.start(BoltSettings.listeningOn("127.0.0.1", 0), new FakeQueries(), new FakeAdmin());
        server = plain;
        assertThatThrownBy(plain::reloadTls).hasMessageContaining("--bolt-cert-file");
    }

    private static SSLSocket connect(BoltServer server, String version) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverybody()}, null);
        Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, "localhost", server.address().port(), true);
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
