package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.session.Client;
import skein.session.Client.Identity;
import skein.session.Credentials;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** What one user's queries and changes may hold together, whatever the connections. */
class UserMemoryTest {
    /** Holds some 3 MiB until it is drained or closed. */
    private static final String SORTED = "UNWIND range(1, 30000) AS i WITH i, toString(i) AS t ORDER BY t RETURN i";

    private static final String CHANGED = "UNWIND range(1, 20000) AS i CREATE (:N {i: i})";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final Map<String, Identity> identities = new HashMap<>();
    private Node main;

    @BeforeEach
    void open() {
        cluster.userMemoryBytesMax = 12 << 20;
        main = cluster.start("main");
    }

    private void createUsers() {
        for (String name : List.of("ann", "somebody")) {
            Secret password = new Secret("secret of " + name);
            Reply reply = main.users(replyTo -> new InstanceRoleProtocol.CreateUser(
                    new UserName(name), Optional.of(password), false, false, replyTo));
            assertThat(reply).isInstanceOf(InstanceRoleProtocol.Done.class);
            identities.put(
                    name,
                    main.authentication()
                            .logIn(new Credentials.Basic(name, password), "127.0.0.1")
                            .toCompletableFuture()
                            .join()
                            .identity());
        }
    }

    private QuerySession session(String user) {
        Identity identity = identities.getOrDefault(user, new Identity.Anonymous());
        return main.queries().open(new Client("bolt-1", "127.0.0.1", identity));
    }

    /** Runs queries on sessions of their own until one is refused; then all are closed. Answers how many ran. */
    private int openUntilRefused(String user, String query) {
        try (Opened opened = new Opened()) {
            while (opened.count < 100) {
                QuerySession session = opened.add(session(user));
                session.begin(TransactionOptions.WRITE);
                try {
                    QueryCursor cursor = session.runInTransaction(query, Map.of());
                    assertThat(cursor.next() == null).isEqualTo(query.equals(CHANGED));
                } catch (SkeinException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
                    assertThat(e).hasMessageContaining("--user-memory-mib-max");
                    if (!user.isEmpty()) {
                        opened.run(session("somebody"), query);
                    }
                    return opened.count - 1;
                }
            }
            throw new AssertionError("a hundred queries were let in");
        }
    }

    /** Sessions that are closed together. */
    private static final class Opened implements AutoCloseable {
        private final List<QuerySession> sessions = new ArrayList<>();
        private int count;

        QuerySession add(QuerySession session) {
            sessions.add(session);
            count++;
            return session;
        }

        void run(QuerySession session, String query) {
            sessions.add(session);
            QueryCursor cursor = session.run(query, Map.of(), TransactionOptions.WRITE);
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                assertThat(row).isNotEmpty();
            }
            cursor.finish();
        }

        @Override
        public void close() {
            sessions.forEach(QuerySession::close);
        }
    }

    @Test
    void queriesOfOneUserShareALimitAndOthersHaveTheirOwn() {
        createUsers();
        int first = openUntilRefused("ann", SORTED);

        assertThat(first).isPositive();
        assertThat(openUntilRefused("ann", SORTED))
                .as("what was held is free again")
                .isEqualTo(first);
    }

    @Test
    void changesOfOneUserCountToo() {
        createUsers();
        int first = openUntilRefused("ann", CHANGED);

        assertThat(first).isPositive();
        assertThat(openUntilRefused("ann", CHANGED)).isEqualTo(first);
    }

    @Test
    void clientsThatDidNotLogInAreOneUser() {
        assertThat(openUntilRefused("", SORTED)).isPositive();
    }

    @Test
    void whatIsRefusedIsTransientAndNamesTheUser() {
        createUsers();
        try (QuerySession ann = session("ann")) {
            assertThatThrownBy(() -> {
                        QueryCursor cursor = ann.run(
                                "UNWIND range(1, 1000000) AS i WITH i ORDER BY -i RETURN i",
                                Map.of(),
                                TransactionOptions.WRITE);
                        cursor.next();
                    })
                    .isInstanceOfSatisfying(SkeinException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
                        assertThat(e).hasMessageContaining("user ann");
                    });
        }
    }
}
