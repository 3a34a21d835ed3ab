package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.bolt.transport.SelfSigned;

/** Instances as processes that encrypt what they say to each other, with certificates that change meanwhile. */
final class PeerTlsMultiJvmTest {
    private static final int SOCKET_MILLIS = 10_000;
    private static final String COUNT = "MATCH (n:N) RETURN count(n)";

    @TempDir
    Path directory;

    @Test
    void replicationIsEncryptedAndCertificatesAreReadAgainWhenAsked() throws Exception {
        Path files = directory.resolve("certificates");
        SelfSigned own = SelfSigned.write(files, "first");
        Map<String, String> settings = Map.of(
                "cluster-cert-file", own.certificate().toString(),
                "cluster-key-file", own.key().toString(),
                "cluster-ca-file", own.certificate().toString(),
                "replication-replica-check-frequency-sec", "0.2");
        try (Stage stage = new Stage(directory, settings)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 24_701);
            // a busy machine may need longer for the first handshake than it is given
            await().atMost(Stage.PATIENCE)
                    .ignoreExceptionsInstanceOf(Neo4jException.class)
                    .untilAsserted(() -> stage.register("main", "replica", "SYNC"));
            stage.awaitState("main", "replica", "ready");
            stage.run("main", "CREATE (:N)");
            stage.awaitCount("replica", COUNT, 1);
            assertThat(nameShownBy(stage, "replica", own)).isEqualTo("CN=first");

            SelfSigned.write(files, "second");
            stage.run("replica", "RELOAD INTRA_CLUSTER TLS");
            assertThat(nameShownBy(stage, "replica", own)).isEqualTo("CN=second");
            stage.run("main", "RELOAD INTRA_CLUSTER TLS");
            // from here on both show, and believe, the new one alone
            stage.link("main", "replica").reset();
            stage.run("main", "CREATE (:N)");
            stage.awaitCount("replica", COUNT, 2);
            stage.awaitState("main", "replica", "ready");

            Files.writeString(own.key(), "no key");
            assertThatThrownBy(() -> stage.run("main", "RELOAD INTRA_CLUSTER TLS"))
                    .isInstanceOf(Neo4jException.class);
            stage.run("main", "CREATE (:N)");
            stage.awaitCount("replica", COUNT, 3);
        }
    }

    @Test
    void withoutEncryptionThereIsNothingToReload() {
        try (Stage stage = new Stage(directory)) {
            stage.start("plain");
            assertThatThrownBy(() -> stage.run("plain", "RELOAD INTRA_CLUSTER TLS"))
                    .isInstanceOf(Neo4jException.class)
                    .hasMessageContainingAll("CFG-009", "nothing to reload");
        }
    }

    /** Fails unless the port shows the certificate that is in the file now. */
    private static String nameShownBy(Stage stage, String replica, SelfSigned expected)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(expected.certificate())) {
            trusted.setCertificateEntry(
                    "expected", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        int port = stage.replicationPort(replica);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(SOCKET_MILLIS);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }
}
