package skein.cypher.expression;

import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A run with clocks that stand still, dice that always fall alike and a small graph. */
public final class FakeRun implements EvaluationContext {
    public static final ZonedDateTime TRANSACTION_TIME = ZonedDateTime.parse("2024-02-29T23:59:58.000000001Z");
    public static final ZonedDateTime STATEMENT_TIME = TRANSACTION_TIME.plusSeconds(1);
    public static final ZonedDateTime REALTIME = TRANSACTION_TIME.plusSeconds(2);

    private final FakeGraph graph;
    private final TokenCache tokens;
    private final Map<String, Value> parameters = new HashMap<>();
    private final RandomGenerator random = new SplittableRandom(42);
    private long reservedBytes;
    private int terminationChecks;
    private boolean terminated;
    private boolean refusesMemory;

    public FakeRun(FakeGraph graph, NameTable names) {
        this.graph = graph;
        this.tokens = new TokenCache(names, graph);
    }

    public FakeRun with(String parameter, Value value) {
        parameters.put(parameter, value);
        return this;
    }

    /** From now on {@link #checkTermination} throws. */
    public FakeRun terminated() {
        terminated = true;
        return this;
    }

    /** From now on every reservation of memory is refused. */
    public FakeRun refusingMemory() {
        refusesMemory = true;
        return this;
    }

    public long reservedBytes() {
        return reservedBytes;
    }

    public int terminationChecks() {
        return terminationChecks;
    }

    @Override
    public GraphTransaction transaction() {
        return graph;
    }

    @Override
    public TokenCache tokens() {
        return tokens;
    }

    @Override
    public Value parameter(String name) {
        return parameters.getOrDefault(name, Value.NULL);
    }

    @Override
    public ZonedDateTime realtime() {
        return REALTIME;
    }

    @Override
    public ZonedDateTime statementTime() {
        return STATEMENT_TIME;
    }

    @Override
    public ZonedDateTime transactionTime() {
        return TRANSACTION_TIME;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void reserveMemory(long bytes) {
        if (refusesMemory) {
            throw new SkeinException(ErrorCode.MEMORY_LIMIT, "no memory");
        }
        reservedBytes += bytes;
    }

    @Override
    public void checkTermination() {
        terminationChecks++;
        if (terminated) {
            throw new SkeinException(ErrorCode.TRANSACTION_TERMINATED, "ended");
        }
    }
}
