package skein.cypher.tck;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import skein.cypher.procedure.CallContext;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.cypher.procedure.ProcedureSignature.Type;
import skein.graph.Value;
import skein.tck.DeclaredProcedure;
import skein.tck.DeclaredProcedure.Field;

/** A procedure that looks its results up in a table. */
record TableProcedure(ProcedureSignature signature, List<List<Value>> table) implements Procedure {
    static TableProcedure of(DeclaredProcedure declared) {
        List<Input> inputs = declared.inputs().stream()
                .map(field -> new Input(field.name(), Type.valueOf(field.type().toUpperCase(Locale.ROOT))))
                .toList();
        List<String> outputs = declared.outputs().stream().map(Field::name).toList();
        return new TableProcedure(new ProcedureSignature(declared.name(), inputs, outputs, false), declared.rows());
    }

    @Override
    public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
        int inputs = signature.inputs().size();
        return table.stream()
                .filter(row -> matches(row.subList(0, inputs), arguments))
                .map(row -> row.subList(inputs, row.size()).toArray(Value[]::new))
                .iterator();
    }

    private static boolean matches(List<Value> row, List<Value> arguments) {
        for (int i = 0; i < row.size(); i++) {
            if (!comparable(row.get(i)).equals(comparable(arguments.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Integers as floats, so that 42 is found for 42.0. */
    private static Value comparable(Value value) {
        return value instanceof Value.IntegerValue whole ? Value.of((double) whole.value()) : value;
    }
}
