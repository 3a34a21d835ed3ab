package skein.user;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.session.Authentication;
import skein.session.Client;
import skein.session.Credentials;
import skein.user.core.Account;
import skein.user.core.LoginDelays;
import skein.user.core.LoginDelays.Who;
import skein.user.core.Users;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * Judges logins. In this order: nobody has to log in while there are no users; who has to wait is refused; a password
 * that was verified before is let in at once; one that is being judged already is judged once for all who present it;
 * the rest is hashed. Thread-safe.
 */
public final class LoginDesk implements Authentication {
    private static final Logger LOG = LoggerFactory.getLogger(LoginDesk.class);
    private static final int REMEMBERED_MAX = 10_000;
    /** Longer ones are wrong: hashing must not depend on how much a stranger sends. */
    static final int PASSWORD_LENGTH_MAX = 1024;

    private static final UUID NOBODY = new UUID(0, 0);
    private static final Secret NOTHING = new Secret("");
    private static final long MILLIS_PER_SECOND = 1_000;

    private final UserDirectory directory;
    private final PasswordHasher hasher;
    private final HashThreads threads;
    private final boolean openToAll;
    private final LongSupplier nowMillis;
    private final BiConsumer<Account, String> renewal;
    private final ReentrantLock lock = new ReentrantLock();
    private final LoginDelays delays = new LoginDelays(REMEMBERED_MAX);
    private final VerifiedPasswords verified = new VerifiedPasswords();
    private final Map<Question, CompletableFuture<Boolean>> underWay = new HashMap<>();

    /** The same for all who present the same password for the same version of a user. */
    private record Question(String user, UUID version, String code) {}

    /**
     * @param openToAll whether, while there are no users, clients of other machines may come in too
     * @param nowMillis milliseconds that only go forward
     * @param renewal takes a verified user and a new hash of the password, when the one that is kept is out of date
     */
    LoginDesk(
            UserDirectory directory,
            PasswordHasher hasher,
            HashThreads threads,
            boolean openToAll,
            LongSupplier nowMillis,
            BiConsumer<Account, String> renewal) {
        this.directory = directory;
        this.hasher = hasher;
        this.threads = threads;
        this.openToAll = openToAll;
        this.nowMillis = nowMillis;
        this.renewal = renewal;
        directory.onChange(this::changed);
    }

    private void changed(Users users) {
        lock.lock();
        try {
            verified.retain(users);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Login> logIn(Credentials credentials, String address) {
        try {
            return directory.inForce().isEmpty()
                    ? CompletableFuture.completedFuture(withoutUsers(address))
                    : switch (credentials) {
                        case Credentials.None _ ->
                            throw new SkeinException(
                                    ErrorCode.UNAUTHORIZED,
                                    "SKEIN-USER-021: This instance has users, and the client presented none. Connect with"
                                            + " user and password.");
                        case Credentials.Basic(String name, Secret password) ->
                            verify(name, password, address).thenApply(LoginDesk::login);
                    };
        } catch (SkeinException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Login login(Account account) {
        return new Login(new Client.Identity.User(account.name(), account.id()), account.changeRequired());
    }

    private Login withoutUsers(String address) {
        if (!openToAll && !Addresses.isLoopback(address)) {
            throw new SkeinException(
                    ErrorCode.UNAUTHORIZED,
                    "SKEIN-USER-022: This instance has no users, so only clients on its own machine may come in. Create"
                            + " a user there with CREATE USER name IDENTIFIED BY 'password', or start it with SKEIN_USER"
                            + " and SKEIN_PASSWORD, or, to let everybody in, with --insecure-no-auth.");
        }
        return new Login(new Client.Identity.Anonymous(), false);
    }

    /** The user whose password this is; fails with UNAUTHORIZED, AUTHENTICATION_RATE_LIMIT or BUSY. */
    CompletionStage<Account> verify(String name, Secret password, String address) {
        Optional<Account> found =
                UserName.isUsable(name) ? directory.inForce().find(new UserName(name)) : Optional.empty();
        Who who = new Who(shortened(name), Addresses.group(address));
        return judged(found.orElse(null), who, password).thenApply(right -> {
            if (right && found.isPresent()) {
                return found.get();
            }
            throw new SkeinException(
                    ErrorCode.UNAUTHORIZED,
                    "SKEIN-USER-023: User or password is wrong. Connect again with the right ones.");
        });
    }

    private static String shortened(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > PASSWORD_LENGTH_MAX ? lower.substring(0, PASSWORD_LENGTH_MAX) : lower;
    }

    private CompletableFuture<Boolean> judged(@Nullable Account account, Who who, Secret password) {
        byte[] code = verified.codeOf(password);
        Question question = new Question(
                who.user(),
                account == null ? NOBODY : account.version(),
                Base64.getEncoder().encodeToString(code));
        lock.lock();
        try {
            refuseWaiting(delays.waitMillis(who, nowMillis.getAsLong()));
            if (account != null && verified.contains(account, code)) {
                return CompletableFuture.completedFuture(true);
            }
            CompletableFuture<Boolean> same = underWay.get(question);
            if (same != null) {
                return same.copy();
            }
            refuseWaiting(delays.begin(who, nowMillis.getAsLong()));
            return hashed(account, who, password, code, question);
        } finally {
            lock.unlock();
        }
    }

    private static void refuseWaiting(long millis) {
        if (millis > 0) {
            long seconds = (millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
            throw new SkeinException(
                    ErrorCode.AUTHENTICATION_RATE_LIMIT,
                    "SKEIN-USER-024: There were too many wrong logins from here. Wait " + seconds
                            + (seconds == 1 ? " second" : " seconds") + ", then try again.");
        }
    }

    /** Called with the lock; the answer is worked out without it. */
    private CompletableFuture<Boolean> hashed(
            @Nullable Account account, Who who, Secret password, byte[] code, Question question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        underWay.put(question, answer);
        try {
            var _ = threads.run(() -> compare(account, password)).whenComplete((right, failure) -> {
                if (failure == null) {
                    judgedNow(right, account, who, code, question);
                    answer.complete(right);
                    renew(right, account, password);
                } else {
                    notJudged(who, question);
                    answer.completeExceptionally(failure);
                }
            });
        } catch (SkeinException e) {
            notJudged(who, question);
            throw e;
        }
        return answer;
    }

    /** As much work for a user who does not exist, or has no password, as for any other. */
    private boolean compare(@Nullable Account account, Secret password) {
        if (account == null || !account.hasPassword() || password.reveal().length() > PASSWORD_LENGTH_MAX) {
            var _ = hasher.matches(NOTHING, hasher.decoy());
            return false;
        }
        return hasher.matches(password, account.hash());
    }

    private void judgedNow(boolean right, @Nullable Account account, Who who, byte[] code, Question question) {
        lock.lock();
        try {
            underWay.remove(question);
            if (right && account != null) {
                delays.succeeded(who);
                verified.add(account, code);
                // the user may have changed while the password was hashed
                verified.retain(directory.inForce());
                return;
            }
            long wait = delays.failed(who, nowMillis.getAsLong());
            if (wait > 0) {
                LOG.warn("wrong logins from {}: it has to wait {} ms", who.address(), wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private void notJudged(Who who, Question question) {
        lock.lock();
        try {
            underWay.remove(question);
            delays.cancelled(who);
        } finally {
            lock.unlock();
        }
    }

    private void renew(boolean right, @Nullable Account account, Secret password) {
        if (right && account != null && !hasher.isCurrent(account.hash())) {
            try {
                var _ = threads.run(() -> hasher.hash(password)).thenAccept(hash -> renewal.accept(account, hash));
            } catch (SkeinException e) {
                LOG.debug("the hash of {}'s password is renewed at another login", account.name(), e);
            }
        }
    }
}
