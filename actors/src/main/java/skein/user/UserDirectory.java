package skein.user;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import skein.session.Authorization;
import skein.session.Client;
import skein.session.Privilege;
import skein.user.core.AccessRules;
import skein.user.core.Standing;
import skein.user.core.UserRecord;
import skein.user.core.Users;

/**
 * The users of this instance, as its system database has decided them. Changed by one thread at a time; read by any.
 */
public final class UserDirectory implements Authorization {
    private final List<Consumer<Users>> listeners = new CopyOnWriteArrayList<>();
    private volatile Users decided = Users.NONE;
    private volatile Users inForce = Users.NONE;

    /** Whom the system database names: what a change is judged by. */
    public Users decided() {
        return decided;
    }

    /** Who may come in. */
    public Users inForce() {
        return inForce;
    }

    /** A record is decided. */
    public void record(UserRecord record) {
        decided = decided.with(record);
        inForce(decided);
    }

    /**
     * Another system database, empty at first, takes the place of this instance's. Until it names a user the ones
     * before stay in force: nobody is to come in without a password because a replica is being registered.
     */
    public void adopted() {
        decided = Users.NONE;
    }

    /** All of them at once: what coordinators have agreed on. */
    public void named(Users users) {
        decided = users;
        inForce(users);
    }

    private void inForce(Users users) {
        inForce = users;
        listeners.forEach(listener -> listener.accept(users));
    }

    /** From now on, with every change, on the thread that makes it. */
    public void onChange(Consumer<Users> listener) {
        listeners.add(listener);
    }

    @Override
    public void require(Client client, Privilege privilege) {
        AccessRules.refusal(Standing.of(client.identity(), inForce), privilege).ifPresent(reason -> {
            throw reason;
        });
    }
}
