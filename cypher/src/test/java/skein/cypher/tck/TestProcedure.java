package skein.cypher.tck;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.cypher.procedure.CallContext;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.cypher.procedure.ProcedureSignature.Type;
import skein.graph.Value;

/** A procedure as scenarios declare it: a table of arguments and the results they lead to. */
record TestProcedure(ProcedureSignature signature, List<List<Value>> table) implements Procedure {
    private static final Pattern DECLARATION =
            Pattern.compile("there exists a procedure ([\\w.]+)\\((.*)\\) :: \\((.*)\\)");

    static TestProcedure of(Scenario.Step step) {
        Matcher matcher = DECLARATION.matcher(step.text().strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no procedure: " + step.text());
        }
        List<Input> inputs = new ArrayList<>();
        for (String[] input : fields(matcher.group(2))) {
            inputs.add(new Input(input[0], Type.valueOf(input[1])));
        }
        List<String> outputs =
                fields(matcher.group(3)).stream().map(field -> field[0]).toList();
        List<List<Value>> rows = step.table().stream()
                .skip(1)
                .map(row -> row.stream().map(TestProcedure::value).toList())
                .toList();
        return new TestProcedure(new ProcedureSignature(matcher.group(1), inputs, outputs, false), rows);
    }

    private static List<String[]> fields(String list) {
        List<String[]> fields = new ArrayList<>();
        for (String field : list.split(",")) {
            if (!field.isBlank()) {
                String[] parts = field.split("::");
                fields.add(new String[] {
                    parts[0].strip(), parts[1].strip().replace("?", "").toUpperCase(Locale.ROOT)
                });
            }
        }
        return fields;
    }

    static Value value(String cell) {
        if (cell.equals("null")) {
            return Value.NULL;
        }
        if (cell.startsWith("'")) {
            return Value.of(cell.substring(1, cell.length() - 1));
        }
        return cell.contains(".") ? Value.of(Double.parseDouble(cell)) : Value.of(Long.parseLong(cell));
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
