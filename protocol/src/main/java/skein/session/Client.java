package skein.session;

import java.util.UUID;
import skein.vocabulary.UserName;

/**
 * Whom a session serves.
 *
 * @param connection how {@code SHOW TRANSACTIONS} and log lines name the client, for example {@code bolt-17}
 * @param address where it comes from, without a port
 * @param routed it finds the instances that take writes by itself, and is to be told when it has come to another
 */
public record Client(String connection, String address, Identity identity, boolean routed) {
    /** One that stays with the instance it has connected to. */
    public Client(String connection, String address, Identity identity) {
        this(connection, address, identity, false);
    }

    /** Code of this process, which is trusted. */
    public static Client inProcess(String connection) {
        return new Client(connection, "", new Identity.InProcess());
    }

    /** The name of the user, or nothing when nobody had to log in. */
    public String userName() {
        return switch (identity) {
            case Identity.User(UserName name, UUID _) -> name.value();
            case Identity.Anonymous _, Identity.InProcess _ -> "";
        };
    }

    /** Who a client has shown to be. */
    public sealed interface Identity {
        /** There was no user when it came, so nobody had to log in. */
        record Anonymous() implements Identity {}

        /** @param id tells a user from an earlier one of the same name */
        record User(UserName name, UUID id) implements Identity {}

        /** Code of this process. */
        record InProcess() implements Identity {}
    }
}
