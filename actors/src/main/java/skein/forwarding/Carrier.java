package skein.forwarding;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.query.QueryTarget;
import skein.query.QueryTargets;
import skein.session.Client;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.user.core.Account;
import skein.user.core.Users;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Opens the sessions of forwarded transactions, as for any client of this instance. Thread-safe. */
final class Carrier {
    private volatile @Nullable QueryService sessions;
    private volatile @Nullable QueryTargets databases;
    private volatile Supplier<Users> users = () -> Users.NONE;

    /**
     * From now on there are sessions.
     *
     * @param present the users of this instance at any moment
     */
    void serve(QueryService service, QueryTargets targets, Supplier<Users> present) {
        databases = targets;
        users = present;
        sessions = service;
    }

    /** A coordinator's users are others than this instance's: whoever is called the same acts as that one. */
    QuerySession openByName(Client client, String forwarder) {
        if (!(client.identity() instanceof Client.Identity.User(UserName name, var _))) {
            return open(client, forwarder);
        }
        Account account = users.get()
                .find(name)
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.FORBIDDEN,
                        "SKEIN-REPL-034: User " + name + " of the coordinators is no user of the data instances, so the"
                                + " MAIN carries out nothing for it. Nothing was done. Create one of that name there, or"
                                + " connect to the MAIN as another."));
        return open(
                new Client(
                        client.connection(), client.address(), new Client.Identity.User(account.name(), account.id())),
                forwarder);
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
