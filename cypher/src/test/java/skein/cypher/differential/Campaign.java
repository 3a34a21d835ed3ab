package skein.cypher.differential;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import skein.cypher.differential.Differential.Outcome;
import skein.cypher.differential.Differential.Verdict;
import skein.naive.NaiveGraph;

/** Many seeds, one after the other; what differs is made smaller and told. */
public final class Campaign {
    private final List<? extends Subject> subjects;
    private final BiFunction<String, String, String> knownReason;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final SortedMap<String, Integer> known = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    /**
     * @param subjects take turns, a graph each
     * @param knownReason why a query, by its text and by what was expected and answered, may differ; empty when it may
     *     not
     */
    public Campaign(List<? extends Subject> subjects, BiFunction<String, String, String> knownReason) {
        this.subjects = subjects;
        this.knownReason = knownReason;
    }

    /** Plays seeds until so many of them differ. */
    public Campaign play(long from, long to, int differencesMax) {
        NaiveGraph graph = new NaiveGraph();
        long graphSeed = -1;
        for (long seed = from; seed < to && differences.size() < differencesMax; seed++) {
            if (Case.graphSeed(seed) != graphSeed) {
                graphSeed = Case.graphSeed(seed);
                graph = Case.graph(graphSeed);
            }
            play(seed, Case.of(seed, graph), subjects.get((int) (graphSeed % subjects.size())));
        }
        return this;
    }

    private void play(long seed, Case question, Subject subject) {
        Verdict verdict = judged(seed, question, subject);
        String reason = verdict.outcome() == Outcome.DIFFERS ? knownReason.apply(question.text(), verdict.story()) : "";
        if (!reason.isEmpty()) {
            known.merge(reason, 1, Integer::sum);
            return;
        }
        outcomes.merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() == Outcome.DIFFERS) {
            differences.add(told(seed, question, subject, verdict.story()));
        }
    }

    private static Verdict judged(long seed, Case question, Subject subject) {
        try {
            return Differential.judge(question, subject);
        } catch (RuntimeException broken) {
            throw new AssertionError("seed " + seed + ": " + question.text(), broken);
        }
    }

    private static String told(long seed, Case question, Subject subject, String story) {
        Case smallest = Shrinking.of(
                question, candidate -> Differential.judge(candidate, subject).outcome() == Outcome.DIFFERS);
        return """
                seed %d (again: -Dskein.differential.seed=%d)
                written: %s
                %s
                smallest, as a regression:
                %s
                %s
                %d
                parameters: %s
                %s
                """.formatted(
                        seed,
                        seed,
                        question.text(),
                        story,
                        GraphText.of(smallest.graph()),
                        smallest.text(),
                        smallest.parameters(),
                        smallest.values(),
                        Differential.judge(smallest, subject).story());
    }

    /** What was not expected, each with the smallest case that shows it. */
    public List<String> differences() {
        return differences;
    }

    /** In percent of all that were played. */
    int share(Outcome outcome) {
        int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : 100 * outcomes.getOrDefault(outcome, 0) / all;
    }

    /** How the cases ended, and which differences were known. */
    @Override
    public String toString() {
        return "Differential: " + outcomes + (known.isEmpty() ? "" : ", known: " + known);
    }
}
