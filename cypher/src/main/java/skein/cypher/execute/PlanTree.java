package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.execute.Profile.Measure;
import skein.cypher.plan.LogicalPlan;
import skein.cypher.plan.PlanDescription;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;

/** Plans and profiles as values: the tree that Bolt carries, and the rows of PROFILE. */
final class PlanTree {
    private static final double NANOS_PER_MILLI = 1e6;

    private PlanTree() {}

    /** @param profile null when the plan did not run */
    static MapValue of(PlanDescription description, @Nullable Profile profile) {
        Map<String, Value> node = new LinkedHashMap<>();
        node.put("operatorType", Value.of(description.operator()));
        node.put("args", arguments(description, profile));
        node.put("identifiers", strings(description.identifiers()));
        List<Value> children = new ArrayList<>();
        description.children().forEach(child -> children.add(of(child, profile)));
        node.put("children", new ListValue(children));
        if (profile != null) {
            Measure measure = profile.of(description.plan());
            node.put("rows", Value.of(measure.rows));
            node.put("dbHits", Value.of(measure.hits));
            node.put("time", Value.of(measure.nanos));
        }
        return new MapValue(node);
    }

    /** Under the names that the tools of both worlds look for. */
    private static MapValue arguments(PlanDescription description, @Nullable Profile profile) {
        Map<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("Details", Value.of(description.details()));
        arguments.put("EstimatedRows", Value.of(description.rows()));
        if (profile != null) {
            arguments.put("Rows", Value.of(profile.of(description.plan()).rows));
        }
        return new MapValue(arguments);
    }

    /** What EXPLAIN adds to a line: about how many rows come out of the operator. */
    static String estimate(PlanDescription.Line line) {
        return line.operator()
                .map(operator -> rounded(operator.rows()))
                .map(rows -> " ~" + rows + (rows.equals("1") ? " row" : " rows"))
                .orElse("");
    }

    /** Two digits are all that an estimate is good for. */
    private static String rounded(double rows) {
        if (rows < 100) {
            return rows == 0 || rows >= 0.1 ? trimmed(String.format(Locale.ROOT, "%.1f", rows)) : "0.1";
        }
        double unit = Math.pow(10, Math.floor(Math.log10(rows)) - 1);
        return Long.toString(Math.round(Math.round(rows / unit) * unit));
    }

    private static String trimmed(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static ListValue strings(List<String> strings) {
        return new ListValue(strings.stream().map(Value::of).toList());
    }

    static List<Value[]> rows(PlanDescription description, Profile profile) {
        long total = Math.max(1, profile.of(description.plan()).nanos);
        List<Value[]> rows = new ArrayList<>();
        for (PlanDescription.Line line : description.lines()) {
            rows.add(line.operator()
                    .map(operator -> row(line.text(), profile, operator, total))
                    .orElseGet(() -> blank(line.text())));
        }
        return rows;
    }

    private static Value[] blank(String text) {
        Value[] row = new Value[QueryProgram.PROFILE_COLUMNS.size()];
        Arrays.fill(row, Value.of(""));
        row[0] = Value.of(text);
        return row;
    }

    private static Value[] row(String text, Profile profile, PlanDescription description, long total) {
        LogicalPlan plan = description.plan();
        Measure measure = profile.of(plan);
        long below = plan instanceof LogicalPlan.Unary unary ? profile.of(unary.input()).nanos : 0;
        long own = Math.max(0, measure.nanos - below);
        return new Value[] {
            Value.of(text),
            Value.of(measure.hits),
            Value.of(String.format(Locale.ROOT, "%10.6f %%", 100.0 * own / total)),
            Value.of(String.format(Locale.ROOT, "%10.6f ms", own / NANOS_PER_MILLI)),
            Value.of(measure.rows),
            Value.of(rounded(description.rows()))
        };
    }
}
