package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Sessions that overlap in time do random things; each must see exactly its snapshot and its own changes, must be
 * refused exactly when the rules of conflict say so, and the same log must make the same graph on any node.
 */
final class RandomTransactionsTest {
    private static final int SESSIONS_MAX = 5;
    private static final int ROUNDS = 1500;

    @TempDir
    private Path directory;

    private SplittableRandom random = new SplittableRandom(0);

    /** What every committed record changed, by lsn - 1. */
    private final List<Changed> history = new ArrayList<>();

    /** The graph after every record, by lsn. */
    private final List<GraphModel> states = new ArrayList<>();

    private record Changed(Set<Long> content, Set<Long> deleted, Set<Long> linked, Set<Long> relationships) {
        static final Changed NOTHING = new Changed(Set.of(), Set.of(), Set.of(), Set.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySessionSeesItsSnapshotAndConflictsAreExactlyThoseOfTheRules(long seed) {
        random = new SplittableRandom(seed);
        List<Long> hashes = new ArrayList<>();
        try (SingleNode main = SingleNode.main(directory.resolve("main"))) {
            states.add(new GraphModel());
            record(Changed.NOTHING, new GraphModel());
            createIndex(main);
            run(main);
            replicate(main, hashes);
        }
        try (SingleNode again = SingleNode.replica(directory.resolve("main"))) {
            assertThat(again.database().stateHash()).isEqualTo(hashes.getLast());
            checkNewest(again);
        }
    }

    private void createIndex(SingleNode main) {
        main.write(transaction -> assertThat(transaction.createIndex("A", "p")).isTrue());
        record(Changed.NOTHING, states.getLast());
    }

    private void run(SingleNode main) {
        List<RandomSession> open = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (open.size() < SESSIONS_MAX && random.nextInt(4) == 0) {
                long applied = main.database().appliedLsn();
                open.add(new RandomSession(main.begin(), states.get((int) applied), random));
            } else if (!open.isEmpty()) {
                turn(main, open, random.nextInt(open.size()));
            }
            if (random.nextInt(5) == 0) {
                main.decide(main.database().logEnd().lsn());
            }
        }
        open.forEach(session -> session.transaction.close());
        main.decide(main.database().logEnd().lsn());
        checkNewest(main);
    }

    private void turn(SingleNode main, List<RandomSession> open, int index) {
        RandomSession session = open.get(index);
        int dice = random.nextInt(10);
        if (dice < 3) {
            check(session);
            commit(main, session);
            open.remove(index);
        } else if (dice == 3 && random.nextInt(4) == 0) {
            session.transaction.close();
            open.remove(index);
        } else if (!work(session)) {
            session.transaction.close();
            open.remove(index);
        }
    }

    private boolean work(RandomSession session) {
        try {
            for (int i = random.nextInt(5); i >= 0; i--) {
                session.step();
            }
            if (random.nextInt(4) == 0) {
                check(session);
            }
            return true;
        } catch (SkeinException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            assertThat(history.size()).as("somebody committed since").isGreaterThan((int)
                    session.transaction.snapshot());
            return false;
        }
    }

    private void commit(SingleNode main, RandomSession session) {
        boolean conflict = conflicts(session);
        try (session.transaction) {
            long lsn = main.database().sequence(session.transaction);
            if (lsn > 0) {
                assertThat(conflict).as("a conflict should have been found").isFalse();
                assertThat(lsn).isEqualTo(history.size() + 1L);
                Changed changed = new Changed(
                        session.content(), session.deletedNodes, session.linked(), session.changedRelationships());
                record(changed, merged(session));
            }
        } catch (SkeinException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            assertThat(conflict)
                    .as("there is no conflict: %s", refused.getMessage())
                    .isTrue();
        }
    }

    private void record(Changed changed, GraphModel after) {
        history.add(changed);
        states.add(after);
    }

    private boolean conflicts(RandomSession session) {
        Set<Long> content = session.content();
        Set<Long> linked = session.linked();
        Set<Long> relationships = session.changedRelationships();
        for (Changed other : history.subList((int) session.transaction.snapshot(), history.size())) {
            boolean clash = meet(content, other.content)
                    || meet(content, other.deleted)
                    || meet(session.deletedNodes, other.content)
                    || meet(session.deletedNodes, other.deleted)
                    || meet(session.deletedNodes, other.linked)
                    || meet(linked, other.deleted)
                    || meet(relationships, other.relationships);
            if (clash) {
                return true;
            }
        }
        return false;
    }

    private static boolean meet(Set<Long> left, Set<Long> right) {
        return left.stream().anyMatch(right::contains);
    }

    /** The newest state with this session's changes put on top. */
    private GraphModel merged(RandomSession session) {
        GraphModel before = states.get((int) session.transaction.snapshot());
        Set<Long> content = session.content();
        Set<Long> relationships = session.changedRelationships();
        GraphModel merged = states.getLast().copy();
        session.deletedNodes.forEach(merged.nodes::remove);
        before.relationships.keySet().stream()
                .filter(id -> !session.model.relationships.containsKey(id))
                .forEach(merged.relationships::remove);
        session.model.nodes.forEach((id, node) -> {
            if (content.contains(id) || !before.nodes.containsKey(id)) {
                merged.nodes.put(id, GraphModel.copy(node));
            }
        });
        session.model.relationships.forEach((id, relationship) -> {
            if (relationships.contains(id) || !before.relationships.containsKey(id)) {
                merged.relationships.put(id, GraphModel.copy(relationship));
            }
        });
        return merged;
    }

    private static void check(RandomSession session) {
        ModelCheck.assertSame(session.transaction, session.model, RandomSession.LABELS, RandomSession.TYPES);
        ModelCheck.assertSeeks(session.transaction, session.model, "A", "p", RandomSession.values());
    }

    private void checkNewest(SingleNode node) {
        node.read(transaction -> {
            ModelCheck.assertSame(transaction, states.getLast(), RandomSession.LABELS, RandomSession.TYPES);
            ModelCheck.assertSeeks(transaction, states.getLast(), "A", "p", RandomSession.values());
            return 0;
        });
    }

    /** The same bytes, in other pieces and decided at other moments, make the same graph after every record. */
    private void replicate(SingleNode main, List<Long> hashes) {
        try (SingleNode replica = SingleNode.replica(directory.resolve("replica"));
                LongReaders readers = new LongReaders(replica)) {
            Set<Long> distinct = new HashSet<>();
            for (ByteBuffer chunk : main.log(0, 2000)) {
                long end = replica.database().appendReplicated(chunk).lsn();
                while (replica.database().appliedLsn() < end) {
                    long next = replica.database().appliedLsn() + 1;
                    replica.decide(next);
                    assertThat(replica.database().appliedLsn()).isEqualTo(next);
                    readers.turn();
                    hashes.add(replica.database().stateHash());
                    distinct.add(replica.database().stateHash());
                }
            }
            assertThat(replica.database().stateHash()).isEqualTo(main.database().stateHash());
            assertThat(distinct.size()).as("the hash follows the content").isGreaterThan(hashes.size() / 2);
            checkNewest(replica);
        }
    }

    /**
     * Readers of a replica that are older than anything its MAIN knows of: slots are used again under their feet, and
     * each must go on seeing its own moment.
     */
    private final class LongReaders implements AutoCloseable {
        private static final int READERS_MAX = 4;

        private final SingleNode replica;
        private final List<StoreTransaction> open = new ArrayList<>();

        LongReaders(SingleNode replica) {
            this.replica = replica;
        }

        void turn() {
            if (open.size() < READERS_MAX && random.nextInt(20) == 0) {
                open.add(replica.database().begin(AccessMode.READ));
            } else if (!open.isEmpty() && random.nextInt(40) == 0) {
                StoreTransaction reader = open.remove(random.nextInt(open.size()));
                check(reader);
                reader.close();
            }
        }

        private void check(StoreTransaction reader) {
            ModelCheck.assertSame(
                    reader, states.get((int) reader.snapshot()), RandomSession.LABELS, RandomSession.TYPES);
        }

        @Override
        public void close() {
            open.forEach(reader -> {
                check(reader);
                reader.close();
            });
        }
    }
}
