package skein.cypher.check;

import java.util.List;
import java.util.Locale;

/**
 * What is known about a value before a query runs.
 *
 * @param elements for lists what is known about their elements, as one type or none; empty for all other kinds
 */
record StaticType(Kind kind, List<StaticType> elements) {
    static final StaticType UNKNOWN = of(Kind.UNKNOWN);
    static final StaticType NULL = of(Kind.NULL);
    static final StaticType BOOLEAN = of(Kind.BOOLEAN);
    static final StaticType INTEGER = of(Kind.INTEGER);
    static final StaticType FLOAT = of(Kind.FLOAT);
    static final StaticType STRING = of(Kind.STRING);
    static final StaticType MAP = of(Kind.MAP);
    static final StaticType NODE = of(Kind.NODE);
    static final StaticType RELATIONSHIP = of(Kind.RELATIONSHIP);
    static final StaticType PATH = of(Kind.PATH);
    static final StaticType POINT = of(Kind.POINT);
    static final StaticType INSTANT = of(Kind.INSTANT);
    static final StaticType DURATION = of(Kind.DURATION);
    static final StaticType LIST = listOf(UNKNOWN);

    /** Kinds of values as far as the check tells them apart. */
    enum Kind {
        UNKNOWN,
        NULL,
        BOOLEAN,
        INTEGER,
        FLOAT,
        STRING,
        MAP,
        LIST,
        NODE,
        RELATIONSHIP,
        PATH,
        POINT,
        /** Dates and times of all sorts. */
        INSTANT,
        DURATION;

        /** As people read it. */
        String shown() {
            String word = name().toLowerCase(Locale.ROOT);
            return switch (this) {
                case INTEGER -> "an " + word;
                case INSTANT -> "a date or time";
                case UNKNOWN, NULL -> word;
                default -> "a " + word;
            };
        }
    }

    private static StaticType of(Kind kind) {
        return new StaticType(kind, List.of());
    }

    static StaticType listOf(StaticType element) {
        return new StaticType(Kind.LIST, List.of(element));
    }

    /** What is known about an element of a list; unknown for anything else. */
    StaticType element() {
        return elements.isEmpty() ? UNKNOWN : elements.getFirst();
    }

    /** True unless the value is certainly of none of these kinds; null may stand for any kind. */
    boolean mayBe(Kind... kinds) {
        if (kind == Kind.UNKNOWN || kind == Kind.NULL) {
            return true;
        }
        return List.of(kinds).contains(kind);
    }

    boolean isNumber() {
        return kind == Kind.INTEGER || kind == Kind.FLOAT;
    }

    /** What is known about a value that is of one or the other type. */
    StaticType or(StaticType other) {
        if (kind == Kind.NULL) {
            return other;
        }
        if (other.kind == Kind.NULL || equals(other)) {
            return this;
        }
        return kind == Kind.LIST && other.kind == Kind.LIST ? listOf(element().or(other.element())) : UNKNOWN;
    }

    String shown() {
        return kind.shown();
    }
}
