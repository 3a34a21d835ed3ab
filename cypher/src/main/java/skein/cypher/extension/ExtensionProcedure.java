package skein.cypher.extension;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.cypher.procedure.CallContext;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureSignature;
import skein.graph.Value;

/** A method as a procedure. */
final class ExtensionProcedure implements Procedure {
    /** Rough size of one value of a row. */
    private static final long BYTES_PER_VALUE = 40;

    private final ProcedureSignature signature;
    private final ExtensionMethod method;
    private final RecordComponent[] columns;
    private final String what;

    private ExtensionProcedure(ProcedureSignature signature, ExtensionMethod method, RecordComponent[] columns) {
        this.signature = signature;
        this.method = method;
        this.columns = columns;
        this.what = "Procedure " + signature.name();
    }

    static ExtensionProcedure of(skein.extension.Procedure annotation, ExtensionMethod method) {
        RecordComponent[] columns = columns(method);
        for (RecordComponent column : columns) {
            if (!JavaValues.isResult(column.getType())) {
                throw ExtensionLibrary.refused(
                        method.shownName(),
                        "column " + column.getName() + " is of type "
                                + column.getType().getName() + ", which is no value of a query");
            }
            column.getAccessor().trySetAccessible();
        }
        List<String> names =
                Arrays.stream(columns).map(RecordComponent::getName).toList();
        var signature = new ProcedureSignature(
                annotation.name(), method.inputs(), names, annotation.writes(), annotation.description());
        return new ExtensionProcedure(signature, method, columns);
    }

    private static RecordComponent[] columns(ExtensionMethod method) {
        Class<?> answer = method.method().getReturnType();
        if (answer == void.class) {
            return new RecordComponent[0];
        }
        boolean rows = Stream.class.isAssignableFrom(answer)
                || Iterator.class.isAssignableFrom(answer)
                || Iterable.class.isAssignableFrom(answer);
        Type generic = method.method().getGenericReturnType();
        if (rows
                && generic instanceof ParameterizedType type
                && type.getActualTypeArguments().length == 1
                && type.getActualTypeArguments()[0] instanceof Class<?> row
                && row.isRecord()) {
            return row.getRecordComponents();
        }
        throw ExtensionLibrary.refused(
                method.shownName(),
                "it answers " + generic.getTypeName() + "; a procedure answers a Stream, Iterator or Iterable of a"
                        + " record, or void");
    }

    @Override
    public ProcedureSignature signature() {
        return signature;
    }

    @Override
    public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
        context.checkTermination();
        @Nullable Object answer = method.call(what, arguments, new ContextGraph(context, what, signature.writes()));
        Iterator<?> rows = switch (answer) {
            case null -> Collections.emptyIterator();
            case Collection<?> all -> {
                context.reserveMemory(BYTES_PER_VALUE * columns.length * all.size());
                yield all.iterator();
            }
            case Stream<?> stream -> stream.iterator();
            case Iterator<?> iterator -> iterator;
            case Iterable<?> iterable -> iterable.iterator();
            default -> throw new IllegalStateException("a procedure answered " + answer.getClass());
        };
        return new Rows(rows, context);
    }

    /** Reads the answer as it is asked for; what goes wrong there is a failure of the call as well. */
    private final class Rows implements Iterator<Value[]> {
        private final Iterator<?> rows;
        private final CallContext context;

        Rows(Iterator<?> rows, CallContext context) {
            this.rows = rows;
            this.context = context;
        }

        @Override
        public boolean hasNext() {
            context.checkTermination();
            try {
                return rows.hasNext();
            } catch (RuntimeException | StackOverflowError e) {
                throw ExtensionMethod.failed(what, e);
            }
        }

        @Override
        public Value[] next() {
            try {
                return values(rows.next());
            } catch (RuntimeException | StackOverflowError e) {
                throw ExtensionMethod.failed(what, e);
            }
        }

        private Value[] values(@Nullable Object row) {
            if (row == null) {
                throw new NullPointerException("a row is null");
            }
            Value[] values = new Value[columns.length];
            for (int i = 0; i < values.length; i++) {
                try {
                    values[i] =
                            JavaValues.toValue(what, columns[i].getAccessor().invoke(row));
                } catch (InvocationTargetException | IllegalAccessException e) {
                    throw ExtensionMethod.failed(what, e.getCause() == null ? e : e.getCause());
                }
            }
            return values;
        }
    }
}
