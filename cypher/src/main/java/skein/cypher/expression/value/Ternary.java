package skein.cypher.expression.value;

import skein.graph.Value;

/** A truth value of Kleene's three-valued logic; UNKNOWN is what Cypher writes as null. */
public enum Ternary {
    TRUE,
    FALSE,
    UNKNOWN;

    public static Ternary of(boolean condition) {
        return condition ? TRUE : FALSE;
    }

    /** True, false or null. */
    public Value toValue() {
        return switch (this) {
            case TRUE -> Value.TRUE;
            case FALSE -> Value.FALSE;
            case UNKNOWN -> Value.NULL;
        };
    }

    public Ternary negate() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
