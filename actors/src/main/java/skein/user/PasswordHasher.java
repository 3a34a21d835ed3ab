package skein.user;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;

/**
 * Hashes passwords and compares them. A hash is text that names its own parameters:
 *
 * <pre>
 * $argon2id$v=19$m=MEBIBYTES*1024,t=PASSES,p=LANES$SALT$DIGEST      salt and digest in Base64 without padding
 * $2b$COST$...                                                      bcrypt, only read: what was imported
 * </pre>
 *
 * Thread-safe; each call takes tens of milliseconds, and each thread that hashes with Argon2id keeps
 * {@link Cost#memoryKib} of memory, cleared after each use.
 */
final class PasswordHasher {
    /** How hard hashing is made: 19 MiB and two passes are the least that OWASP recommends for Argon2id. */
    record Cost(int memoryKib, int passes, int lanes) {
        static final Cost STANDARD = new Cost(19 * 1024, 2, 1);
    }

    /** What the algorithm needs besides its memory, in blocks of a KiB. */
    private static final int WORK_BLOCKS = 8;

    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    /** Beyond this a hash that somebody planted would be an attack. */
    private static final int MEMORY_KIB_MAX = 1 << 20;

    private static final int PASSES_MAX = 64;
    private static final int BCRYPT_COST_MAX = 16;
    private static final int BCRYPT_BYTES_MAX = 72;

    private static final Pattern ARGON2ID = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private final Cost cost;
    private final SecureRandom random = new SecureRandom();
    private final String decoy;
    private final AtomicLong digests = new AtomicLong();
    /**
     * Of each thread that hashes, as long as it lives: 19 MiB of new objects for each login would keep the collector
     * busy.
     */
    private final ThreadLocal<Argon2BytesGenerator.BlockPool> blocks;

    PasswordHasher(Cost cost) {
        this.cost = cost;
        this.blocks =
                ThreadLocal.withInitial(() -> new Argon2BytesGenerator.FixedBlockPool(cost.memoryKib() + WORK_BLOCKS));
        // any digest will do: nothing is equal to it
        this.decoy = text(cost, new byte[SALT_BYTES], new byte[DIGEST_BYTES]);
    }

    /** A hash of the password with a fresh salt. */
    String hash(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(cost, salt, digest(password, cost, salt, DIGEST_BYTES));
    }

    /** What to compare with when there is no such user, so that it takes as long. */
    String decoy() {
        return decoy;
    }

    /** True when it is the hash of this password; STORAGE_FAILURE for a text that is no hash. */
    boolean matches(Secret password, String hash) {
        if (BCRYPT.matcher(hash).matches()) {
            return matchesBcrypt(password, hash);
        }
        Parsed parsed = parse(hash);
        byte[] digest = digest(password, parsed.cost(), parsed.salt(), parsed.digest().length);
        return MessageDigest.isEqual(digest, parsed.digest());
    }

    /** True when a new hash would be made the same way. */
    boolean isCurrent(String hash) {
        return !BCRYPT.matcher(hash).matches() && parse(hash).cost().equals(cost);
    }

    /** True for a bcrypt hash of a bearable cost, as Memgraph keeps them. */
    static boolean isImportable(String hash) {
        Matcher matcher = BCRYPT.matcher(hash);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) <= BCRYPT_COST_MAX;
    }

    private static boolean matchesBcrypt(Secret password, String hash) {
        byte[] bytes = password.revealBytes();
        byte[] used = Arrays.copyOf(bytes, Math.min(bytes.length, BCRYPT_BYTES_MAX));
        try {
            return OpenBSDBCrypt.checkPassword(hash, used);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(used, (byte) 0);
        }
    }

    private record Parsed(Cost cost, byte[] salt, byte[] digest) {}

    private static Parsed parse(String hash) {
        Matcher matcher = ARGON2ID.matcher(hash);
        if (!matcher.matches()) {
            throw unreadable();
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (cost.memoryKib() < 8 * cost.lanes()
                || cost.memoryKib() > MEMORY_KIB_MAX
                || cost.passes() < 1
                || cost.passes() > PASSES_MAX
                || cost.lanes() < 1) {
            throw unreadable();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return new Parsed(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5)));
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static SkeinException unreadable() {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The password of this user is kept in a way that this release cannot read. Start this directory with the"
                        + " release that wrote it, or set the password again.");
    }

    private static String text(Cost cost, byte[] salt, byte[] digest) {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(digest);
    }

    /** How often a digest has been worked out. */
    long digests() {
        return digests.get();
    }

    private byte[] digest(Secret password, Cost cost, byte[] salt, int length) {
        digests.incrementAndGet();
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .withBlockPool(blocks.get())
                .build());
        byte[] digest = new byte[length];
        byte[] bytes = password.revealBytes();
        try {
            argon2.generateBytes(bytes, digest);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        return digest;
    }
}
