package skein.cypher.plan;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers every fact that a plan was made with, so that a cached plan is used only while the facts still hold. Counts
 * hold while they keep their number of decimal digits.
 */
public final class Assumptions implements PlanFacts {
    private final PlanFacts source;
    private final Map<Fact, Long> answers = new HashMap<>();

    /** @param source asked once for each fact while a plan is made; not kept in use afterwards */
    public Assumptions(PlanFacts source) {
        this.source = source;
    }

    /** True when the same plan would be made with these facts. */
    public static boolean hold(Map<Fact, Long> assumed, PlanFacts now) {
        for (Map.Entry<Fact, Long> entry : assumed.entrySet()) {
            if (entry.getKey().ask(now) != entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** What has been asked so far, with the answers. */
    public Map<Fact, Long> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public boolean hasIndex(String label, String propertyKey) {
        return answer(new IndexFact(label, propertyKey)) == 1;
    }

    @Override
    public long nodeCount() {
        return fromDigits(answer(new NodesFact()));
    }

    @Override
    public long nodeCount(String label) {
        return fromDigits(answer(new LabelFact(label)));
    }

    @Override
    public long relationshipCount() {
        return fromDigits(answer(new RelationshipsFact()));
    }

    private long answer(Fact fact) {
        return answers.computeIfAbsent(fact, asked -> asked.ask(source));
    }

    private static long digits(long count) {
        return count == 0 ? 0 : Long.toString(count).length();
    }

    private static long fromDigits(long digits) {
        return digits == 0 ? 0 : 3 * (long) Math.pow(10, (double) digits - 1);
    }

    /** A question to the graph whose answer is a number. */
    public sealed interface Fact {
        long ask(PlanFacts facts);
    }

    private record IndexFact(String label, String propertyKey) implements Fact {
        @Override
        public long ask(PlanFacts facts) {
            return facts.hasIndex(label, propertyKey) ? 1 : 0;
        }
    }

    private record NodesFact() implements Fact {
        @Override
        public long ask(PlanFacts facts) {
            return digits(facts.nodeCount());
        }
    }

    private record LabelFact(String label) implements Fact {
        @Override
        public long ask(PlanFacts facts) {
            return digits(facts.nodeCount(label));
        }
    }

    private record RelationshipsFact() implements Fact {
        @Override
        public long ask(PlanFacts facts) {
            return digits(facts.relationshipCount());
        }
    }
}
