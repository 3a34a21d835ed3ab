package skein.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.instance.Instance;
import skein.protocol.ManagementProtocol.Routes;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * An instance under coordinators tells clients what the coordinators' leader has last told it.
 *
 * @param instance whose sessions and routes these are
 */
record ManagedRoutes(Instance instance) implements QueryService {
    @Override
    public QuerySession open(Client client) {
        return instance.queries().open(client);
    }

    @Override
    public Route route(DatabaseName database) {
        return instance.queries().route(database);
    }

    @Override
    public Optional<ClusterTable> clusterTable(DatabaseName database) {
        Routes routes = instance.routes()
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "This instance has not heard from the coordinators for a while, so it cannot tell who takes"
                                + " writes. Ask a coordinator, or another instance."));
        return Optional.of(new ClusterTable(routes.timeToLive(), routes.write(), routes.read(), routes.route()));
    }

    @Override
    public @Nullable Bookmark systemState() {
        return instance.queries().systemState();
    }

    @Override
    public DatabaseName defaultDatabase() {
        return instance.queries().defaultDatabase();
    }
}
