package skein.cypher.expression.function;

/**
 * What a query may write about a function.
 *
 * @param name in the spelling shown to people, namespace included; compared ignoring case
 * @param minArguments fewest arguments accepted
 * @param maxArguments most arguments accepted; {@link #UNBOUNDED} for any number
 * @param description one sentence for people; may be empty
 */
public record FunctionSignature(String name, int minArguments, int maxArguments, Kind kind, String description) {
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final int SHOWN_ARGUMENTS = 4;

    public FunctionSignature(String name, int minArguments, int maxArguments, Kind kind) {
        this(name, minArguments, maxArguments, kind, "");
    }

    /** What the answer of a function depends on. */
    public enum Kind {
        /** On nothing but the arguments. */
        PURE,
        /** Also on the graph or on the time of the statement; the same throughout one run for the same graph. */
        CONTEXTUAL,
        /** Differs from call to call: random numbers, the clock at this instant. */
        VOLATILE,
        /** On many rows. */
        AGGREGATE
    }

    /** How it is called, as far as the number of arguments goes: {@code round(a [, b])}, {@code coalesce(a, ...)}. */
    public String text() {
        StringBuilder text = new StringBuilder(name).append('(');
        int shown = Math.min(maxArguments, Math.max(minArguments, SHOWN_ARGUMENTS));
        for (int i = 0; i < shown; i++) {
            text.append(i < minArguments ? i == 0 ? "" : ", " : i == 0 ? "[" : " [, ")
                    .append((char) ('a' + i))
                    .append(i < minArguments ? "" : "]");
        }
        return text.append(maxArguments > shown ? ", ...)" : ")").toString();
    }

    public boolean isAggregate() {
        return kind == Kind.AGGREGATE;
    }

    public boolean isDeterministic() {
        return kind != Kind.VOLATILE;
    }

    public boolean accepts(int argumentCount) {
        return argumentCount >= minArguments && argumentCount <= maxArguments;
    }
}
