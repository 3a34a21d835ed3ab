package skein.cypher.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/**
 * Remembers every fact that a plan was made with, so that a cached plan is used only while the facts still hold. Counts
 * hold while they keep their number of decimal digits.
 */
public final class Assumptions implements PlanFacts {
    private final PlanFacts source;
    private final Map<Fact, Object> answers = new HashMap<>();

    /** @param source asked once for each fact while a plan is made; not kept in use afterwards */
    public Assumptions(PlanFacts source) {
        this.source = source;
    }

    /** True when the same plan would be made with these facts. */
    public static boolean hold(Map<Fact, Object> assumed, PlanFacts now) {
        for (Map.Entry<Fact, Object> entry : assumed.entrySet()) {
            if (!entry.getKey().ask(now).equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** What has been asked so far, with the answers. */
    public Map<Fact, Object> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public List<List<String>> indexes(IndexKind kind, String labelOrType) {
        return answer(new IndexesFact(kind, labelOrType), answer -> ((Keys) answer).lists);
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        return answer(new StatisticsFact(kind, labelOrType, keys), answer -> {
            IndexStatistics digits = (IndexStatistics) answer;
            return new IndexStatistics(fromDigits(digits.entries()), fromDigits(digits.distinct()));
        });
    }

    @Override
    public long nodeCount() {
        return fromDigits(answer(new NodesFact(), Long.class::cast));
    }

    @Override
    public long nodeCount(String label) {
        return fromDigits(answer(new LabelFact(label), Long.class::cast));
    }

    @Override
    public long relationshipCount() {
        return fromDigits(answer(new RelationshipsFact(), Long.class::cast));
    }

    private <T> T answer(Fact fact, Function<Object, T> meaning) {
        return meaning.apply(answers.computeIfAbsent(fact, asked -> asked.ask(source)));
    }

    private static long digits(long count) {
        return count == 0 ? 0 : Long.toString(count).length();
    }

    private static long fromDigits(long digits) {
        return digits == 0 ? 0 : 3 * (long) Math.pow(10, (double) digits - 1);
    }

    /** A question to the graph; answers compare by content. */
    public sealed interface Fact {
        Object ask(PlanFacts facts);
    }

    private record Keys(List<List<String>> lists) {}

    private record IndexesFact(IndexKind kind, String labelOrType) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return new Keys(facts.indexes(kind, labelOrType));
        }
    }

    private record StatisticsFact(IndexKind kind, String labelOrType, List<String> keys) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            IndexStatistics found = facts.statistics(kind, labelOrType, keys);
            return new IndexStatistics(digits(found.entries()), digits(found.distinct()));
        }
    }

    private record NodesFact() implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return digits(facts.nodeCount());
        }
    }

    private record LabelFact(String label) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return digits(facts.nodeCount(label));
        }
    }

    private record RelationshipsFact() implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return digits(facts.relationshipCount());
        }
    }
}
