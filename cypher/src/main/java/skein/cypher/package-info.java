/**
 * The query engine: text to rows over a {@code GraphTransaction}. {@code CypherEngine} is the front door; the rooms are
 * {@code syntax}, {@code check}, {@code plan} and {@code execute}, in the order a query passes through them, with
 * {@code expression} and {@code procedure} beside the last two.
 *
 * <p>Invariant: no threads, clocks, disks, randomness or actors of its own; time and random numbers are given to it.
 */
@NullMarked
package skein.cypher;

import org.jspecify.annotations.NullMarked;
