package skein.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import skein.bolt.admin.AdminAnswer;
import skein.bolt.admin.AdminPort;
import skein.cypher.syntax.AdminStatement;
import skein.session.Authentication;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.Credentials;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What Bolt talks to while the instance behind it is still recovering: its own address has to be known before its role
 * starts, because replicas are told where clients find their MAIN. Until then everything is refused in a way that makes
 * drivers try again. Thread-safe.
 */
final class StartingInstance implements QueryService, AdminPort, Authentication {
    private final DatabaseName defaultDatabase;
    private volatile @Nullable QueryService queries;
    private volatile @Nullable AdminPort admin;
    private volatile @Nullable Authentication authentication;

    StartingInstance(DatabaseName defaultDatabase) {
        this.defaultDatabase = defaultDatabase;
    }

    /** From here on everything goes to the instance. */
    void started(QueryService instanceQueries, AdminPort instanceAdmin, Authentication instanceAuthentication) {
        admin = instanceAdmin;
        queries = instanceQueries;
        authentication = instanceAuthentication;
    }

    /** Who the users are is read from the log too. */
    @Override
    public CompletionStage<Login> logIn(Credentials credentials, String address) {
        Authentication desk = authentication;
        return desk == null ? CompletableFuture.failedFuture(starting()) : desk.logIn(credentials, address);
    }

    @Override
    public QuerySession open(Client client) {
        QueryService service = queries;
        if (service == null) {
            throw starting();
        }
        return service.open(client);
    }

    @Override
    public Route route(DatabaseName database) {
        QueryService service = queries;
        if (service == null) {
            throw starting();
        }
        return service.route(database);
    }

    @Override
    public Optional<ClusterTable> clusterTable(DatabaseName database) {
        QueryService service = queries;
        if (service == null) {
            throw starting();
        }
        return service.clusterTable(database);
    }

    @Override
    public @Nullable Bookmark systemState() {
        QueryService service = queries;
        return service == null ? null : service.systemState();
    }

    @Override
    public DatabaseName defaultDatabase() {
        return defaultDatabase;
    }

    @Override
    public CompletionStage<AdminAnswer> execute(AdminStatement statement, Client client) {
        AdminPort port = admin;
        return port == null ? CompletableFuture.failedFuture(starting()) : port.execute(statement, client);
    }

    private static SkeinException starting() {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "This instance is starting: it is reading its log. Nothing was done. Try again in a moment; the instance"
                        + " prints a line when it is ready.");
    }
}
