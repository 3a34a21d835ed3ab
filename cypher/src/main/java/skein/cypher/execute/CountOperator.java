package skein.cypher.execute;

import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** SKIP and LIMIT. */
final class CountOperator {
    private CountOperator() {}

    static Operator skip(Operator input, Evaluator count) {
        return run -> new Pipe(input, run) {
            private long left = -1;

            @Override
            public boolean next() {
                if (left < 0) {
                    left = evaluate(count, "SKIP", run);
                }
                while (left > 0) {
                    left--;
                    if (!below.next()) {
                        left = 0;
                        return false;
                    }
                }
                return below.next();
            }

            @Override
            public void reset() {
                super.reset();
                left = -1;
            }
        };
    }

    /** @param exhaustive pull the rows beyond the limit as well */
    static Operator limit(Operator input, Evaluator count, boolean exhaustive) {
        return run -> new Pipe(input, run) {
            private long left = -1;
            private boolean ended;

            @Override
            public boolean next() {
                if (left < 0) {
                    left = evaluate(count, "LIMIT", run);
                }
                if (left > 0 && !ended && below.next()) {
                    left--;
                    return true;
                }
                if (exhaustive && !ended) {
                    ended = true;
                    while (below.next()) {
                        run.checkTermination();
                    }
                }
                ended = true;
                return false;
            }

            @Override
            public void reset() {
                super.reset();
                left = -1;
                ended = false;
            }
        };
    }

    static long evaluate(Evaluator count, String clause, Execution run) {
        Value value = run.evaluate(count);
        if (!(value instanceof IntegerValue number)) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    clause + " needs a whole number but got " + TypeName.withArticle(value)
                            + " [InvalidArgumentType].");
        }
        if (number.value() < 0) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    clause + " needs a number from 0 but got " + number.value() + " [NegativeIntegerArgument].");
        }
        return number.value();
    }
}
