package skein.cypher.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/**
 * Remembers every fact that a plan was made with, so that a cached plan is used only while the facts still hold: the
 * same indexes, and counts that have not drifted by more than {@link #DRIFT_FACTOR}, nor from nothing to something.
 */
public final class Assumptions implements PlanFacts {
    /** A count may grow or shrink by this much, and by {@link #DRIFT_SLACK} besides, before a new plan is made. */
    static final long DRIFT_FACTOR = 4;

    static final long DRIFT_SLACK = 16;

    private final PlanFacts source;
    private final Map<Fact, Object> answers = new HashMap<>();

    /** @param source asked once for each fact while a plan is made; not kept in use afterwards */
    public Assumptions(PlanFacts source) {
        this.source = source;
    }

    /** True when much the same plan would be made with these facts. */
    public static boolean hold(Map<Fact, Object> assumed, PlanFacts now) {
        for (Map.Entry<Fact, Object> entry : assumed.entrySet()) {
            if (!entry.getKey().holds(entry.getValue(), now)) {
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
        return ((Keys) answer(new IndexesFact(kind, labelOrType))).lists;
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        return (IndexStatistics) answer(new StatisticsFact(kind, labelOrType, keys));
    }

    @Override
    public long nodeCount() {
        return (Long) answer(new NodesFact());
    }

    @Override
    public long nodeCount(String label) {
        return (Long) answer(new LabelFact(label));
    }

    @Override
    public long relationshipCount() {
        return (Long) answer(new RelationshipsFact());
    }

    @Override
    public long relationshipCount(String type) {
        return (Long) answer(new TypeFact(type));
    }

    @Override
    public double endShare(String type, String label, Direction end) {
        return (Double) answer(new EndFact(type, label, end));
    }

    @Override
    public Set<String> endLabels(String type, Direction end) {
        return ((Labels) answer(new EndLabelsFact(type, end))).labels;
    }

    private Object answer(Fact fact) {
        return answers.computeIfAbsent(fact, asked -> asked.ask(source));
    }

    static boolean near(long assumed, long now) {
        return (assumed == 0) == (now == 0)
                && now <= DRIFT_FACTOR * assumed + DRIFT_SLACK
                && assumed <= DRIFT_FACTOR * now + DRIFT_SLACK;
    }

    /** A question to the graph; answers compare by content. */
    public sealed interface Fact {
        Object ask(PlanFacts facts);

        /** Whether an answer given earlier is still good enough. */
        default boolean holds(Object assumed, PlanFacts now) {
            Object answer = ask(now);
            return assumed instanceof Long count ? near(count, (Long) answer) : answer.equals(assumed);
        }
    }

    private record Labels(Set<String> labels) {}

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
            return facts.statistics(kind, labelOrType, keys);
        }

        @Override
        public boolean holds(Object assumed, PlanFacts now) {
            IndexStatistics before = (IndexStatistics) assumed;
            IndexStatistics found = now.statistics(kind, labelOrType, keys);
            return near(before.entries(), found.entries()) && near(before.distinct(), found.distinct());
        }
    }

    private record NodesFact() implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return facts.nodeCount();
        }
    }

    private record LabelFact(String label) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return facts.nodeCount(label);
        }
    }

    private record RelationshipsFact() implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return facts.relationshipCount();
        }
    }

    private record TypeFact(String type) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return facts.relationshipCount(type);
        }
    }

    /** A sample costs too much to be drawn for every run; the counts beside it tell when the graph has changed. */
    private record EndFact(String type, String label, Direction end) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return facts.endShare(type, label, end);
        }

        @Override
        public boolean holds(Object assumed, PlanFacts now) {
            return true;
        }
    }

    /** As {@link EndFact}. */
    private record EndLabelsFact(String type, Direction end) implements Fact {
        @Override
        public Object ask(PlanFacts facts) {
            return new Labels(facts.endLabels(type, end));
        }

        @Override
        public boolean holds(Object assumed, PlanFacts now) {
            return true;
        }
    }
}
