package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import skein.cypher.plan.LogicalPlan.CallProcedure;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.cypher.procedure.ProcedureSignature.Type;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Parameter;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Plans calls of procedures and checks them against the signatures. */
final class CallPlanner {
    private final Planning planning;
    private final SlotAllocator slots;
    private final ProcedureRegistry procedures;

    CallPlanner(Planning planning, ProcedureRegistry procedures) {
        this.planning = planning;
        this.slots = planning.slots();
        this.procedures = procedures;
    }

    /** @param columns what the call yields */
    record Called(Pipeline pipeline, List<Column> columns) {}

    /** A call that is the whole query: without YIELD it answers all columns. */
    Called planAlone(Pipeline input, Clause.CallProcedure call) {
        boolean all = call.yieldAll() || call.yields().isEmpty();
        return plan(input, call, all);
    }

    Called plan(Pipeline input, Clause.CallProcedure call) {
        return plan(input, call, call.yieldAll());
    }

    private Called plan(Pipeline input, Clause.CallProcedure call, boolean yieldAll) {
        ProcedureSignature signature = procedures.get(call.procedure()).signature();
        List<Expression> given = call.arguments().orElseGet(() -> implicitArguments(signature, call));
        checkArguments(signature, given);
        List<ScopedExpression> arguments = given.stream()
                .map(argument -> new ScopedExpression(argument, input.scope()))
                .toList();
        List<CallProcedure.Output> outputs = yieldAll ? allOutputs(signature) : outputs(signature, call);
        Scope scope = input.scope();
        for (CallProcedure.Output output : outputs) {
            scope = scope.with(output.column());
        }
        boolean unit = signature.outputs().isEmpty();
        Pipeline pipeline = input.then(
                        effects(signature, given),
                        plan -> new CallProcedure(plan, signature.name(), arguments, outputs, unit))
                .in(scope);
        if (call.where().isPresent()) {
            Expression where = call.where().get();
            pipeline = pipeline.then(Effects.of(where), Conditions.filter(planning, List.of(where), scope));
        }
        return new Called(
                pipeline, outputs.stream().map(CallProcedure.Output::column).toList());
    }

    private static Effects effects(ProcedureSignature signature, List<Expression> arguments) {
        Effects own = Effects.reading(Footprint.ALL);
        if (signature.writes()) {
            own = own.and(Effects.writing(Footprint.ALL));
        }
        return own.and(Effects.of(arguments));
    }

    private List<CallProcedure.Output> allOutputs(ProcedureSignature signature) {
        List<CallProcedure.Output> outputs = new ArrayList<>();
        for (int position = 0; position < signature.outputs().size(); position++) {
            Column column = slots.column(signature.outputs().get(position));
            outputs.add(new CallProcedure.Output(position, column));
        }
        return outputs;
    }

    private List<CallProcedure.Output> outputs(ProcedureSignature signature, Clause.CallProcedure call) {
        List<CallProcedure.Output> outputs = new ArrayList<>();
        for (Clause.YieldItem item : call.yields()) {
            int position = signature.outputs().indexOf(item.column());
            if (position < 0) {
                throw new SkeinException(
                        ErrorCode.SYNTAX_ERROR,
                        "Procedure " + signature.name() + " has no result column `" + item.column()
                                + "` [UndefinedVariable]. Its columns are: "
                                + String.join(", ", signature.outputs()) + ".");
            }
            outputs.add(new CallProcedure.Output(
                    position, slots.column(item.variable().name())));
        }
        return outputs;
    }

    private static List<Expression> implicitArguments(ProcedureSignature signature, Clause.CallProcedure call) {
        return signature.inputs().stream()
                .limit(signature.requiredInputs())
                .map(input -> (Expression) new Parameter(input.name(), call.span()))
                .toList();
    }

    private static void checkArguments(ProcedureSignature signature, List<Expression> given) {
        if (given.size() < signature.requiredInputs()
                || given.size() > signature.inputs().size()) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    "Procedure %s takes %d arguments (%s) but is called with %d [InvalidNumberOfArguments]."
                            .formatted(
                                    signature.name(),
                                    signature.inputs().size(),
                                    signature.inputs().stream().map(Input::name).collect(Collectors.joining(", ")),
                                    given.size()));
        }
        for (int i = 0; i < given.size(); i++) {
            Input input = signature.inputs().get(i);
            if (contradicts(input.type(), given.get(i))) {
                throw signature.refused(input, "another literal");
            }
        }
    }

    /** True when a literal cannot be what the type asks for; other expressions are judged when they have a value. */
    private static boolean contradicts(Type type, Expression argument) {
        return switch (argument) {
            case Expression.BooleanLiteral literal -> type != Type.ANY && type != Type.BOOLEAN;
            case Expression.StringLiteral literal -> type != Type.ANY && type != Type.STRING;
            case Expression.IntegerLiteral literal ->
                type != Type.ANY && type != Type.INTEGER && type != Type.FLOAT && type != Type.NUMBER;
            case Expression.FloatLiteral literal -> type != Type.ANY && type != Type.FLOAT && type != Type.NUMBER;
            case Expression.ListLiteral literal -> type != Type.ANY && type != Type.LIST;
            case Expression.MapLiteral literal -> type != Type.ANY && type != Type.MAP;
            default -> false;
        };
    }
}
