package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * One database and the model of it, under sessions that overlap in time and do random things, one step at a time. Each
 * session must see exactly its snapshot and its own changes, and must be refused exactly when the rules of conflict say
 * so.
 */
final class ModelRun implements AutoCloseable {
    private static final int SESSIONS_MAX = 5;
    private static final int SEEKS_MAX = 4;
    private static final int ROUNDS_PER_CONSTRAINT = 8;
    private static final List<Pair> INDEXED = List.of(new Pair("A", "p"), new Pair("B", "long_key"));

    private final Path directory;
    private final DatabaseOptions options;
    private final SplittableRandom random;
    private final int nodesMax;
    private final ModelConstraints constraints = new ModelConstraints();
    private SingleNode main;

    /** The record after which {@link #history} begins: nobody sees anything older. */
    private long baseLsn;

    /** What every record after the base changed. */
    private final List<Changed> history = new ArrayList<>();

    /** The graph at the base, and after every record since. */
    private final List<GraphModel> states = new ArrayList<>();

    /** The state hash after records at which it was looked at. */
    private final Map<Long, Long> hashes = new HashMap<>();

    /** A label and a property key that are indexed now and then. */
    private record Pair(String label, String key) {}

    private record Changed(Set<Long> content, Set<Long> deleted, Set<Long> linked, Set<Long> relationships) {
        static final Changed NOTHING = new Changed(Set.of(), Set.of(), Set.of(), Set.of());
    }

    ModelRun(Path directory, DatabaseOptions options, long seed, int nodesMax) {
        this.nodesMax = nodesMax;
        this.directory = directory;
        this.options = options;
        this.random = new SplittableRandom(seed);
        this.main = SingleNode.main(directory, options);
        states.add(new GraphModel());
        record(Changed.NOTHING, new GraphModel());
    }

    Database database() {
        return main.database();
    }

    /** Plays so many turns, lets all sessions end, and compares the whole graph. */
    void play(int rounds) {
        play(rounds, false);
    }

    /** As {@link #play}, and now and then a constraint comes or goes while sessions are open. */
    void playUnderConstraints(int rounds) {
        play(rounds, true);
    }

    private void play(int rounds, boolean constrained) {
        List<RandomSession> open = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (constrained && random.nextInt(ROUNDS_PER_CONSTRAINT) == 0) {
                decideAll();
                schemaChange(() -> constraints.toggle(main, states.getLast(), random));
            }
            if (open.size() < SESSIONS_MAX && random.nextInt(4) == 0) {
                long applied = main.database().appliedLsn();
                open.add(new RandomSession(main.begin(), stateAt(applied), random, nodesMax));
            } else if (!open.isEmpty()) {
                turn(open, random.nextInt(open.size()));
            }
            if (random.nextInt(5) == 0) {
                decideSome();
            }
        }
        open.forEach(session -> session.transaction.close());
        decideAll();
        check(main);
        forget();
    }

    /** Indexes come and go; what reads answer must not depend on it. */
    void toggleIndex() {
        Pair pair = INDEXED.get(random.nextInt(INDEXED.size()));
        schemaChange(() -> main.write(transaction -> {
            if (!transaction.createIndex(pair.label, pair.key)) {
                assertThat(transaction.dropIndex(pair.label, pair.key)).isTrue();
            }
        }));
    }

    private void schemaChange(Runnable change) {
        long before = main.database().logEnd().lsn();
        change.run();
        for (long lsn = before; lsn < main.database().logEnd().lsn(); lsn++) {
            record(Changed.NOTHING, states.getLast());
        }
        decideAll();
    }

    /** What was committed is there again, and nothing else; then another reign begins. */
    void restart() {
        decideAll();
        if (random.nextInt(3) == 0) {
            main.snapshot();
        }
        long hash = main.database().stateHash();
        main.close();
        try (SingleNode recovered = SingleNode.replica(directory, options)) {
            assertThat(recovered.database().stateHash()).isEqualTo(hash);
            check(recovered);
        }
        main = SingleNode.main(directory, options);
        while (lastLsn() < main.database().logEnd().lsn()) {
            record(Changed.NOTHING, states.getLast());
        }
    }

    private void decideAll() {
        decide(main.database().logEnd().lsn());
    }

    /** Often not all of it, so that others begin between two records that belong together. */
    private void decideSome() {
        long applied = main.database().appliedLsn();
        decide(applied + random.nextLong(main.database().logEnd().lsn() - applied + 1));
    }

    private void decide(long lsn) {
        main.decide(lsn);
        hashes.put(lsn, main.database().stateHash());
    }

    private long lastLsn() {
        return baseLsn + history.size();
    }

    private GraphModel stateAt(long lsn) {
        return states.get((int) (lsn - baseLsn));
    }

    private void forget() {
        GraphModel last = states.getLast();
        baseLsn = lastLsn();
        history.clear();
        states.clear();
        states.add(last);
    }

    private void turn(List<RandomSession> open, int index) {
        RandomSession session = open.get(index);
        int dice = random.nextInt(10);
        if (dice < 3) {
            check(session);
            commit(session);
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
            assertThat(lastLsn()).as("somebody committed since").isGreaterThan(session.transaction.snapshot());
            return false;
        }
    }

    private void commit(RandomSession session) {
        boolean conflict = conflicts(session);
        GraphModel merged = merged(session);
        boolean allowed = constraints.allow(merged);
        boolean undecided =
                !constraints.isEmpty() && lastLsn() > main.database().appliedLsn();
        try (session.transaction) {
            long lsn = main.database().sequence(session.transaction);
            if (lsn > 0) {
                assertThat(conflict).as("a conflict should have been found").isFalse();
                assertThat(allowed).as("a constraint is broken").isTrue();
                assertThat(lsn).isEqualTo(lastLsn() + 1);
                Changed changed = new Changed(
                        session.content(), session.deletedNodes, session.linked(), session.changedRelationships());
                record(changed, merged);
            }
        } catch (SkeinException refused) {
            boolean broken = refused.code() == ErrorCode.CONSTRAINT_VALIDATION_FAILED;
            assertThat(broken || refused.code() == ErrorCode.WRITE_CONFLICT)
                    .as("%s", refused)
                    .isTrue();
            // what a record on its way will mean for a constraint, nobody can say
            assertThat(broken ? !allowed && !conflict : conflict || undecided)
                    .as("there is no reason to refuse: %s", refused.getMessage())
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
        for (Changed other : history.subList((int) (session.transaction.snapshot() - baseLsn), history.size())) {
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
        GraphModel before = stateAt(session.transaction.snapshot());
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
        check(session.transaction, session.model);
    }

    private void check(SingleNode node) {
        node.read(transaction -> {
            check(transaction, states.getLast());
            return 0;
        });
    }

    private static void check(StoreTransaction transaction, GraphModel model) {
        ModelCheck.assertSame(transaction, model, RandomSession.LABELS, RandomSession.TYPES);
        for (Pair pair : INDEXED) {
            List<Value> values = RandomSession.valuesOf(pair.key);
            int from = model.nodes.size() % values.size();
            List<Value> some = values.subList(from, Math.min(values.size(), from + SEEKS_MAX));
            ModelCheck.assertSeeks(transaction, model, pair.label, pair.key, some);
        }
    }

    /** The same bytes, in other pieces and decided at other moments, make the same graph after every record. */
    void replicate(Path other, int chunkBytes) {
        try (SingleNode replica = SingleNode.replica(other, options);
                LongReaders readers = new LongReaders(replica)) {
            Set<Long> distinct = new HashSet<>();
            for (ByteBuffer chunk : main.log(0, chunkBytes)) {
                long end = replica.database().appendReplicated(chunk).lsn();
                while (replica.database().appliedLsn() < end) {
                    long next = replica.database().appliedLsn() + 1;
                    replica.decide(next);
                    long hash = replica.database().stateHash();
                    assertThat(hash).as("hash after record %d", next).isEqualTo(hashes.getOrDefault(next, hash));
                    hashes.put(next, hash);
                    distinct.add(hash);
                    readers.turn();
                }
            }
            assertThat(replica.database().stateHash()).isEqualTo(main.database().stateHash());
            assertThat(distinct.size()).as("the hash follows the content").isGreaterThan((int) (lastLsn() / 4));
            check(replica);
        }
    }

    /** Stays at what is there now, whatever others do. */
    StoreTransaction reader() {
        return main.database().begin(AccessMode.READ);
    }

    /** What a reader that begins now must see, for as long as it lives. */
    GraphModel now() {
        return stateAt(main.database().appliedLsn());
    }

    static void assertSees(StoreTransaction reader, GraphModel expected) {
        check(reader, expected);
    }

    @Override
    public void close() {
        main.close();
    }

    /**
     * Readers of a replica that are older than anything its MAIN knows of: slots are used again under their feet, and
     * each must go on seeing its own moment.
     */
    private final class LongReaders implements AutoCloseable {
        private static final int READERS_MAX = 3;

        private final SingleNode replica;
        private final List<StoreTransaction> open = new ArrayList<>();

        LongReaders(SingleNode replica) {
            this.replica = replica;
        }

        void turn() {
            boolean known = replica.database().appliedLsn() >= baseLsn;
            if (known && open.size() < READERS_MAX && random.nextInt(20) == 0) {
                open.add(replica.database().begin(AccessMode.READ));
            } else if (!open.isEmpty() && random.nextInt(60) == 0) {
                end(open.remove(random.nextInt(open.size())));
            }
        }

        private void end(StoreTransaction reader) {
            assertSees(reader, stateAt(reader.snapshot()));
            reader.close();
        }

        @Override
        public void close() {
            open.forEach(this::end);
        }
    }
}
