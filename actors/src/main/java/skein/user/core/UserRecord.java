package skein.user.core;

import java.util.UUID;
import skein.vocabulary.UserName;

/** What a record of the system database says about a user, the same on every node. */
public sealed interface UserRecord {
    /** Tells this change from all others. */
    UUID change();

    /** This is what the user is from now on, new or not. */
    record Kept(Account account) implements UserRecord {
        @Override
        public UUID change() {
            return account.version();
        }
    }

    record Removed(UserName name, UUID change) implements UserRecord {}
}
