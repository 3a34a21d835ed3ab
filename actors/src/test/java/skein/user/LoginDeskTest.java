package skein.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.session.Authentication.Login;
import skein.session.Client;
import skein.session.Credentials;
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

class LoginDeskTest {
    private static final UserName ANN = new UserName("ann");
    private static final String HOME = "127.0.0.1";
    private static final String AWAY = "192.0.2.1";

    private final UserDirectory directory = new UserDirectory();
    private final PasswordHasher hasher = new PasswordHasher(new PasswordHasher.Cost(64, 1, 1));
    private final HashThreads threads = new HashThreads();
    private final AtomicLong now = new AtomicLong();
    private final List<String> renewed = new CopyOnWriteArrayList<>();
    private final LoginDesk desk = desk(false);
    private long versions;

    private LoginDesk desk(boolean openToAll) {
        return new LoginDesk(
                directory, hasher, threads, openToAll, now::get, (account, hash) -> renewed.add(account.name() + hash));
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void withoutUsersWhoIsOnThisMachineNeedsNoLogin() {
        assertThat(in(desk.logIn(new Credentials.None(), HOME))).isEqualTo(new Client.Identity.Anonymous());
        assertThat(in(desk.logIn(new Credentials.None(), "::1"))).isEqualTo(new Client.Identity.Anonymous());
        assertThat(in(desk.logIn(basic("", ""), HOME))).isEqualTo(new Client.Identity.Anonymous());
        assertThat(refused(desk.logIn(new Credentials.None(), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(in(desk(true).logIn(new Credentials.None(), AWAY))).isEqualTo(new Client.Identity.Anonymous());
    }

    @Test
    void withUsersEverybodyLogsIn() {
        Account ann = user("hunter2");
        assertThat(refused(desk.logIn(new Credentials.None(), HOME))).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refused(desk(true).logIn(new Credentials.None(), HOME))).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(in(desk.logIn(basic("ann", "hunter2"), AWAY))).isEqualTo(new Client.Identity.User(ANN, ann.id()));
        assertThat(in(desk.logIn(basic("ANN", "hunter2"), AWAY))).isEqualTo(new Client.Identity.User(ANN, ann.id()));
    }

    @Test
    void anUnknownUserIsToldTheSameAfterTheSameWork() {
        user("hunter2");
        long before = hasher.digests();
        String wrong = failure(desk.logIn(basic("ann", "wrong"), AWAY)).getMessage();
        assertThat(hasher.digests() - before).isEqualTo(1);
        SkeinException unknown = failure(desk.logIn(basic("nobody", "hunter2"), AWAY));
        assertThat(unknown).hasMessage(wrong);
        assertThat(unknown.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(hasher.digests() - before).isEqualTo(2);
        assertThat(failure(desk.logIn(basic("no name' at all", "hunter2"), AWAY)))
                .hasMessage(wrong);
        assertThat(hasher.digests() - before).isEqualTo(3);
    }

    @Test
    void aUserWithoutAPasswordCannotLogIn() {
        record(new Account(ANN, new UUID(1, 1), new UUID(2, 1), Account.NO_PASSWORD, false));
        long before = hasher.digests();
        assertThat(refused(desk.logIn(basic("ann", ""), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(hasher.digests() - before).isEqualTo(1);
    }

    @Test
    void whatWasVerifiedOnceIsNotHashedAgain() {
        user("hunter2");
        for (int i = 0; i < 50; i++) {
            in(desk.logIn(basic("ann", "hunter2"), AWAY));
        }
        assertThat(threads.begun()).isEqualTo(1);
        assertThat(refused(desk.logIn(basic("ann", "wrong"), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(threads.begun()).isEqualTo(2);
    }

    @Test
    void manyAtOnceWithTheSamePasswordAreHashedOnce() throws InterruptedException {
        user("hunter2");
        CountDownLatch free = new CountDownLatch(1);
        occupy(2, free);
        List<CompletableFuture<Login>> logins = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            logins.add(desk.logIn(basic("ann", "hunter2"), AWAY).toCompletableFuture());
        }
        free.countDown();
        logins.forEach(LoginDeskTest::in);
        assertThat(threads.begun()).isEqualTo(2 + 1);
    }

    @Test
    void anOldPasswordIsForgottenWithItsUser() {
        user("hunter2");
        in(desk.logIn(basic("ann", "hunter2"), AWAY));
        user("hunter3");
        assertThat(refused(desk.logIn(basic("ann", "hunter2"), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        in(desk.logIn(basic("ann", "hunter3"), AWAY));
        record(new Account(new UserName("bob"), new UUID(1, 9), new UUID(2, 9), hasher.hash(new Secret("x")), false));
        directory.record(new UserRecord.Removed(ANN, new UUID(2, 10)));
        assertThat(refused(desk.logIn(basic("ann", "hunter3"), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void afterThreeWrongPasswordsItHasToWaitAndThenComesIn() {
        user("hunter2");
        for (int i = 0; i < 3; i++) {
            assertThat(refused(desk.logIn(basic("ann", "wrong" + i), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        SkeinException waiting = failure(desk.logIn(basic("ann", "hunter2"), AWAY));
        assertThat(waiting.code()).isEqualTo(ErrorCode.AUTHENTICATION_RATE_LIMIT);
        assertThat(waiting).hasMessageContaining("Wait 1 second");
        assertThat(threads.begun()).isEqualTo(3);
        in(desk.logIn(basic("ann", "hunter2"), "192.0.2.2"));
        now.addAndGet(1_000);
        in(desk.logIn(basic("ann", "hunter2"), AWAY));
    }

    @Test
    void unknownUsersHaveToWaitAsKnownOnesDo() {
        user("hunter2");
        for (int i = 0; i < 3; i++) {
            assertThat(refused(desk.logIn(basic("nobody", "wrong" + i), AWAY))).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        assertThat(refused(desk.logIn(basic("nobody", "x"), AWAY))).isEqualTo(ErrorCode.AUTHENTICATION_RATE_LIMIT);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        user("hunter2");
        for (int i = 0; i < 3; i++) {
            assertThat(refused(desk.logIn(basic("ann", "wrong" + i), "2001:db8::" + i)))
                    .isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        assertThat(refused(desk.logIn(basic("ann", "hunter2"), "2001:db8::ffff")))
                .isEqualTo(ErrorCode.AUTHENTICATION_RATE_LIMIT);
        in(desk.logIn(basic("ann", "hunter2"), "2001:db8:0:1::1"));
    }

    @Test
    void whoFindsTheThreadsBusyIsToldToComeBackAndNothingCounts() throws InterruptedException {
        user("hunter2");
        CountDownLatch free = new CountDownLatch(1);
        occupy(HashThreads.THREADS + HashThreads.QUEUE, free);
        for (int i = 0; i < 50; i++) {
            SkeinException busy = failure(desk.logIn(basic("ann", "wrong" + i), AWAY));
            assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(busy.code().isTransient()).isTrue();
        }
        free.countDown();
        await().until(() -> threads.begun() == HashThreads.THREADS + HashThreads.QUEUE);
        in(desk.logIn(basic("ann", "hunter2"), AWAY));
    }

    @Test
    void aHashOfOtherParametersIsRenewed() {
        String weak = new PasswordHasher(new PasswordHasher.Cost(32, 1, 1)).hash(new Secret("hunter2"));
        record(new Account(ANN, new UUID(1, 1), new UUID(2, 1), weak, false));
        in(desk.logIn(basic("ann", "hunter2"), AWAY));
        await().untilAsserted(() -> assertThat(renewed)
                .singleElement()
                .satisfies(it -> assertThat(it).startsWith("ann$argon2id$v=19$m=64,")));
    }

    @Test
    void usersStayInForceUntilTheNewSystemDatabaseNamesOne() {
        user("hunter2");
        directory.adopted();
        assertThat(refused(desk.logIn(new Credentials.None(), HOME))).isEqualTo(ErrorCode.UNAUTHORIZED);
        in(desk.logIn(basic("ann", "hunter2"), HOME));
        record(new Account(new UserName("bob"), new UUID(1, 9), new UUID(2, 9), hasher.hash(new Secret("x")), false));
        assertThat(refused(desk.logIn(basic("ann", "hunter2"), HOME))).isEqualTo(ErrorCode.UNAUTHORIZED);
        in(desk.logIn(basic("bob", "x"), HOME));
    }

    private void occupy(int count, CountDownLatch until) {
        for (int i = 0; i < count; i++) {
            var _ = threads.run(() -> {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
        }
    }

    private Account user(String password) {
        Account account =
                new Account(ANN, new UUID(1, 1), new UUID(2, ++versions), hasher.hash(new Secret(password)), false);
        record(account);
        return account;
    }

    private void record(Account account) {
        directory.record(new UserRecord.Kept(account));
    }

    private static Credentials basic(String name, String password) {
        return new Credentials.Basic(name, new Secret(password));
    }

    private static Client.Identity in(CompletionStage<Login> login) {
        return login.toCompletableFuture().join().identity();
    }

    private static ErrorCode refused(CompletionStage<Login> login) {
        return failure(login).code();
    }

    private static SkeinException failure(CompletionStage<Login> login) {
        try {
            login.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SkeinException expected) {
                return expected;
            }
            throw e;
        }
        return fail("it came in");
    }
}
