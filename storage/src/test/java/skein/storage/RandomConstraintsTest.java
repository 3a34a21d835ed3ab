package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.storage.ConstraintModel.Node;
import skein.storage.api.ConstraintRule;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyType;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * Sessions that overlap at random, records that are decided late, constraints that come and go; each commit's fate is
 * compared with what a look at all nodes says.
 */
final class RandomConstraintsTest {
    private static final int STEPS = 2500;
    private static final int SESSIONS = 4;
    private static final String LABEL = "L";
    private static final List<String> KEYS = List.of("a", "b");
    private static final List<Value> VALUES = List.of(
            Value.of(1L), Value.of(1.0), Value.of(2L), Value.of(3L), Value.of("x"), Value.of(Double.NaN), Value.NULL);
    private static final List<ConstraintRule> RULES = List.of(
            new ConstraintRule.Exists(LABEL, "a"),
            new ConstraintRule.Unique(LABEL, List.of("a")),
            new ConstraintRule.Unique(LABEL, List.of("b", "a")),
            new ConstraintRule.Typed(LABEL, "b", PropertyType.INTEGER));

    @TempDir
    private Path directory;

    private @Nullable SingleNode opened;
    private SplittableRandom random = new SplittableRandom(0);

    /** After every record that was sequenced, by lsn; the last is the newest. */
    private final Map<Long, ConstraintModel> states = new HashMap<>();

    private final Map<Long, Long> changedAt = new HashMap<>();
    private final List<ConstraintRule> declared = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<ErrorCode, Integer> refusals = new LinkedHashMap<>();
    private ConstraintModel newest = new ConstraintModel();
    private long newestLsn;
    private int commits;

    /** A transaction and what it makes of the nodes it touched; null for a deleted one. */
    private static final class Session {
        private final StoreTransaction transaction;
        private final ConstraintModel seen;
        private final ConstraintModel base;
        private final Map<Long, @Nullable Node> mine = new HashMap<>();
        private final Map<Long, Map<String, Value>> set = new HashMap<>();

        private Session(StoreTransaction transaction, ConstraintModel base) {
            this.transaction = transaction;
            this.base = base;
            this.seen = base.copy();
        }

        /** The nodes that its record is about: setting a value that was there is a change, adding no label is none. */
        private List<Long> written() {
            return mine.keySet().stream().filter(this::isWritten).toList();
        }

        private boolean isWritten(long id) {
            Node before = base.nodes.get(id);
            Node after = mine.get(id);
            if (before == null || after == null) {
                return before != null || after != null;
            }
            return !before.labels().equals(after.labels())
                    || set.getOrDefault(id, Map.of()).entrySet().stream()
                            .anyMatch(entry -> !entry.getValue().isNull()
                                    || before.properties().containsKey(entry.getKey()));
        }

        private void now(long id, @Nullable Node node) {
            mine.put(id, node);
            if (node == null) {
                seen.nodes.remove(id);
            } else {
                seen.nodes.put(id, node);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyCommitFaresAsALookAtAllNodesSays(long seed) {
        random = new SplittableRandom(seed);
        long hash;
        try (SingleNode node = SingleNode.main(directory.resolve("main"))) {
            opened = node;
            newestLsn = node.database().appliedLsn();
            states.put(newestLsn, newest);
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            sessions.forEach(session -> session.transaction.close());
            main().decide(newestLsn);
            hash = node.database().stateHash();
            replicate(node, hash);
        }
        try (SingleNode again = SingleNode.main(directory.resolve("main"))) {
            assertThat(again.database().stateHash()).isEqualTo(hash);
        }
        assertThat(commits).isGreaterThan(STEPS / 40);
        assertThat(refusals.keySet()).contains(ErrorCode.WRITE_CONFLICT, ErrorCode.CONSTRAINT_VALIDATION_FAILED);
    }

    private SingleNode main() {
        return Invariant.present(opened, "no database is open");
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 3) {
            changeSchema();
        } else if (dice < 12) {
            main().decide(newestLsn);
        } else if (dice < 25 && sessions.size() < SESSIONS) {
            begin();
        } else if (!sessions.isEmpty()) {
            Session session = sessions.get(random.nextInt(sessions.size()));
            if (dice < 45) {
                sessions.remove(session);
                commit(session);
            } else {
                change(session);
            }
        }
    }

    private void begin() {
        StoreTransaction transaction = main().begin();
        ConstraintModel base = Invariant.present(states.get(transaction.snapshot()), "a snapshot of what is unknown");
        sessions.add(new Session(transaction, base));
    }

    private void change(Session session) {
        try {
            changeOne(session);
        } catch (SkeinException early) {
            assertThat(early.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            sessions.remove(session);
            session.transaction.close();
        }
    }

    private void changeOne(Session session) {
        StoreTransaction transaction = session.transaction;
        List<Long> ids = List.copyOf(session.seen.nodes.keySet());
        int label = transaction.tokenFor(NameKind.LABEL, LABEL);
        int dice = random.nextInt(10);
        if (ids.isEmpty() || dice < 2 && ids.size() < 12) {
            long id = transaction.createNode(new int[] {label});
            Node node = Node.EMPTY.with(LABEL);
            for (String key : KEYS) {
                Value value = VALUES.get(random.nextInt(VALUES.size()));
                transaction.setNodeProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value);
                node = node.with(key, value);
            }
            session.now(id, node);
            return;
        }
        long id = ids.get(random.nextInt(ids.size()));
        Node node = session.seen.node(id);
        if (dice < 3) {
            transaction.deleteNode(id);
            session.now(id, null);
        } else if (dice < 5) {
            boolean had = node.labels().contains(LABEL);
            assertThat(had ? transaction.removeLabel(id, label) : transaction.addLabel(id, label))
                    .isTrue();
            session.now(id, had ? node.without(LABEL) : node.with(LABEL));
        } else if (dice < 6 && ids.size() > 1) {
            swap(session, id, ids.get(random.nextInt(ids.size())));
        } else {
            set(session, id, KEYS.get(random.nextInt(KEYS.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
    }

    private static void swap(Session session, long left, long right) {
        for (String key : KEYS) {
            Value leftValue = session.seen.node(left).properties().getOrDefault(key, Value.NULL);
            Value rightValue = session.seen.node(right).properties().getOrDefault(key, Value.NULL);
            set(session, left, key, rightValue);
            set(session, right, key, leftValue);
        }
    }

    private static void set(Session session, long id, String key, Value value) {
        Value before = session.transaction.setNodeProperty(
                id, session.transaction.tokenFor(NameKind.PROPERTY_KEY, key), value);
        if (!before.isNull() || !value.isNull()) {
            session.set.computeIfAbsent(id, node -> new HashMap<>()).put(key, value);
        }
        session.now(id, session.seen.node(id).with(key, value));
    }

    private void commit(Session session) {
        ConstraintModel merged = merged(session);
        boolean undecided = newestLsn > main().database().appliedLsn();
        boolean overtaken = session.written().stream()
                .anyMatch(id -> changedAt.getOrDefault(id, 0L) > session.transaction.snapshot());
        boolean fits = declared.stream().allMatch(merged::fits);
        try (StoreTransaction transaction = session.transaction) {
            long lsn = main().database().sequence(transaction);
            assertThat(fits)
                    .as("sequenced with %s under %s", merged.nodes, declared)
                    .isTrue();
            if (lsn > 0) {
                session.written().forEach(id -> changedAt.put(id, lsn));
                sequenced(lsn, merged);
                commits++;
            }
        } catch (SkeinException refused) {
            refusals.merge(refused.code(), 1, Integer::sum);
            boolean conflict = refused.code() == ErrorCode.WRITE_CONFLICT;
            assertThat(conflict ? overtaken || undecided : !fits && !overtaken)
                    .as("%s with %s under %s", refused.getMessage(), merged.nodes, declared)
                    .isTrue();
        }
    }

    private ConstraintModel merged(Session session) {
        ConstraintModel merged = newest.copy();
        for (long id : session.written()) {
            Node node = session.mine.get(id);
            if (node == null) {
                merged.nodes.remove(id);
            } else {
                merged.nodes.put(id, node);
            }
        }
        return merged;
    }

    private void sequenced(long lsn, ConstraintModel state) {
        assertThat(lsn).isEqualTo(newestLsn + 1);
        newest = state;
        newestLsn = lsn;
        states.put(lsn, state);
    }

    private void changeSchema() {
        main().decide(newestLsn);
        ConstraintRule rule = RULES.get(random.nextInt(RULES.size()));
        boolean drop = declared.contains(rule);
        boolean fits = newest.fits(rule);
        try {
            long lsn = main().write(transaction -> assertThat(
                            drop ? transaction.dropConstraint(rule) : transaction.createConstraint("", rule))
                    .isTrue());
            assertThat(drop || fits).as("%s holds in %s", rule, newest.nodes).isTrue();
            if (drop) {
                declared.remove(rule);
            } else {
                declared.add(rule);
            }
            sequenced(lsn, newest);
        } catch (SkeinException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.CONSTRAINT_VALIDATION_FAILED);
            assertThat(fits).as("%s broken in %s", rule, newest.nodes).isFalse();
        }
    }

    private void replicate(SingleNode node, long hash) {
        try (SingleNode replica = SingleNode.replica(directory.resolve("replica"))) {
            for (ByteBuffer chunk : node.log(0, 4000)) {
                replica.decide(replica.database().appendReplicated(chunk).lsn());
                assertThat(replica.database().audit()).isEmpty();
            }
            assertThat(replica.database().stateHash()).isEqualTo(hash);
        }
    }
}
