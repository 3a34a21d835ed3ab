package skein.bolt.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/** A query service whose sessions know admin statements too; everything else goes to the service behind. */
public final class AdminQueryService implements QueryService {
    private final QueryService behind;
    private final AdminPort admin;

    public AdminQueryService(QueryService behind, AdminPort admin) {
        this.behind = behind;
        this.admin = admin;
    }

    @Override
    public QuerySession open(Client client) {
        return new AdminSession(behind.open(client), admin, client, this);
    }

    @Override
    public Route route(DatabaseName database) {
        return behind.route(database);
    }

    @Override
    public Optional<ClusterTable> clusterTable(DatabaseName database) {
        return behind.clusterTable(database);
    }

    @Override
    public @Nullable Bookmark systemState() {
        return behind.systemState();
    }

    @Override
    public DatabaseName defaultDatabase() {
        return behind.defaultDatabase();
    }
}
