package skein.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import skein.history.Isolation.Strictness;
import skein.history.Operation.Append;
import skein.history.Operation.Read;
import skein.history.Transaction.Outcome;

/** Histories that hold one known anomaly each, and histories that hold none. */
final class HistoryCheckerTest {
    private static final long X = 1;
    private static final long Y = 2;

    private final List<Transaction> history = new ArrayList<>();

    private static Append append(long key, int value) {
        return new Append(key, value);
    }

    private static Read read(long key, int... values) {
        return new Read(key, values);
    }

    /** All at the same time, each in a session of its own: only data can order them. */
    private void committed(Operation... operations) {
        history.add(new Transaction(history.size(), 0, 100, Outcome.COMMITTED, List.of(operations)));
    }

    private void ended(Outcome outcome, Operation... operations) {
        history.add(new Transaction(history.size(), 0, 100, outcome, List.of(operations)));
    }

    private void timed(int session, long from, long to, Operation... operations) {
        history.add(new Transaction(session, from, to, Outcome.COMMITTED, List.of(operations)));
    }

    private void expectOnly(Anomaly anomaly) {
        expectOnly(Appends.EXCLUSIVE, anomaly, Strictness.DATA);
    }

    private void expectOnly(Appends appends, Anomaly anomaly, Strictness strictness) {
        Verdict verdict = HistoryChecker.check(history, appends);
        assertThat(verdict.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.anomaly()).isEqualTo(anomaly))
                .satisfies(finding -> assertThat(finding.strictness()).isEqualTo(strictness));
    }

    private void expectNothing(Appends appends) {
        assertThat(HistoryChecker.check(history, appends).findings()).isEmpty();
    }

    @Test
    void aSerialHistoryHasNoAnomaly() {
        timed(1, 0, 10, append(X, 1), append(Y, 2), read(X, 1));
        timed(2, 20, 30, read(X, 1), append(X, 3), read(X, 1, 3), append(X, 4));
        timed(1, 40, 50, read(X, 1, 3, 4), read(Y, 2));
        expectNothing(Appends.EXCLUSIVE);
        expectNothing(Appends.COMMUTING);
    }

    @Test
    void aValueThatNobodyAppendedIsGarbage() {
        committed(append(X, 1));
        committed(read(X, 1, 7));
        expectOnly(Anomaly.GARBAGE_READ);
    }

    @Test
    void anElementMetTwiceIsADuplicate() {
        committed(append(X, 1));
        committed(read(X, 1, 1));
        expectOnly(Anomaly.DUPLICATE_ELEMENT);
    }

    @Test
    void ownAppendsMissingIsInternal() {
        committed(append(X, 1), read(X));
        expectOnly(Anomaly.INTERNAL);
    }

    @Test
    void ownAppendsBeforeOthersIsInternal() {
        committed(append(X, 1));
        committed(append(X, 2), read(X, 2, 1));
        expectOnly(Anomaly.INTERNAL);
    }

    @Test
    void twoOrdersOfOneListAreIncompatible() {
        committed(append(X, 1));
        committed(append(X, 2));
        committed(read(X, 1, 2));
        committed(read(X, 2));
        expectOnly(Anomaly.INCOMPATIBLE_ORDER);
    }

    @Test
    void writersInDifferentOrdersOnTwoListsAreADirtyWrite() {
        committed(append(X, 1), append(Y, 2));
        committed(append(X, 3), append(Y, 4));
        committed(read(X, 1, 3));
        committed(read(Y, 4, 2));
        expectOnly(Anomaly.G0);
        expectOnly(Appends.COMMUTING, Anomaly.G0, Strictness.DATA);
    }

    @Test
    void whatAFailedTransactionWroteMustNotBeRead() {
        ended(Outcome.FAILED, append(X, 1));
        committed(read(X, 1));
        expectOnly(Anomaly.G1A);
    }

    @Test
    void whatAnUnknownTransactionWroteMayBeReadOrNot() {
        ended(Outcome.UNKNOWN, append(X, 1));
        ended(Outcome.UNKNOWN, append(X, 2));
        committed(read(X, 1));
        expectNothing(Appends.EXCLUSIVE);
    }

    @Test
    void aVersionThatItsWriterWroteOverMustNotBeRead() {
        committed(append(X, 1), append(X, 2));
        committed(read(X, 1));
        Verdict verdict = HistoryChecker.check(history, Appends.EXCLUSIVE);
        assertThat(verdict.anomalies()).containsExactly(Anomaly.G1B);
    }

    @Test
    void twoTransactionsThatReadFromEachOtherAreCircular() {
        committed(append(X, 1), read(Y, 2));
        committed(append(Y, 2), read(X, 1));
        expectOnly(Anomaly.G1C);
    }

    @Test
    void aListThatChangesWithinATransactionIsANonRepeatableRead() {
        committed(append(X, 1));
        committed(read(X), read(X, 1));
        expectOnly(Anomaly.NON_REPEATABLE_READ);
    }

    @Test
    void twoAppendsToOneVersionLoseAnUpdate() {
        committed(append(X, 1));
        committed(read(X, 1), append(X, 2));
        committed(read(X, 1), append(X, 3));
        committed(read(X, 1, 2, 3));
        expectOnly(Anomaly.LOST_UPDATE);
    }

    @Test
    void twoInsertsBesideEachOtherLoseNothing() {
        committed(append(X, 1));
        committed(read(X, 1), append(X, 2));
        committed(read(X, 1), append(X, 3));
        committed(read(X, 1, 2, 3));
        assertThat(HistoryChecker.check(history, Appends.COMMUTING).violations(Isolation.STRONG_SNAPSHOT))
                .isEmpty();
    }

    @Test
    void halfOfATransactionIsReadSkew() {
        committed(append(X, 1), append(Y, 2));
        committed(read(X, 1), read(Y));
        committed(read(X, 1), read(Y, 2));
        expectOnly(Anomaly.G_SINGLE);
        expectOnly(Appends.COMMUTING, Anomaly.G_SINGLE, Strictness.DATA);
    }

    @Test
    void anEffectWithoutItsCauseIsReadSkew() {
        committed(append(X, 1));
        committed(read(X, 1), append(Y, 2));
        committed(read(Y, 2), read(X));
        expectOnly(Anomaly.G_SINGLE);
    }

    @Test
    void twoReadersThatDisagreeAboutTwoWritersAreALongFork() {
        committed(append(X, 1));
        committed(append(Y, 2));
        committed(read(X, 1), read(Y));
        committed(read(X), read(Y, 2));
        expectOnly(Anomaly.G_NONADJACENT);
        expectOnly(Appends.COMMUTING, Anomaly.G_NONADJACENT, Strictness.DATA);
    }

    @Test
    void writeSkewIsCountedAndAllowed() {
        committed(read(X), append(Y, 1));
        committed(read(Y), append(X, 2));
        committed(read(X, 2), read(Y, 1));
        expectOnly(Anomaly.WRITE_SKEW);
        for (Isolation isolation : Isolation.values()) {
            assertThat(HistoryChecker.check(history, Appends.EXCLUSIVE).violations(isolation))
                    .isEmpty();
        }
    }

    @Test
    void anOldSnapshotShowsOnlyBesideTheClock() {
        timed(1, 0, 10, append(X, 1));
        timed(2, 20, 30, read(X));
        timed(3, 40, 50, read(X, 1));
        expectOnly(Appends.EXCLUSIVE, Anomaly.G_SINGLE, Strictness.REAL_TIME);
        Verdict verdict = HistoryChecker.check(history, Appends.EXCLUSIVE);
        assertThat(verdict.violations(Isolation.SNAPSHOT)).isEmpty();
        assertThat(verdict.violations(Isolation.SESSION_SNAPSHOT)).isEmpty();
        assertThat(verdict.violations(Isolation.STRONG_SNAPSHOT)).hasSize(1);
    }

    @Test
    void aSessionThatDoesNotSeeItsOwnPastShowsInTheSession() {
        timed(1, 0, 10, append(X, 1));
        timed(1, 20, 30, read(X));
        timed(3, 40, 50, read(X, 1));
        expectOnly(Appends.EXCLUSIVE, Anomaly.G_SINGLE, Strictness.SESSION);
        assertThat(HistoryChecker.check(history, Appends.EXCLUSIVE).violations(Isolation.SESSION_SNAPSHOT))
                .hasSize(1);
    }

    @Test
    void aCommittedAppendThatNoLaterReadShowsIsLost() {
        timed(1, 0, 10, append(X, 1));
        timed(2, 20, 30, read(X));
        expectOnly(Appends.COMMUTING, Anomaly.G_SINGLE, Strictness.REAL_TIME);
    }

    @Test
    void readCommittedAllowsReadSkewAndForbidsDirtyReads() {
        committed(append(X, 1), append(Y, 2));
        committed(read(X, 1), read(Y));
        Verdict skew = HistoryChecker.check(history, Appends.EXCLUSIVE);
        assertThat(skew.violations(Isolation.READ_COMMITTED)).isEmpty();
        assertThat(skew.violations(Isolation.SNAPSHOT)).hasSize(1);
        ended(Outcome.FAILED, append(X, 3));
        committed(read(X, 1, 3));
        assertThat(HistoryChecker.check(history, Appends.EXCLUSIVE).violations(Isolation.READ_COMMITTED))
                .hasSize(1);
    }

    /** A store that is serial by construction; then the same with one snapshot among many that is one append old. */
    @Test
    void oneStaleReadAmongThousandsIsFound() {
        serialHistory(20_000, -1);
        expectNothing(Appends.EXCLUSIVE);
        history.clear();
        serialHistory(20_000, 12_345);
        Verdict verdict = HistoryChecker.check(history, Appends.EXCLUSIVE);
        assertThat(verdict.violations(Isolation.SNAPSHOT))
                .singleElement()
                .satisfies(finding -> assertThat(finding.transactions()).contains(12_344));
    }

    private void serialHistory(int length, int stale) {
        int keys = 10;
        SplittableRandom random = new SplittableRandom(5);
        Map<Long, List<Integer>> lists = new HashMap<>();
        for (int i = 1; i <= length; i++) {
            long generation = i / 400L * keys;
            long key = generation + random.nextInt(keys);
            long other = generation + (key + 1) % keys;
            List<Integer> now = lists.computeIfAbsent(key, fresh -> new ArrayList<>());
            List<Integer> seen = i == stale ? now.subList(0, now.size() - 1) : now;
            timed(
                    i,
                    10L * i,
                    10L * i + 5,
                    read(key, seen.stream().mapToInt(v -> v).toArray()),
                    append(other, i));
            lists.computeIfAbsent(other, fresh -> new ArrayList<>()).add(i);
        }
    }
}
