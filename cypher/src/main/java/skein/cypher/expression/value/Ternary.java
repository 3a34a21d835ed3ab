package skein.cypher.expression.value;

import skein.graph.Value;

/** A truth value of Kleene's three-valued logic; UNKNOWN is what Cypher writes as null. */
public enum Ternary {
    TRUE(Value.TRUE),
    FALSE(Value.FALSE),
    UNKNOWN(Value.NULL);

    private final Value value;

    Ternary(Value value) {
        this.value = value;
    }

    public static Ternary of(boolean condition) {
        return condition ? TRUE : FALSE;
    }

    /** True, false or null. */
    public Value toValue() {
        return value;
    }

    public Ternary negate() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
