package skein.cypher.execute;

import java.util.ArrayList;
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
        node.put("args", new MapValue(Map.of("Details", Value.of(description.details()))));
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

    private static ListValue strings(List<String> strings) {
        return new ListValue(strings.stream().map(Value::of).toList());
    }

    static List<Value[]> rows(PlanDescription description, Profile profile) {
        long total = Math.max(1, profile.of(description.plan()).nanos);
        List<Value[]> rows = new ArrayList<>();
        for (PlanDescription.Line line : description.lines()) {
            rows.add(line.operator()
                    .map(plan -> row(line.text(), profile, plan, total))
                    .orElseGet(() -> new Value[] {Value.of(line.text()), Value.of(""), Value.of(""), Value.of("")}));
        }
        return rows;
    }

    private static Value[] row(String text, Profile profile, LogicalPlan plan, long total) {
        Measure measure = profile.of(plan);
        long below = plan instanceof LogicalPlan.Unary unary ? profile.of(unary.input()).nanos : 0;
        long own = Math.max(0, measure.nanos - below);
        return new Value[] {
            Value.of(text),
            Value.of(measure.hits),
            Value.of(String.format(Locale.ROOT, "%10.6f %%", 100.0 * own / total)),
            Value.of(String.format(Locale.ROOT, "%10.6f ms", own / NANOS_PER_MILLI))
        };
    }
}
