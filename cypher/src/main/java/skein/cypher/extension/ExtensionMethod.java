package skein.cypher.extension;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.extension.Argument;
import skein.extension.Extension;
import skein.extension.ExtensionContext;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A method of an extension that can be called with values.
 *
 * @param takesContext its first parameter is the context
 */
record ExtensionMethod(Extension owner, Method method, boolean takesContext, List<Class<?>> types, List<Input> inputs) {
    static ExtensionMethod of(Extension owner, Method method) {
        String name = method.getDeclaringClass().getName() + "." + method.getName();
        Parameter[] parameters = method.getParameters();
        boolean context = parameters.length > 0 && parameters[0].getType() == ExtensionContext.class;
        List<Class<?>> types = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        for (int i = context ? 1 : 0; i < parameters.length; i++) {
            @Nullable Argument argument = parameters[i].getAnnotation(Argument.class);
            if (argument == null) {
                throw ExtensionLibrary.refused(name, "parameter " + (i + 1) + " has no @Argument with its name");
            }
            if (!JavaValues.isArgument(parameters[i].getType())) {
                throw ExtensionLibrary.refused(
                        name,
                        "parameter " + argument.value() + " is of type "
                                + parameters[i].getType().getName() + ", which no value of a query can be");
            }
            types.add(parameters[i].getType());
            inputs.add(new Input(argument.value(), JavaValues.type(parameters[i].getType())));
        }
        // classes of a jar need not be public for their methods to be called
        if (!method.trySetAccessible()) {
            throw ExtensionLibrary.refused(name, "its class is not accessible");
        }
        return new ExtensionMethod(owner, method, context, types, inputs);
    }

    String shownName() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** @param what for messages, for example {@code Procedure words.split} */
    @Nullable
    Object call(String what, List<Value> arguments, ContextGraph graph) {
        @Nullable Object[] given = new Object[arguments.size() + (takesContext ? 1 : 0)];
        if (takesContext) {
            given[0] = graph;
        }
        for (int i = 0; i < arguments.size(); i++) {
            given[i + (takesContext ? 1 : 0)] = argument(what, i, arguments.get(i), graph);
        }
        try {
            return method.invoke(owner, given);
        } catch (InvocationTargetException e) {
            throw failed(what, e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw failed(what, e);
        }
    }

    private @Nullable Object argument(String what, int index, Value value, ContextGraph graph) {
        Class<?> type = types.get(index);
        if (value.isNull() && type.isPrimitive()) {
            throw new SkeinException(
                    ErrorCode.TYPE_ERROR,
                    what + " takes no null for argument `" + inputs.get(index).name()
                            + "` [InvalidArgumentType]. Use coalesce() where it may be null.");
        }
        return JavaValues.toJava(what, inputs.get(index), type, value, graph);
    }

    /** What extensions throw is a failure of their own; what the engine throws through them passes. */
    static RuntimeException failed(String what, Throwable cause) {
        if (cause instanceof SkeinException own) {
            return own;
        }
        if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
            throw error;
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new SkeinException(
                ErrorCode.PROCEDURE_CALL_FAILED,
                what + " failed with " + cause.getClass().getSimpleName() + message
                        + " [ProcedureCallFailed]. Its author can tell why.",
                cause);
    }
}
