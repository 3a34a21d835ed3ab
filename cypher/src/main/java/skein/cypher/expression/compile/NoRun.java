package skein.cypher.expression.compile;

import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.TokenCache;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;

/** The context in which constants are computed: there is no run, and asking for anything of one is a bug. */
enum NoRun implements EvaluationContext {
    INSTANCE;

    @Override
    public GraphTransaction transaction() {
        throw unavailable();
    }

    @Override
    public TokenCache tokens() {
        throw unavailable();
    }

    @Override
    public Value parameter(String name) {
        throw unavailable();
    }

    @Override
    public ZonedDateTime realtime() {
        throw unavailable();
    }

    @Override
    public ZonedDateTime statementTime() {
        throw unavailable();
    }

    @Override
    public ZonedDateTime transactionTime() {
        throw unavailable();
    }

    @Override
    public RandomGenerator random() {
        throw unavailable();
    }

    @Override
    public void checkTermination() {}

    private static IllegalStateException unavailable() {
        return new IllegalStateException("a constant expression asked for something of a run");
    }
}
