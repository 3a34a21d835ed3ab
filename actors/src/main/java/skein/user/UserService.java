package skein.user;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.session.Authentication;
import skein.user.core.Account;

/** Everything about users that an instance has: the directory, the login desk, the threads that hash. Thread-safe. */
public final class UserService implements AutoCloseable {
    private final UserDirectory directory = new UserDirectory();
    private final HashThreads threads = new HashThreads();
    private final LoginDesk desk;
    private final UserWishes wishes;
    private volatile BiConsumer<Account, String> renewal = (account, hash) -> {};

    /** @param openToAll whether, while there are no users, clients of other machines may come in too */
    public UserService(boolean openToAll) {
        PasswordHasher hasher = new PasswordHasher(PasswordHasher.Cost.STANDARD);
        long start = System.nanoTime();
        desk = new LoginDesk(
                directory,
                hasher,
                threads,
                openToAll,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                (account, hash) -> renewal.accept(account, hash));
        wishes = new UserWishes(desk, hasher, threads);
    }

    public UserDirectory directory() {
        return directory;
    }

    public Authentication authentication() {
        return desk;
    }

    /** What a command asks for, once passwords are verified and hashed; fails with a SkeinException. */
    public CompletionStage<UserWish> wish(UserCommand command) {
        return wishes.of(command);
    }

    /** From now on a verified user whose hash is out of date goes there, with a new one. */
    public void onRenewal(BiConsumer<Account, String> listener) {
        renewal = listener;
    }

    @Override
    public void close() {
        threads.close();
    }
}
