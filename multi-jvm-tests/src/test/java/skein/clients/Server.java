package skein.clients;

import java.nio.file.Path;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.bolt.transport.SelfSigned;
import skein.clients.Client.Login;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/** What all clients talk to: an instance with two users and a certificate that nobody vouches for. */
final class Server implements AutoCloseable {
    /** Who every client is unless told otherwise. */
    static final Login CLIENT = new Login("client", "the client's password");

    static final Login OTHER = new Login("other", "the other's password");

    private final InstanceProcess process;
    private final HostPort address;

    private Server(InstanceProcess process) {
        this.process = process;
        this.address = process.awaitReady();
    }

    static Server start(Path directory) {
        Map<String, String> encrypting = SelfSigned.write(directory).flags();
        Server server = new Server(InstanceProcess.launch(InstanceSpec.small("clients", directory, encrypting)));
        String uri = "bolt://" + server.address;
        try (Driver nobody = GraphDatabase.driver(uri)) {
            create(nobody, CLIENT);
        }
        try (Driver client = GraphDatabase.driver(uri, AuthTokens.basic(CLIENT.user(), CLIENT.password()))) {
            create(client, OTHER);
        }
        return server;
    }

    private static void create(Driver driver, Login login) {
        try (Session session = driver.session()) {
            session.run(
                            "CREATE USER $user IDENTIFIED BY $password",
                            Map.of("user", login.user(), "password", login.password()))
                    .consume();
        }
    }

    HostPort address() {
        return address;
    }

    @Override
    public void close() {
        process.close();
    }
}
