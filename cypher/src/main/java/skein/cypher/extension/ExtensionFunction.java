package skein.cypher.extension;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.procedure.ProcedureSignature;
import skein.extension.Function;
import skein.graph.Value;

/** A method as a function of expressions. */
final class ExtensionFunction {
    private ExtensionFunction() {}

    static FunctionLibrary.Entry of(Function annotation, ExtensionMethod method) {
        String name = annotation.name();
        if (!JavaValues.isResult(method.method().getReturnType())) {
            throw ExtensionLibrary.refused(
                    method.shownName(),
                    "it answers " + method.method().getReturnType().getName() + ", which is no value of a query");
        }
        int count = method.inputs().size();
        FunctionSignature signature =
                new FunctionSignature(name, count, count, FunctionSignature.Kind.CONTEXTUAL, annotation.description());
        ProcedureSignature types = new ProcedureSignature(name, method.inputs(), List.of(name), false);
        return new FunctionLibrary.Entry(signature, arguments -> evaluator(method, types, arguments));
    }

    private static Evaluator evaluator(ExtensionMethod method, ProcedureSignature types, List<Evaluator> arguments) {
        Evaluator[] evaluators = arguments.toArray(Evaluator[]::new);
        String what = "Function " + types.name();
        return (row, context) -> {
            Value[] values = new Value[evaluators.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = evaluators[i].evaluate(row, context);
            }
            return call(what, method, types, List.of(values), context);
        };
    }

    private static Value call(
            String what,
            ExtensionMethod method,
            ProcedureSignature types,
            List<Value> arguments,
            EvaluationContext context) {
        context.checkTermination();
        ContextGraph graph = new ContextGraph(context, what, false);
        @Nullable Object answer = method.call(what, types.checked(arguments), graph);
        return JavaValues.toValue(what, answer);
    }
}
