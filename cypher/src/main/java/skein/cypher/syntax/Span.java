package skein.cypher.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Where a piece of syntax stands in the query text. All spans are equal to one another on purpose: two expressions are
 * the same expression wherever they stand, which grouping keys rely on.
 *
 * @param start offset of the first character, from 0
 * @param end offset behind the last character
 * @param line from 1
 * @param column from 1
 */
public record Span(int start, int end, int line, int column) {
    /** For trees that no text stands behind. */
    public static final Span NOWHERE = new Span(0, 0, 1, 1);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
