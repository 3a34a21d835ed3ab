package skein.cypher.expression.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.operator.Lists;
import skein.cypher.expression.value.Logic;
import skein.cypher.expression.value.Ternary;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Quantifier;
import skein.graph.Value;
import skein.graph.Value.ListValue;

/** Evaluators with a variable of their own that walks over a list. */
final class Iteration {
    /** How many elements between two questions whether the run was ended; a power of two. */
    private static final int ELEMENTS_PER_CHECK = 1 << 10;

    private Iteration() {}

    static Evaluator comprehension(Expression.ListComprehension comprehension, ExpressionCompiler compiler) {
        Evaluator list = compiler.compile(comprehension.list());
        ExpressionCompiler inner = compiler.withLocal(comprehension.variable().name());
        int slot = inner.slots().slotOf(comprehension.variable().name());
        @Nullable Evaluator where = compiled(comprehension.where(), inner);
        @Nullable Evaluator projection = compiled(comprehension.projection(), inner);
        return (row, context) -> {
            Value values = list.evaluate(row, context);
            if (values.isNull()) {
                return Value.NULL;
            }
            List<Value> result = new ArrayList<>();
            int count = 0;
            for (Value element : Lists.values(values, "A list comprehension")) {
                check(++count, context);
                row[slot] = element;
                if (where == null || where.isTrue(row, context)) {
                    result.add(projection == null ? element : projection.evaluate(row, context));
                    reserve(result.size(), context);
                }
            }
            return new ListValue(result);
        };
    }

    private static @Nullable Evaluator compiled(Optional<Expression> expression, ExpressionCompiler compiler) {
        return expression.isPresent() ? compiler.compile(expression.get()) : null;
    }

    private static void reserve(int size, EvaluationContext context) {
        if ((size & (ELEMENTS_PER_CHECK - 1)) == 0) {
            context.reserveForElements(size, ELEMENTS_PER_CHECK);
        }
    }

    private static void check(int count, EvaluationContext context) {
        if ((count & (ELEMENTS_PER_CHECK - 1)) == 0) {
            context.checkTermination();
        }
    }

    static Evaluator quantified(Expression.Quantified quantified, ExpressionCompiler compiler) {
        Evaluator list = compiler.compile(quantified.list());
        ExpressionCompiler inner = compiler.withLocal(quantified.variable().name());
        int slot = inner.slots().slotOf(quantified.variable().name());
        Evaluator where = inner.compile(quantified.where());
        Quantifier quantifier = quantified.quantifier();
        return (row, context) -> {
            Value values = list.evaluate(row, context);
            if (values.isNull()) {
                return Value.NULL;
            }
            Tally tally = new Tally();
            int count = 0;
            for (Value element : Lists.values(values, "A quantifier")) {
                check(++count, context);
                row[slot] = element;
                tally.add(Logic.truth(where.evaluate(row, context), "WHERE"));
                if (tally.decides(quantifier)) {
                    break;
                }
            }
            return tally.answer(quantifier).toValue();
        };
    }

    /** How often a predicate was true, false and unknown so far. */
    private static final class Tally {
        private int trues;
        private int falses;
        private int unknowns;

        void add(Ternary truth) {
            switch (truth) {
                case TRUE -> trues++;
                case FALSE -> falses++;
                case UNKNOWN -> unknowns++;
            }
        }

        boolean decides(Quantifier quantifier) {
            return switch (quantifier) {
                case ALL -> falses > 0;
                case ANY, NONE -> trues > 0;
                case SINGLE -> trues > 1;
            };
        }

        Ternary answer(Quantifier quantifier) {
            return switch (quantifier) {
                case ALL -> falses > 0 ? Ternary.FALSE : unlessUnknown(true);
                case ANY -> trues > 0 ? Ternary.TRUE : unlessUnknown(false);
                case NONE -> trues > 0 ? Ternary.FALSE : unlessUnknown(true);
                case SINGLE -> trues > 1 ? Ternary.FALSE : unlessUnknown(trues == 1);
            };
        }

        private Ternary unlessUnknown(boolean answer) {
            return unknowns > 0 ? Ternary.UNKNOWN : Ternary.of(answer);
        }
    }

    static Evaluator reduce(Expression.Reduce reduce, ExpressionCompiler compiler) {
        Evaluator initial = compiler.compile(reduce.initial());
        Evaluator list = compiler.compile(reduce.list());
        ExpressionCompiler inner = compiler.withLocal(reduce.accumulator().name())
                .withLocal(reduce.variable().name());
        int accumulator = inner.slots().slotOf(reduce.accumulator().name());
        int slot = inner.slots().slotOf(reduce.variable().name());
        Evaluator body = inner.compile(reduce.body());
        return (row, context) -> {
            Value values = list.evaluate(row, context);
            if (values.isNull()) {
                return Value.NULL;
            }
            Value result = initial.evaluate(row, context);
            int count = 0;
            for (Value element : Lists.values(values, "reduce")) {
                check(++count, context);
                row[accumulator] = result;
                row[slot] = element;
                result = body.evaluate(row, context);
            }
            return result;
        };
    }
}
