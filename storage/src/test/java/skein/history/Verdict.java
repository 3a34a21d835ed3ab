package skein.history;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skein.history.Transaction.Outcome;

/**
 * What a history shows.
 *
 * @param counts transactions by outcome; a history in which hardly anything committed proves nothing
 * @param dependencies edges between transactions that were inferred from the data
 */
public record Verdict(Map<Outcome, Integer> counts, int dependencies, List<Finding> findings) {
    public Verdict {
        counts = Map.copyOf(counts);
        findings = List.copyOf(findings);
    }

    static Verdict of(List<Transaction> history, int dependencies, List<Finding> findings) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        history.forEach(transaction -> counts.merge(transaction.outcome(), 1, Integer::sum));
        return new Verdict(counts, dependencies, findings);
    }

    public Outcomes outcomes() {
        return new Outcomes(count(Outcome.COMMITTED), count(Outcome.FAILED), count(Outcome.UNKNOWN));
    }

    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    public int count(Anomaly anomaly) {
        return (int) findings.stream()
                .filter(finding -> finding.anomaly() == anomaly)
                .count();
    }

    /** The kinds found, whatever they need to be seen. */
    public Set<Anomaly> anomalies() {
        Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
        findings.forEach(finding -> found.add(finding.anomaly()));
        return found;
    }

    /** What this level of isolation excludes and the history shows. */
    public List<Finding> violations(Isolation promised) {
        return findings.stream().filter(promised::excludes).toList();
    }
}
