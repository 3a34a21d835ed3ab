package skein.clients;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import skein.bolt.message.BoltVersion;
import skein.clients.Client.Answer;
import skein.clients.Client.Link;
import skein.clients.Client.Login;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.clients.Client.Target;
import skein.graph.Value;

/**
 * One client that speaks one version of Bolt to the server.
 *
 * @param link open, with a pool of one connection
 * @param direct no proxy stands in between
 */
record Trial(Client client, Link link, BoltVersion version, int port, boolean direct, Login login) {
    private static final AtomicLong NUMBER = new AtomicLong();

    /** One connection, so that what a query leaves behind is what the next one finds. */
    private static final int CONNECTIONS = 1;

    static Trial begin(Client client, BoltVersion version, int port, boolean direct, Login login) {
        Link link = client.open(new Target("bolt://127.0.0.1:" + port, login, CONNECTIONS));
        return new Trial(client, link, version, port, direct, login);
    }

    Target target(String scheme, int connectionsMax) {
        return new Target(scheme + "://127.0.0.1:" + port, login, connectionsMax);
    }

    Answer run(String query) {
        return link.run(Session.PLAIN, Query.of(query));
    }

    Answer run(String query, String parameter, Value value) {
        return link.run(Session.PLAIN, new Query(query, Map.of(parameter, value)));
    }

    /** A property value that nobody else uses. */
    static long unique() {
        return NUMBER.incrementAndGet();
    }
}
