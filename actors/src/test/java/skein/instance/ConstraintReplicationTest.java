package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Constraints through sessions, actors and replicas. */
class ConstraintReplicationTest {
    private static final int SESSIONS = 6;
    private static final int VALUES = 40;

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static void assertRefused(ErrorCode code, Node node, String query) {
        assertThatThrownBy(() -> node.write(query))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Tries until it is decided; true when the value was free. */
    private static boolean claim(Node node, int value) {
        while (true) {
            try {
                node.write("CREATE (:N {p: " + value + "})");
                return true;
            } catch (SkeinException refused) {
                if (refused.code() == ErrorCode.CONSTRAINT_VALIDATION_FAILED) {
                    return false;
                }
                assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            }
        }
    }

    @Test
    void constraintsAreDeclaredAmongWritersAndHoldOnThePromotedReplica() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.write("CREATE (:N {p: -1})");
        AtomicInteger won = new AtomicInteger();
        List<CompletableFuture<Void>> sessions = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
            int offset = session * VALUES;
            sessions.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < SESSIONS * VALUES; i++) {
                            won.addAndGet(claim(main, (offset + i) % (SESSIONS * VALUES)) ? 1 : 0);
                        }
                    },
                    threads));
            if (session == 0) {
                // the first one alone makes no value twice
                main.write("CREATE CONSTRAINT c FOR (n:N) REQUIRE n.p IS UNIQUE");
            }
        }
        sessions.forEach(CompletableFuture::join);
        assertThat(won.get()).isEqualTo(SESSIONS * VALUES);
        CommitSummary last = main.write("CREATE CONSTRAINT ON (n:N) ASSERT EXISTS (n.p)");

        assertThat(replica.readAt(last.bookmark(), "MATCH (n:N) RETURN count(DISTINCT n.p)"))
                .containsExactly(Integer.toString(SESSIONS * VALUES + 1));
        assertThat(replica.read("SHOW CONSTRAINT INFO")).containsExactly("unique", "exists");
        assertThat(replica.stateHash()).isEqualTo(main.stateHash());
        main.stop();
        replica.becomeMain();
        assertRefused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, replica, "CREATE (:N {p: 7})");
        assertRefused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, replica, "CREATE (:N)");
        replica.write("DROP CONSTRAINT c");
        replica.write("CREATE (:N {p: 7})");
    }

    /** The record under way is never decided: who waits for it learns that nothing was done, and the role changes. */
    @Test
    void aDeclarationThatWaitsDoesNotHoldUpAChangeOfRole() {
        Node main = cluster.start("main");
        Node stuck = cluster.start("stuck").becomeReplica();
        main.register("stuck", ReplicationMode.SYNC, Duration.ofSeconds(60), stuck);
        main.write("CREATE (:N {p: 1})");
        cluster.network().freeze(stuck.replicationPort());
        long before = main.logEnd();
        var undecided = CompletableFuture.supplyAsync(() -> main.write("CREATE (:N {p: 2})"), threads);
        await().until(() -> main.logEnd() > before);
        var declaration = CompletableFuture.supplyAsync(
                () -> main.write("CREATE CONSTRAINT FOR (n:N) REQUIRE n.p IS UNIQUE"), threads);

        assertThat(main.read("MATCH (n:N) RETURN n.p")).containsExactly("1");
        main.becomeReplica();

        assertThat(outcome(undecided)).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        // the statement may have come after the change of role
        assertThat(outcome(declaration)).isIn(ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.NOT_MAIN);
    }

    private static ErrorCode outcome(CompletableFuture<CommitSummary> commit) {
        try {
            throw new AssertionError("committed: " + commit.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SkeinException refused) {
                return refused.code();
            }
            throw e;
        }
    }
}
