package skein.naive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skein.graph.Value;

/**
 * Values by name.
 *
 * @param group the rows that an aggregate is about; empty outside of aggregating projections
 */
record Row(Map<String, Value> values, List<Row> group) {
    static final Row EMPTY = new Row(Map.of(), List.of());

    static Row of(Map<String, Value> values) {
        return new Row(values, List.of());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Value get(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw Unjudged.unknown("variable " + name + " beside " + values.keySet());
        }
        return value;
    }

    Row with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Row(more, group);
    }

    Row withAll(Map<String, Value> others) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.putAll(others);
        return new Row(more, group);
    }

    Row withGroup(List<Row> rows) {
        return new Row(values, rows);
    }

    Row only(Set<String> names) {
        Map<String, Value> fewer = new LinkedHashMap<>(values);
        fewer.keySet().retainAll(names);
        return new Row(fewer, List.of());
    }
}
