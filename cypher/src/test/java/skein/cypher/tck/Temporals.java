package skein.cypher.tck;

import skein.cypher.expression.operator.ValueText;
import skein.graph.Value;

/** Temporal values as the language's own {@code toString} has them. */
final class Temporals {
    private Temporals() {}

    static String text(Value value) {
        return ValueText.of(value);
    }
}
