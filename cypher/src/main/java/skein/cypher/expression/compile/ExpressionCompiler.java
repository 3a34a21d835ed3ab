package skein.cypher.expression.compile;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.SlotResolver;
import skein.cypher.expression.value.Equality;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.CaseBranch;
import skein.graph.Value;

/** Compiles expressions of one scope. The semantic check has passed them. */
public final class ExpressionCompiler {
    private final SlotResolver slots;

    ExpressionCompiler(SlotResolver slots) {
        this.slots = slots;
    }

    /** The evaluator of an expression over rows as the resolver knows them. */
    public static Evaluator compile(Expression expression, SlotResolver slots) {
        return new ExpressionCompiler(slots).compile(expression);
    }

    SlotResolver slots() {
        return slots;
    }

    /** A compiler for expressions that also see a local variable. */
    ExpressionCompiler withLocal(String variable) {
        return new ExpressionCompiler(slots.withLocal(variable));
    }

    List<Evaluator> compileAll(List<Expression> expressions) {
        List<Evaluator> evaluators = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> evaluators.add(compile(expression)));
        return evaluators;
    }

    Evaluator compile(Expression expression) {
        return slots.isComputed(expression) ? slot(slots.slotOfComputed(expression)) : compileUncomputed(expression);
    }

    private static Evaluator slot(int slot) {
        return (row, context) -> row[slot];
    }

    private Evaluator compileUncomputed(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral ignored -> Constant.NULL;
            case Expression.BooleanLiteral literal -> new Constant(Value.of(literal.value()));
            case Expression.IntegerLiteral literal -> new Constant(Value.of(literal.value()));
            case Expression.FloatLiteral literal -> new Constant(Value.of(literal.value()));
            case Expression.StringLiteral literal -> new Constant(Value.of(literal.value()));
            case Expression.ListLiteral list -> Composites.list(compileAll(list.items()));
            case Expression.MapLiteral map -> Composites.map(map, this);
            case Expression.Parameter parameter -> parameter(parameter.name());
            case Expression.Variable variable -> slot(slots.slotOf(variable.name()));
            case Expression.PropertyAccess access -> Access.property(access, this);
            case Expression.LabelPredicate predicate -> Access.labels(predicate, this);
            case Expression.ElementAccess access -> Access.element(access, this);
            case Expression.Slice slice -> Access.slice(slice, this);
            case Expression.Not not -> Operators.not(compile(not.operand()));
            case Expression.Sign sign -> Operators.sign(sign.negative(), compile(sign.operand()));
            case Expression.Binary binary ->
                Operators.binary(binary.operator(), compile(binary.left()), compile(binary.right()));
            case Expression.Comparison comparison -> Operators.comparison(comparison, this);
            case Expression.IsNull isNull -> isNull(compile(isNull.operand()), isNull.negated());
            case Expression.FunctionCall call -> function(call.name(), compileAll(call.arguments()));
            case Expression.CountStar ignored ->
                throw new IllegalStateException("count(*) is computed by an operator, not by an expression");
            case Expression.Case choice -> choice(choice);
            case Expression.ListComprehension comprehension -> Iteration.comprehension(comprehension, this);
            case Expression.Quantified quantified -> Iteration.quantified(quantified, this);
            case Expression.Reduce reduce -> Iteration.reduce(reduce, this);
            case Expression.MapProjection projection -> Composites.projection(projection, this);
            case Expression.PatternComprehension nested -> slots.compileNested(nested);
            case Expression.PatternPredicate nested -> slots.compileNested(nested);
            case Expression.ExistsSubquery nested -> slots.compileNested(nested);
            case Expression.CountSubquery nested -> slots.compileNested(nested);
            case Expression.CollectSubquery nested -> slots.compileNested(nested);
        };
    }

    private static Evaluator parameter(String name) {
        return (row, context) -> context.parameter(name);
    }

    private Evaluator function(String name, List<Evaluator> arguments) {
        Evaluator call = slots.functions().bind(name, arguments);
        List<Value> constants = Constant.valuesOf(arguments);
        return constants.size() == arguments.size() && slots.functions().isConstant(name, constants)
                ? Constant.fold(call)
                : call;
    }

    private static Evaluator isNull(Evaluator operand, boolean negated) {
        return Constant.fold(
                (row, context) -> Value.of(operand.evaluate(row, context).isNull() != negated), operand);
    }

    private Evaluator choice(Expression.Case choice) {
        Evaluator[] whens = new Evaluator[choice.branches().size()];
        Evaluator[] thens = new Evaluator[whens.length];
        for (int i = 0; i < whens.length; i++) {
            CaseBranch branch = choice.branches().get(i);
            whens[i] = compile(branch.when());
            thens[i] = compile(branch.then());
        }
        Evaluator otherwise = choice.otherwise().map(this::compile).orElse(Constant.NULL);
        return choice.subject()
                .map(subject -> simpleCase(compile(subject), whens, thens, otherwise))
                .orElseGet(() -> searchedCase(whens, thens, otherwise));
    }

    private static Evaluator simpleCase(Evaluator subject, Evaluator[] whens, Evaluator[] thens, Evaluator otherwise) {
        return (row, context) -> {
            Value value = subject.evaluate(row, context);
            for (int i = 0; i < whens.length; i++) {
                if (Equality.holds(value, whens[i].evaluate(row, context))) {
                    return thens[i].evaluate(row, context);
                }
            }
            return otherwise.evaluate(row, context);
        };
    }

    private static Evaluator searchedCase(Evaluator[] whens, Evaluator[] thens, Evaluator otherwise) {
        return (row, context) -> {
            for (int i = 0; i < whens.length; i++) {
                if (whens[i].isTrue(row, context)) {
                    return thens[i].evaluate(row, context);
                }
            }
            return otherwise.evaluate(row, context);
        };
    }
}
