package skein.user;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import skein.user.core.Account;
import skein.user.core.Users;
import skein.vocabulary.Secret;
import skein.vocabulary.UserName;

/**
 * Which passwords were right, so that who comes again is not hashed again: per user one keyed code of the password and
 * the version of the user. The key is random and never leaves this process. Not thread-safe.
 */
final class VerifiedPasswords {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int USERS_MAX = 10_000;

    private final SecretKeySpec key;
    private final Map<UserName, Verified> verified = new HashMap<>();

    private record Verified(UUID version, byte[] code) {}

    VerifiedPasswords() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** What stands for a password; means nothing in another process. */
    byte[] codeOf(Secret password) {
        byte[] bytes = password.revealBytes();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Whether this was the password of this version of the user. */
    boolean contains(Account account, byte[] code) {
        Verified known = verified.get(account.name());
        return known != null && known.version().equals(account.version()) && MessageDigest.isEqual(known.code(), code);
    }

    void add(Account account, byte[] code) {
        if (verified.size() < USERS_MAX || verified.containsKey(account.name())) {
            verified.put(account.name(), new Verified(account.version(), code));
        }
    }

    /** Forgets what is not of these users as they are now. */
    void retain(Users users) {
        verified.entrySet()
                .removeIf(entry -> users.find(entry.getKey())
                        .filter(account ->
                                account.version().equals(entry.getValue().version()))
                        .isEmpty());
    }
}
