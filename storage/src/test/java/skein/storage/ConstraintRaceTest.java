package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.ConstraintRule;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Real threads that want the same values, and constraints declared among them. */
@Timeout(120)
final class ConstraintRaceTest {
    private static final int SESSIONS = 6;
    private static final ConstraintRule UNIQUE = new ConstraintRule.Unique("L", List.of("p"));

    @TempDir
    private Path directory;

    private static void create(StoreTransaction transaction, long value) {
        long id = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "L")});
        set(transaction, id, Value.of(value));
    }

    private static void set(StoreTransaction transaction, long id, Value value) {
        transaction.setNodeProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, "p"), value);
    }

    /** False when a constraint did not allow it. */
    private static boolean allowed(BusyNode node, Consumer<StoreTransaction> work) {
        try {
            node.write(work);
            return true;
        } catch (SkeinException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.CONSTRAINT_VALIDATION_FAILED);
            return false;
        }
    }

    private static List<Long> ids(StoreTransaction transaction) {
        return ModelCheck.ids(transaction.nodesWithLabel(transaction.tokenOf(NameKind.LABEL, "L")));
    }

    /** A snapshot that shows the constraint shows no value twice. */
    private static boolean holds(BusyNode node) {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            if (reader.constraints().isEmpty()) {
                return true;
            }
            Set<Value> met = new HashSet<>();
            int key = reader.tokenOf(NameKind.PROPERTY_KEY, "p");
            EntityCursor nodes = reader.nodesWithLabel(reader.tokenOf(NameKind.LABEL, "L"));
            while (nodes.next()) {
                Value value = reader.nodeProperty(nodes.id(), key);
                if (!value.isNull() && !met.add(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void ofManyThatWantOneValueExactlyOneGetsIt() {
        int values = 150;
        try (BusyNode node = new BusyNode(directory)) {
            node.write(transaction -> transaction.createConstraint("", UNIQUE));
            List<Callable<Integer>> racers = IntStream.range(0, SESSIONS)
                    .<Callable<Integer>>mapToObj(session -> () -> (int) IntStream.range(0, values)
                            .filter(value -> allowed(node, transaction -> create(transaction, value)))
                            .count())
                    .toList();
            int won = BusyNode.together(racers).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat(won).isEqualTo(values);
            assertThat(holds(node)).isTrue();
        }
    }

    @Test
    void noSnapshotShowsAValueTwiceWhileNodesComeGoAndSwap() {
        int steps = 400;
        try (BusyNode node = new BusyNode(directory)) {
            node.write(transaction -> transaction.createConstraint("", UNIQUE));
            AtomicInteger writing = new AtomicInteger(SESSIONS);
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                SplittableRandom random = new SplittableRandom(session);
                work.add(() -> {
                    try {
                        for (int i = 0; i < steps; i++) {
                            allowed(node, transaction -> changeSomething(transaction, random));
                        }
                        return true;
                    } finally {
                        writing.decrementAndGet();
                    }
                });
            }
            work.add(() -> {
                boolean always = true;
                while (writing.get() > 0) {
                    always &= holds(node);
                }
                return always;
            });
            assertThat(BusyNode.together(work)).containsOnly(true);
        }
    }

    private static void changeSomething(StoreTransaction transaction, SplittableRandom random) {
        List<Long> ids = ids(transaction);
        int dice = random.nextInt(10);
        if (ids.size() < 2 || dice < 3) {
            create(transaction, random.nextInt(40));
            return;
        }
        long first = ids.get(random.nextInt(ids.size()));
        long second = ids.get(random.nextInt(ids.size()));
        int key = transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
        if (dice < 5) {
            transaction.deleteNode(first);
        } else if (dice < 8) {
            Value held = transaction.setNodeProperty(first, key, transaction.nodeProperty(second, key));
            transaction.setNodeProperty(second, key, held);
        } else {
            set(transaction, first, Value.of(random.nextLong(40)));
        }
    }

    @Test
    void aConstraintThatStandsAmongWritersHolds() {
        int wanted = 10;
        int rounds = 10_000;
        try (BusyNode node = new BusyNode(directory)) {
            AtomicBoolean ended = new AtomicBoolean();
            List<Callable<Integer>> work = new ArrayList<>();
            for (int session = 1; session < SESSIONS; session++) {
                SplittableRandom random = new SplittableRandom(session);
                work.add(() -> {
                    int refused = 0;
                    while (!ended.get()) {
                        boolean done = allowed(node, transaction -> {
                            List<Long> ids = ids(transaction);
                            if (ids.size() > 30) {
                                ids.forEach(transaction::deleteNode);
                            } else {
                                create(transaction, random.nextInt(500));
                            }
                        });
                        refused += done ? 0 : 1;
                    }
                    return refused;
                });
            }
            AtomicInteger declared = new AtomicInteger();
            work.add(() -> {
                try {
                    // whether what is there fits the constraint is chance
                    for (int round = 0; round < rounds && declared.get() < wanted; round++) {
                        if (allowed(node, transaction -> transaction.createConstraint("", UNIQUE))) {
                            declared.incrementAndGet();
                            assertThat(holds(node)).isTrue();
                            assertThat(allowed(node, transaction -> {
                                        create(transaction, 1000);
                                        create(transaction, 1000);
                                    }))
                                    .isFalse();
                            node.write(transaction -> ids(transaction).forEach(transaction::deleteNode));
                            node.write(transaction -> transaction.dropConstraint(UNIQUE));
                        }
                    }
                    return 0;
                } finally {
                    ended.set(true);
                }
            });
            BusyNode.together(work);
            assertThat(declared.get()).as("of %d rounds", rounds).isEqualTo(wanted);
        }
    }

    @Test
    void whoeverCommitsWhileAConstraintIsOnItsWayWaitsForItAndIsChecked() throws InterruptedException {
        try (SingleNode node = SingleNode.main(directory)) {
            node.write(transaction -> create(transaction, 1));
            long declared;
            try (StoreTransaction declaring = node.begin()) {
                declaring.createConstraint("", UNIQUE);
                declared = node.database().sequence(declaring);
            }
            try (StoreTransaction late = node.begin();
                    StoreTransaction another = node.begin()) {
                create(late, 1);
                Waiting waiting = new Waiting(node.database(), late);
                another.createConstraint("", new ConstraintRule.Exists("L", "p"));
                assertCode(ErrorCode.WRITE_CONFLICT, () -> node.database().sequence(another));
                node.decide(declared);
                assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, waiting::outcome);
            }
        }
    }

    @Test
    void aDeclarationWaitsForWhatIsUnderWayAndSeesIt() throws InterruptedException {
        try (SingleNode node = SingleNode.main(directory)) {
            node.write(transaction -> create(transaction, 1));
            try (StoreTransaction underWay = node.begin();
                    StoreTransaction declaring = node.begin()) {
                create(underWay, 1);
                long lsn = node.database().sequence(underWay);
                declaring.createConstraint("", UNIQUE);
                Waiting waiting = new Waiting(node.database(), declaring);
                node.decide(lsn);
                assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, waiting::outcome);
            }
            node.write(transaction -> create(transaction, 2));
        }
    }

    @Test
    void theEndOfTheReignEndsTheWaitAndOpensTheGate() throws InterruptedException {
        try (SingleNode node = SingleNode.main(directory)) {
            long tail;
            try (StoreTransaction underWay = node.begin();
                    StoreTransaction declaring = node.begin();
                    StoreTransaction writing = node.begin()) {
                create(underWay, 1);
                tail = node.database().sequence(underWay);
                declaring.createConstraint("", UNIQUE);
                Waiting first = new Waiting(node.database(), declaring);
                create(writing, 2);
                Waiting second = new Waiting(node.database(), writing);
                node.database().closeReign();
                assertCode(ErrorCode.DATABASE_UNAVAILABLE, first::outcome);
                assertCode(ErrorCode.DATABASE_UNAVAILABLE, second::outcome);
            }
            node.decide(tail);
            node.decide(node.database().openReign(new Epoch(2, new UUID(0, 2))).lsn());
            node.write(transaction -> create(transaction, 1));
            assertCode(
                    ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                    () -> node.write(transaction -> transaction.createConstraint("", UNIQUE)));
        }
    }

    private static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** A transaction that is being sequenced on a thread of its own and has come to wait. */
    private static final class Waiting {
        private final FutureTask<Long> task;

        Waiting(Database database, StoreTransaction transaction) throws InterruptedException {
            task = new FutureTask<>(() -> database.sequence(transaction));
            Thread thread = new Thread(task, "waiting");
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(task.isDone()).as("sequenced without waiting").isFalse();
                thread.join(1);
            }
        }

        long outcome() throws Throwable {
            try {
                return task.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }
    }
}
