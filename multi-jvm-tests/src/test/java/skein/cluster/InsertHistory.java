package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.exceptions.Neo4jException;

/** Inserts of unique ids, what their clients were told, and what that means for what is found later. Thread-safe. */
final class InsertHistory {
    /** What a client was told. */
    enum Outcome {
        /** It is committed, as the replication mode promises. */
        ACKNOWLEDGED,
        /** It is committed, but not every replica has it. */
        WARNED,
        /** It did not happen, and never will. */
        FAILED,
        /** Nothing, or that nobody knows. */
        UNKNOWN
    }

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();

    long begin() {
        long id = ids.incrementAndGet();
        outcomes.put(id, Outcome.UNKNOWN);
        return id;
    }

    void end(long id, Outcome outcome) {
        outcomes.put(id, outcome);
    }

    /** What a client may conclude from a failure. A lost connection has no code, and tells nothing. */
    static Outcome outcomeOf(Neo4jException failure) {
        String code = failure.code();
        return code.startsWith("Neo.ClientError.") || code.startsWith("Neo.TransientError.")
                ? Outcome.FAILED
                : Outcome.UNKNOWN;
    }

    long count(Outcome outcome) {
        return outcomes.values().stream().filter(outcome::equals).count();
    }

    long count() {
        return outcomes.size();
    }

    /** Of those that were tried; 1 when none was. */
    double committedShare(long sinceCount, long sinceCommitted) {
        long tried = count() - sinceCount;
        return tried == 0 ? 1 : (double) (committed() - sinceCommitted) / tried;
    }

    long committed() {
        return count(Outcome.ACKNOWLEDGED) + count(Outcome.WARNED);
    }

    private List<Long> with(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Compares with what a node shows: what must be there is, what must not be is not, nothing is there twice. */
    void check(List<Long> found, String where) {
        assertThat(found).as("written twice, on " + where).doesNotHaveDuplicates();
        var present = Map.copyOf(outcomes);
        assertThat(found).as("never written, on " + where).allMatch(present::containsKey);
        var set = new HashSet<>(found);
        assertThat(with(Outcome.ACKNOWLEDGED).stream().filter(id -> !set.contains(id)))
                .as("acknowledged and lost, on " + where)
                .isEmpty();
        assertThat(with(Outcome.FAILED).stream().filter(set::contains))
                .as("refused and there nevertheless, on " + where)
                .isEmpty();
    }

    /** Nothing that was only warned about may be missing either: for a node that was MAIN all the time. */
    void checkWarnedToo(List<Long> found, String where) {
        check(found, where);
        assertThat(found).as("committed with a warning and lost, on " + where).containsAll(with(Outcome.WARNED));
    }

    @Override
    public String toString() {
        return "acknowledged %d, warned %d, refused %d, unknown %d"
                .formatted(
                        count(Outcome.ACKNOWLEDGED),
                        count(Outcome.WARNED),
                        count(Outcome.FAILED),
                        count(Outcome.UNKNOWN));
    }
}
