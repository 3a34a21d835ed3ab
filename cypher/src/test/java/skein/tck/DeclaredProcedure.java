package skein.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.graph.Value;

/**
 * A procedure as scenarios declare it: a table of arguments and the results they lead to.
 *
 * @param name with its namespace
 * @param rows cells for the inputs, then cells for the outputs
 */
public record DeclaredProcedure(String name, List<Field> inputs, List<Field> outputs, List<List<Value>> rows) {
    private static final Pattern DECLARATION =
            Pattern.compile("there exists a procedure ([\\w.]+)\\((.*)\\) :: \\((.*)\\)");

    /**
     * An argument or a result.
     *
     * @param type upper case, without the mark for nullable: {@code INTEGER}
     */
    public record Field(String name, String type) {}

    static boolean isDeclaration(String step) {
        return step.startsWith("there exists a procedure");
    }

    static DeclaredProcedure of(Scenario.Step step) {
        Matcher matcher = DECLARATION.matcher(step.text().strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read the declaration: " + step.text());
        }
        List<List<Value>> rows = step.table().stream()
                .skip(1)
                .map(row -> row.stream().map(ExpectedValue::read).toList())
                .toList();
        return new DeclaredProcedure(matcher.group(1), fields(matcher.group(2)), fields(matcher.group(3)), rows);
    }

    private static List<Field> fields(String list) {
        List<Field> fields = new ArrayList<>();
        for (String field : list.split(",")) {
            if (!field.isBlank()) {
                String[] parts = field.split("::");
                fields.add(new Field(parts[0].strip(), parts[1].strip().replace("?", "")));
            }
        }
        return fields;
    }
}
