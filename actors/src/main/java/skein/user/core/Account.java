package skein.user.core;

import java.util.UUID;
import skein.vocabulary.UserName;

/**
 * A user.
 *
 * @param id tells the user from earlier ones of the same name
 * @param version changes whenever anything else does: what was known of another version holds no more
 * @param hash what the password is compared with, and how; empty for a user who cannot log in
 * @param changeRequired whether the user may do nothing before changing the password
 */
public record Account(UserName name, UUID id, UUID version, String hash, boolean changeRequired) {
    /** In place of the hash of a user without a password. */
    public static final String NO_PASSWORD = "";

    public boolean hasPassword() {
        return !hash.equals(NO_PASSWORD);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "user " + name;
    }
}
