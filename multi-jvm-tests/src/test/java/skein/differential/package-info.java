/**
 * The random queries of the query engine's own tests, asked over Bolt: of a server of ours, and of any other. Read
 * {@link skein.differential.DifferentialCompatTest} first, which lists in what a peer is known to differ.
 *
 * <p>Invariant: nothing here knows how a query is judged.
 */
@NullMarked
package skein.differential;

import org.jspecify.annotations.NullMarked;
