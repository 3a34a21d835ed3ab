package skein.cypher.expression.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.function.FunctionDefinition.Binder;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.Invariant;

/** Collects functions while the catalogue is made. The short forms answer null as soon as one argument is null. */
final class Definitions {
    private final Map<String, FunctionDefinition> byName = new LinkedHashMap<>();

    /** A function of any number of arguments that sees null. */
    @FunctionalInterface
    interface General {
        Value apply(List<Value> arguments, EvaluationContext context);
    }

    /** A function of one argument that looks something up in the graph. */
    @FunctionalInterface
    interface Reading {
        Value apply(GraphTransaction graph, Value argument);
    }

    Map<String, FunctionDefinition> byName() {
        return byName;
    }

    void unary(String name, UnaryOperator<Value> function) {
        add(new FunctionSignature(name, 1, 1, Kind.PURE), arguments -> {
            Evaluator only = arguments.get(0);
            return (row, context) -> {
                Value value = only.evaluate(row, context);
                return value.isNull() ? Value.NULL : function.apply(value);
            };
        });
    }

    void binary(String name, BinaryOperator<Value> function) {
        add(new FunctionSignature(name, 2, 2, Kind.PURE), arguments -> {
            Evaluator first = arguments.get(0);
            Evaluator second = arguments.get(1);
            return (row, context) -> {
                Value left = first.evaluate(row, context);
                Value right = second.evaluate(row, context);
                return left.isNull() || right.isNull() ? Value.NULL : function.apply(left, right);
            };
        });
    }

    void reading(String name, Reading function) {
        add(new FunctionSignature(name, 1, 1, Kind.CONTEXTUAL), arguments -> {
            Evaluator only = arguments.get(0);
            return (row, context) -> {
                Value value = only.evaluate(row, context);
                return value.isNull() ? Value.NULL : function.apply(context.transaction(), value);
            };
        });
    }

    /** As {@link #general}, but null as soon as one argument is null. */
    void strict(String name, int minArguments, int maxArguments, Kind kind, General function) {
        general(
                name,
                minArguments,
                maxArguments,
                kind,
                (arguments, context) ->
                        arguments.stream().anyMatch(Value::isNull) ? Value.NULL : function.apply(arguments, context));
    }

    void general(String name, int minArguments, int maxArguments, Kind kind, General function) {
        add(new FunctionSignature(name, minArguments, maxArguments, kind), arguments -> {
            Evaluator[] evaluators = arguments.toArray(new Evaluator[0]);
            return (row, context) -> {
                Value[] values = new Value[evaluators.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = evaluators[i].evaluate(row, context);
                }
                return function.apply(List.of(values), context);
            };
        });
    }

    void constant(String name, Value value) {
        add(new FunctionSignature(name, 0, 0, Kind.PURE), arguments -> (row, context) -> value);
    }

    /** Aggregates are only named here; see the package {@code aggregate}. */
    void aggregate(String name, int minArguments, int maxArguments) {
        add(new FunctionSignature(name, minArguments, maxArguments, Kind.AGGREGATE), arguments -> {
            throw new IllegalStateException(name + " is computed by an operator, not by an expression");
        });
    }

    void add(FunctionSignature signature, Binder binder) {
        boolean isNew = byName.put(signature.name().toLowerCase(Locale.ROOT), new FunctionDefinition(signature, binder))
                == null;
        Invariant.check(isNew, "function %s is defined twice", signature.name());
    }
}
