/**
 * Syntax trees back to text, for tests that make queries or make them smaller. Read {@link skein.cypher.text.QueryText}
 * first.
 *
 * <p>Invariant: what is read from the text is the tree it was made of, positions and the names of columns without an
 * alias aside.
 */
@NullMarked
package skein.cypher.text;

import org.jspecify.annotations.NullMarked;
