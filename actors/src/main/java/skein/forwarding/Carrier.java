package skein.forwarding;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.query.QueryTarget;
import skein.query.QueryTargets;
import skein.session.Client;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Opens the sessions of forwarded transactions, as for any client of this instance. Thread-safe. */
final class Carrier {
    private volatile @Nullable QueryService sessions;
    private volatile @Nullable QueryTargets databases;

    /** From now on there are sessions. */
    void serve(QueryService service, QueryTargets targets) {
        databases = targets;
        sessions = service;
    }

    /** Who it is the forwarder has found out; what it may do is judged here, with every statement. */
    QuerySession open(Client client, String forwarder) {
        QueryService service = sessions;
        if (service == null) {
            throw starting();
        }
        return service.open(new Client(client.connection() + "@" + forwarder, client.address(), client.identity()));
    }

    DatabaseName nameOf(UUID database) {
        QueryTargets targets = databases;
        if (targets == null) {
            throw starting();
        }
        return targets.find(database)
                .map(QueryTarget::name)
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.DATABASE_NOT_FOUND,
                        "The MAIN does not have the database " + database
                                + " of this transaction: it has been dropped or replaced. Nothing was done. Name"
                                + " another one."));
    }

    private static SkeinException starting() {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE, "The MAIN is starting. Nothing was done. Try again in a moment.");
    }
}
