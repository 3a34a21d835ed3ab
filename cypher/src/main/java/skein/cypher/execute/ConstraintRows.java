package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.storage.api.ConstraintOperations.Constraint;
import skein.storage.api.ConstraintRule;

/**
 * Constraints as rows: {@code SHOW CONSTRAINT INFO} with the columns of Memgraph (Schema, "Constraints"), {@code SHOW
 * CONSTRAINTS} with those of Neo4j (Cypher manual, "Show constraints"), which have the names.
 */
final class ConstraintRows {
    static final List<String> INFO_COLUMNS = List.of("constraint type", "label", "properties", "data_type");
    static final List<String> COLUMNS =
            List.of("id", "name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex", "propertyType");

    private ConstraintRows() {}

    static List<Value[]> info(List<Constraint> constraints) {
        return constraints.stream().map(ConstraintRows::info).toList();
    }

    private static Value[] info(Constraint constraint) {
        ConstraintRule rule = constraint.rule();
        Value label = Value.of(rule.label());
        return switch (rule) {
            case ConstraintRule.Exists exists ->
                new Value[] {Value.of("exists"), label, Value.of(exists.key()), Value.of("")};
            case ConstraintRule.Unique unique ->
                new Value[] {Value.of("unique"), label, texts(unique.keys()), Value.of("")};
            case ConstraintRule.Typed typed ->
                new Value[] {
                    Value.of("data_type"),
                    label,
                    Value.of(typed.key()),
                    Value.of(PropertyTypeNames.inMemgraph(typed.type()))
                };
        };
    }

    static List<Value[]> all(List<Constraint> constraints) {
        List<Value[]> rows = new ArrayList<>();
        for (Constraint constraint : constraints) {
            ConstraintRule rule = constraint.rule();
            String type = switch (rule) {
                case ConstraintRule.Exists exists -> "NODE_PROPERTY_EXISTENCE";
                case ConstraintRule.Unique unique -> "NODE_PROPERTY_UNIQUENESS";
                case ConstraintRule.Typed typed -> "NODE_PROPERTY_TYPE";
            };
            rows.add(new Value[] {
                Value.of((long) rows.size() + 1),
                Value.of(constraint.name()),
                Value.of(type),
                Value.of("NODE"),
                texts(List.of(rule.label())),
                texts(rule.keys()),
                Value.NULL,
                rule instanceof ConstraintRule.Typed typed
                        ? Value.of(PropertyTypeNames.inCypher(typed.type()))
                        : Value.NULL
            });
        }
        return rows;
    }

    private static ListValue texts(List<String> texts) {
        return new ListValue(texts.stream().map(Value::of).toList());
    }
}
