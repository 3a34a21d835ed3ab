package skein.cypher.execute.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import skein.storage.api.ConstraintOperations.Constraint;
import skein.storage.api.ConstraintRule;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyType;
import skein.storage.api.SchemaOperations.IndexDescription;

/** Statements about names, indexes and constraints. */
final class SchemaText {
    private SchemaText() {}

    /**
     * Brings all names in the order in which the graph came to know them. An index brings the names that it is on, and
     * is gone at once.
     */
    static List<String> names(GraphTransaction graph) {
        List<IndexTarget> targets = new ArrayList<>();
        List<String> labels = graph.knownNames(NameKind.LABEL);
        List<String> types = graph.knownNames(NameKind.RELATIONSHIP_TYPE);
        labels.forEach(label -> targets.add(IndexTarget.ofNodes(label, List.of())));
        types.forEach(type -> targets.add(IndexTarget.ofRelationships(type, List.of())));
        for (String key : graph.knownNames(NameKind.PROPERTY_KEY)) {
            if (!labels.isEmpty()) {
                targets.add(IndexTarget.ofNodes(labels.getFirst(), List.of(key)));
            } else if (!types.isEmpty()) {
                targets.add(IndexTarget.ofRelationships(types.getFirst(), List.of(key)));
            }
        }
        List<String> statements = new ArrayList<>();
        for (IndexTarget target : targets) {
            statements.add("CREATE " + on(target));
            statements.add("DROP " + on(target));
        }
        return statements;
    }

    static List<String> indexes(List<IndexDescription> indexes) {
        return indexes.stream().map(SchemaText::index).toList();
    }

    private static String index(IndexDescription index) {
        IndexTarget target = index.target();
        if (index.name().isEmpty() || target.propertyKeys().isEmpty()) {
            return "CREATE " + on(target);
        }
        String label = Literal.name(target.labelOrType());
        String subject = target.kind() == IndexKind.RELATIONSHIP ? "()-[e:" + label + "]-()" : "(e:" + label + ")";
        return "CREATE %sINDEX %s FOR %s ON (%s)"
                .formatted(
                        target.kind() == IndexKind.NODE_POINT ? "POINT " : "",
                        Literal.name(index.name()),
                        subject,
                        properties("e", target.propertyKeys()));
    }

    private static String on(IndexTarget target) {
        String kind = switch (target.kind()) {
            case NODE -> "INDEX";
            case RELATIONSHIP -> "EDGE INDEX";
            case NODE_POINT -> "POINT INDEX";
        };
        String keys = target.propertyKeys().isEmpty()
                ? ""
                : target.propertyKeys().stream().map(Literal::name).collect(Collectors.joining(", ", "(", ")"));
        return kind + " ON :" + Literal.name(target.labelOrType()) + keys;
    }

    static List<String> constraints(List<Constraint> constraints) {
        return constraints.stream().map(SchemaText::constraint).toList();
    }

    private static String constraint(Constraint constraint) {
        ConstraintRule rule = constraint.rule();
        String name = constraint.named() ? Literal.name(constraint.name()) + " " : "";
        String condition = switch (rule) {
            case ConstraintRule.Exists exists -> "n." + Literal.name(exists.key()) + " IS NOT NULL";
            case ConstraintRule.Unique unique -> "(" + properties("n", unique.keys()) + ") IS UNIQUE";
            case ConstraintRule.Typed typed -> "n." + Literal.name(typed.key()) + " IS :: " + type(typed.type());
        };
        return "CREATE CONSTRAINT " + name + "FOR (n:" + Literal.name(rule.label()) + ") REQUIRE " + condition;
    }

    /** Memgraph's word. */
    private static String type(PropertyType type) {
        return type.name().replace("_", "");
    }

    private static String properties(String variable, List<String> keys) {
        return keys.stream().map(key -> variable + "." + Literal.name(key)).collect(Collectors.joining(", "));
    }
}
