import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/**
 * Neo4j Community with Bolt on a free port of the loopback address, with users, plain and encrypted: java
 * Neo4jPeer.java DIRECTORY, where the directory holds certificate.pem and key.pem. Prints READY HOST:PORT; stops with a
 * signal.
 */
public final class Neo4jPeer {
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        SslPolicyConfig encryption = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
        Neo4j neo4j = Neo4jBuilders.newInProcessBuilder(Files.createDirectories(directory.resolve("neo4j")))
                .withConfig(BoltConnector.enabled, true)
                .withConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                .withConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.OPTIONAL)
                .withConfig(encryption.enabled, true)
                .withConfig(encryption.base_directory, directory)
                .withConfig(encryption.public_certificate, directory.resolve("certificate.pem"))
                .withConfig(encryption.private_key, directory.resolve("key.pem"))
                .withConfig(encryption.client_auth, ClientAuth.NONE)
                .withConfig(HttpConnector.enabled, false)
                .withConfig(GraphDatabaseSettings.auth_enabled, true)
                .withDisabledServer()
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(neo4j::close));
        System.out.println(
                "READY " + neo4j.boltURI().getHost() + ":" + neo4j.boltURI().getPort());
        new CountDownLatch(1).await();
    }
}
