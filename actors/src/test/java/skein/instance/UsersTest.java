package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Done;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.UserStatus;
import skein.protocol.InstanceRoleProtocol.Users;
import skein.session.Client;
import skein.session.Credentials;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Users on one instance, after a restart, and on those that follow it. */
class UsersTest {
    private static final String HOME = "127.0.0.1";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    @Test
    void usersOutliveARestart() {
        Node main = cluster.start("main");
        assertThat(create(main, "ann", "first")).containsExactly("CreateUser");
        create(main, "bob", "x");
        create(main, "eve", null);
        change(main, "ann", "second");
        drop(main, "bob");
        main.stop();

        Node again = cluster.start("main");
        assertThat(names(again)).containsExactly("ann", "eve");
        logIn(again, "ann", "second");
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(again, "ann", "first"));
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(again, "bob", "x"));
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(again, "eve", ""));
        assertThat(filesHold("second")).as("a password on disk").isFalse();
        assertThat(filesHold("$argon2id$v=19$m=19456,t=2,p=1$")).isTrue();
    }

    @Test
    void replicasHaveTheUsersOfTheirMain() {
        Node main = cluster.start("main");
        create(main, "ann", "one");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        create(main, "bob", "two");
        await().untilAsserted(() -> assertThat(names(replica)).containsExactly("ann", "bob"));
        logIn(replica, "ann", "one");
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(replica, "bob", "one"));
        logIn(replica, "bob", "two");

        change(main, "bob", "three");
        await().ignoreExceptions().until(() -> logIn(replica, "bob", "three") != null);
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(replica, "bob", "two"));
        refused(ErrorCode.NOT_MAIN, () -> create(replica, "eve", "x"));
        refused(ErrorCode.NOT_MAIN, () -> change(replica, "ann", "x"));
        refused(ErrorCode.NOT_MAIN, () -> drop(replica, "ann"));

        main.stop();
        replica.becomeMain();
        logIn(replica, "ann", "one");
        drop(replica, "bob");
        assertThat(names(replica)).containsExactly("ann");
    }

    @Test
    void aReplicaBelowAReplicaLetsInWhomTheMainLetsIn() {
        Node main = cluster.start("main");
        create(main, "ann", "one");
        Node first = cluster.start("first").becomeReplica();
        Node second = cluster.start("second").becomeReplica();
        main.register("first", ReplicationMode.ASYNC, first);
        await().ignoreExceptions().until(() -> logIn(first, "ann", "one") != null);
        first.register("second", ReplicationMode.SYNC, second);
        await().ignoreExceptions().until(() -> logIn(second, "ann", "one") != null);
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(second, "ann", "two"));
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(second, "", ""));

        change(main, "ann", "two");
        await().ignoreExceptions().until(() -> logIn(second, "ann", "two") != null);
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(second, "ann", "one"));
        refused(ErrorCode.NOT_MAIN, () -> create(second, "eve", "x"));
    }

    @Test
    void aReplicaIsNeverOpenBecauseItIsBeingRegistered() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica");
        create(replica, "local", "x");
        replica.becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(replica, new Credentials.None()));
        logIn(replica, "local", "x");
        create(main, "ann", "one");
        await().ignoreExceptions().until(() -> logIn(replica, "ann", "one") != null);
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(replica, "local", "x"));
    }

    @Test
    void aSessionStandsAsItsUserStandsNow() {
        Node main = cluster.start("main");
        Client.Identity before = logIn(main, new Credentials.None());
        try (QuerySession anonymous = session(main, before)) {
            run(anonymous);
            create(main, "admin", "x");
            refused(ErrorCode.AUTHORIZATION_EXPIRED, () -> run(anonymous));
        }
        create(main, "ann", "one");
        Client.Identity ann = logIn(main, "ann", "one");
        try (QuerySession session = session(main, ann)) {
            run(session);
            change(main, "ann", "two");
            run(session);
            require(main, true);
            refused(ErrorCode.CREDENTIALS_EXPIRED, () -> run(session));
            own(main, ann, "two", "three");
            run(session);
            session.begin(TransactionOptions.WRITE);
            drop(main, "ann");
            refused(ErrorCode.AUTHORIZATION_EXPIRED, () -> session.runInTransaction("RETURN 1", Map.of()));
            create(main, "ann", "three");
            refused(ErrorCode.AUTHORIZATION_EXPIRED, () -> run(session));
        }
        try (QuerySession session = session(main, logIn(main, "ann", "three"))) {
            run(session);
        }
        assertThat(main.read("RETURN 1")).containsExactly("1");
    }

    @Test
    void whoChangesTheOwnPasswordShowsThePresentOne() {
        Node main = cluster.start("main");
        create(main, "ann", "one");
        Client.Identity ann = logIn(main, "ann", "one");
        refused(ErrorCode.UNAUTHORIZED, () -> own(main, ann, "wrong", "two"));
        refused(ErrorCode.INVALID_ARGUMENT, () -> own(main, ann, "one", "one"));
        refused(ErrorCode.INVALID_ARGUMENT, () -> own(main, ann, "one", ""));
        refused(ErrorCode.INVALID_ARGUMENT, () -> own(main, new Client.Identity.InProcess(), "one", "two"));
        own(main, ann, "one", "two");
        logIn(main, "ann", "two");
        for (int i = 0; i < 3; i++) {
            String guess = "guess" + i;
            refused(ErrorCode.UNAUTHORIZED, () -> own(main, ann, guess, "mine"));
        }
        refused(ErrorCode.AUTHENTICATION_RATE_LIMIT, () -> own(main, ann, "two", "mine"));
    }

    @Test
    void hashesOfOthersAreTakenAndRenewedAtTheFirstLogin() {
        Node main = cluster.start("main");
        create(main, "ann", "bcrypt:$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        logIn(main, "ann", "U*U");
        await().until(() -> filesHold("$argon2id$"));
        logIn(main, "ann", "U*U");
    }

    @Test
    void whoDropsTheLastUserOpensTheInstanceToThisMachine() {
        Node main = cluster.start("main");
        create(main, "ann", "one");
        refused(ErrorCode.UNAUTHORIZED, () -> logIn(main, new Credentials.None()));
        drop(main, "ann");
        assertThat(logIn(main, new Credentials.None())).isEqualTo(new Client.Identity.Anonymous());
    }

    private static List<String> create(Node node, String name, @Nullable String password) {
        return done(node.users(replyTo -> new InstanceRoleProtocol.CreateUser(
                new UserName(name), Optional.ofNullable(password).map(Secret::new), false, false, replyTo)));
    }

    private static void change(Node node, String name, String password) {
        done(node.users(replyTo -> new InstanceRoleProtocol.AlterUser(
                new UserName(name), Optional.of(new Secret(password)), false, false, replyTo)));
    }

    private static void require(Node node, boolean change) {
        done(node.users(replyTo ->
                new InstanceRoleProtocol.AlterUser(new UserName("ann"), Optional.empty(), change, false, replyTo)));
    }

    private static void own(Node node, Client.Identity identity, String before, String after) {
        Client client = new Client("bolt-1", HOME, identity);
        done(node.users(replyTo ->
                new InstanceRoleProtocol.ChangeOwnPassword(client, new Secret(before), new Secret(after), replyTo)));
    }

    private static void drop(Node node, String name) {
        done(node.users(replyTo -> new InstanceRoleProtocol.DropUser(new UserName(name), false, replyTo)));
    }

    private static List<String> names(Node node) {
        Reply reply = node.users(InstanceRoleProtocol.ShowUsers::new);
        return ((Users) reply)
                .users().stream().map(UserStatus::name).map(UserName::value).toList();
    }

    private static List<String> done(Reply reply) {
        if (reply instanceof Refused(var reason)) {
            throw reason;
        }
        return ((Done) reply).notifications().stream().map(Notification::code).toList();
    }

    private static Client.Identity logIn(Node node, String name, String password) {
        return logIn(node, new Credentials.Basic(name, new Secret(password)));
    }

    private static Client.Identity logIn(Node node, Credentials credentials) {
        try {
            return node.authentication()
                    .logIn(credentials, HOME)
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join()
                    .identity();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkeinException expected ? expected : e;
        }
    }

    private static QuerySession session(Node node, Client.Identity identity) {
        return node.queries().open(new Client("bolt-1", HOME, identity));
    }

    private static void run(QuerySession session) {
        session.run("RETURN 1", Map.of(), TransactionOptions.WRITE).finish();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private boolean filesHold(String text) {
        try (Stream<Path> files = Files.walk(cluster.directory())) {
            return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
