package skein.cypher.execute;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.TokenCache;
import skein.cypher.plan.Column;
import skein.cypher.procedure.CallContext;
import skein.cypher.procedure.InstanceFacts;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** One run of a plan: its row, its transaction, what it has changed. Used by one thread. */
final class Execution implements CallContext {
    /** Rough size of one value held in a kept row: a reference and a small object. */
    private static final long BYTES_PER_VALUE = 40;

    private static final int[] ANY_TYPE = {};

    final Value[] frame;
    final GraphTransaction transaction;
    final Counters counters;
    private final CompiledPlan plan;
    private final TokenCache tokens;
    private final Map<String, Value> parameters;
    private final QueryEnvironment environment;
    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable HopLimit hopLimit;
    private final List<Long> deletedNodes = new ArrayList<>();

    Execution(
            CompiledPlan plan,
            GraphTransaction transaction,
            Map<String, Value> parameters,
            QueryEnvironment environment) {
        this(plan, transaction, parameters, environment, new Counters());
    }

    private Execution(
            CompiledPlan plan,
            GraphTransaction transaction,
            Map<String, Value> parameters,
            QueryEnvironment environment,
            Counters counters) {
        this.plan = plan;
        this.frame = new Value[plan.slotCount()];
        this.tokens = new TokenCache(plan.names(), transaction);
        Arrays.fill(frame, Value.NULL);
        this.transaction = transaction;
        this.parameters = parameters;
        this.environment = environment;
        this.counters = counters;
    }

    /** A part of this run in another transaction: it has a row of its own, and counts with this run. */
    Execution within(GraphTransaction other) {
        Execution part = new Execution(plan, other, parameters, environment, counters);
        part.hopLimit = hopLimit;
        return part;
    }

    Value evaluate(Evaluator evaluator) {
        return evaluator.evaluate(frame, this);
    }

    boolean isTrue(Evaluator predicate) {
        return predicate.evaluate(frame, this) instanceof Value.BooleanValue answer && answer.value();
    }

    /** Copies slots out of the frame, for operators that keep every row. */
    Value[] save(int[] slots) {
        reserveValues(slots.length + 1L);
        return copy(slots);
    }

    /** Copies slots out of the frame; who keeps the row accounts for it. */
    Value[] copy(int[] slots) {
        Value[] copy = new Value[slots.length];
        for (int i = 0; i < slots.length; i++) {
            copy[i] = frame[slots[i]];
        }
        return copy;
    }

    void restore(int[] slots, Value[] saved) {
        for (int i = 0; i < slots.length; i++) {
            frame[slots[i]] = saved[i];
        }
    }

    /** The slots of columns, each once. */
    static int[] slotsOf(List<Column> columns) {
        return columns.stream().mapToInt(Column::slot).distinct().toArray();
    }

    void reserveValues(long values) {
        environment.reserve(BYTES_PER_VALUE * values);
    }

    /** A node was deleted without its relationships; they must be gone when the statement ends. */
    void deletedNode(long node) {
        deletedNodes.add(node);
    }

    /** Fails when a deleted node still has relationships. */
    void checkDeletedNodes() {
        for (long node : deletedNodes) {
            checkTermination();
            long degree = transaction.degree(node, Direction.BOTH, ANY_TYPE);
            if (degree > 0) {
                throw new SkeinException(
                        ErrorCode.CONSTRAINT_VERIFICATION_FAILED,
                        "Node %d was deleted but still has %d relationships [DeleteConnectedNode]. Delete them in the"
                                        .formatted(node, degree)
                                + " same statement or use DETACH DELETE.");
            }
        }
        deletedNodes.clear();
    }

    /** No more than so many relationships are looked at from here on. */
    void limitHops(int hops) {
        hopLimit = new HopLimit(hops);
    }

    /** True when the limit of hops has cut something off. */
    boolean hopsAreCut() {
        return hopLimit != null && hopLimit.isReached();
    }

    /** Takes one more relationship into account; false when the limit allows none. */
    boolean mayHop() {
        return hopLimit == null || hopLimit.take();
    }

    /** The relationships of a node, as a pattern walks them. */
    RelationshipCursor expand(long node, Direction direction, int[] types) {
        RelationshipCursor all = transaction.expand(node, direction, types);
        HopLimit limit = hopLimit;
        return limit == null ? all : limit.on(all);
    }

    QueryEnvironment environment() {
        return environment;
    }

    @Override
    public GraphTransaction transaction() {
        return transaction;
    }

    @Override
    public TokenCache tokens() {
        return tokens;
    }

    @Override
    public Value parameter(String name) {
        @Nullable Value value = parameters.get(name);
        if (value == null) {
            throw new SkeinException(
                    ErrorCode.PARAMETER_MISSING,
                    "The query uses parameter $" + name
                            + " but none of that name was given [MissingParameter]. Pass it with the query.");
        }
        return value;
    }

    @Override
    public ZonedDateTime realtime() {
        return environment.realtime();
    }

    @Override
    public ZonedDateTime statementTime() {
        return environment.statementTime();
    }

    @Override
    public ZonedDateTime transactionTime() {
        return environment.transactionTime();
    }

    @Override
    public RandomGenerator random() {
        return environment.random();
    }

    @Override
    public String userName() {
        return environment.instance().user();
    }

    @Override
    public long count(String counter, long first, long step) {
        long value = counts.containsKey(counter) ? Math.addExact(counts.get(counter), step) : first;
        if (counts.put(counter, value) == null) {
            reserveValues(2);
        }
        return value;
    }

    @Override
    public void reserveMemory(long bytes) {
        environment.reserve(bytes);
    }

    @Override
    public void checkTermination() {
        environment.checkTermination();
    }

    @Override
    public InstanceFacts instance() {
        return environment.instance();
    }
}
