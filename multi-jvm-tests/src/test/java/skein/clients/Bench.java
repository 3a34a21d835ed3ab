package skein.clients;

import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltVersion;
import skein.vocabulary.HostPort;

/** What the features of one column share: a connection, opened by the first of them, and the proxy in between. */
final class Bench implements AutoCloseable {
    private final Client client;
    private final BoltVersion version;
    private final boolean direct;
    private final HostPort server;
    private @Nullable VersionProxy proxy;
    private @Nullable Trial trial;

    Bench(Client client, BoltVersion version, boolean direct, HostPort server) {
        this.client = client;
        this.version = version;
        this.direct = direct;
        this.server = server;
    }

    Trial trial() {
        Trial begun = trial;
        if (begun == null) {
            begun = Trial.begin(client, version, port(), direct, Server.CLIENT);
            trial = begun;
        }
        return begun;
    }

    private int port() {
        if (direct) {
            return server.port();
        }
        VersionProxy between = new VersionProxy(server, version);
        proxy = between;
        return between.port();
    }

    @Override
    public void close() {
        if (trial != null) {
            trial.link().close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }
}
