package skein.protocol;

import java.util.Optional;
import java.util.UUID;
import skein.vocabulary.UserName;

/**
 * What is wanted of a user; passwords are hashed already, and no hash stands in the text of one. Random ids come in as
 * {@code fresh}.
 */
public sealed interface UserWish {
    /** @param hash empty for a user who cannot log in yet */
    record Create(UserName name, Optional<String> hash, boolean changeRequired, boolean ifNotExists, Fresh fresh)
            implements UserWish {
        @Override
        public String toString() {
            return "Create " + name;
        }
    }

    /** @param hash empty when only the duty to change the password is altered */
    record Alter(UserName name, Optional<String> hash, boolean changeRequired, boolean ifExists, Fresh fresh)
            implements UserWish {
        @Override
        public String toString() {
            return "Alter " + name;
        }
    }

    /**
     * The user who asks has shown the present password.
     *
     * @param id of that user
     */
    record ChangeOwn(UserName name, UUID id, String hash, Fresh fresh) implements UserWish {
        @Override
        public String toString() {
            return "ChangeOwn " + name;
        }
    }

    record Drop(UserName name, boolean ifExists, Fresh fresh) implements UserWish {}

    /**
     * The same password, hashed as is done today.
     *
     * @param version of the user whose password was hashed
     */
    record RenewHash(UserName name, UUID version, String hash, Fresh fresh) implements UserWish {
        @Override
        public String toString() {
            return "RenewHash " + name;
        }
    }

    /** Random ids, to be used for whatever needs one. */
    record Fresh(UUID id, UUID version) {}

    /** How people write it. */
    default String command() {
        return switch (this) {
            case Create _ -> "CREATE USER";
            case Alter _, ChangeOwn _ -> "SET PASSWORD";
            case Drop _ -> "DROP USER";
            case RenewHash _ -> "a login";
        };
    }
}
