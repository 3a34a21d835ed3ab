package skein.query;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import skein.cypher.CypherEngine;
import skein.cypher.procedure.InstanceFacts;
import skein.session.Authorization;
import skein.session.Client;
import skein.session.IsolationLevel;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/** Opens sessions over the databases of this instance. Thread-safe. */
public final class SessionService implements QueryService {
    private final QueryTargets targets;
    private final CypherEngine engine;
    private final Function<QueryTarget, InstanceFacts> facts;
    private final SessionSettings settings;
    private final UserMemory memory;
    private final OpenTransactions transactions;
    private final Authorization authorization;
    private final Forwarding forwarding;
    private final AtomicReference<IsolationLevel> isolation;

    /**
     * @param facts what queries on a database may ask about the instance
     * @param transactions where every session's transactions are listed
     * @param authorization says whether a client may do what a query does
     * @param forwarding where transactions go that are to write while this instance takes no writes
     */
    public SessionService(
            QueryTargets targets,
            CypherEngine engine,
            Function<QueryTarget, InstanceFacts> facts,
            SessionSettings settings,
            OpenTransactions transactions,
            Authorization authorization,
            Forwarding forwarding) {
        this.targets = targets;
        this.engine = engine;
        this.facts = facts;
        this.settings = settings;
        this.memory = new UserMemory(settings.memory(), settings.userMemoryBytesMax());
        this.transactions = transactions;
        this.authorization = authorization;
        this.forwarding = forwarding;
        this.isolation = new AtomicReference<>(settings.isolation());
    }

    @Override
    public QuerySession open(Client client) {
        return new DatabaseSession(
                client,
                targets,
                engine,
                facts,
                settings,
                memory.of(client.userName()),
                transactions,
                new SessionIsolation(isolation),
                privilege -> authorization.require(client, privilege),
                forwarding);
    }

    @Override
    public Route route(DatabaseName database) {
        QueryTarget target = targets.require(database);
        // whoever comes for a broken database is to be told so, by the one who would serve it
        return target.damage().isPresent() ? targets.system().route() : target.route();
    }

    @Override
    public Bookmark systemState() {
        return targets.system().visible();
    }

    @Override
    public DatabaseName defaultDatabase() {
        return targets.defaultDatabase();
    }
}
