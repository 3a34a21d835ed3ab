/**
 * What Cypher means, written down once more for clarity only: a parsed query is answered clause by clause on lists of
 * maps, patterns by trying every node and every relationship. Read {@link skein.naive.NaiveRun} first, then
 * {@code Expressions}.
 *
 * <p>This package judges the engine, so it shares nothing with it but the syntax tree and the records of
 * {@code skein.graph}. Where the language leaves something open (the order of rows, what of a condition is looked at
 * first), a {@link skein.naive.Variant} decides, and whoever asks tries several.
 */
@NullMarked
package skein.naive;

import org.jspecify.annotations.NullMarked;
