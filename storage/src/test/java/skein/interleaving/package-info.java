/**
 * How far the tests of concurrent structures look. Each such test says what one structure does, an operation a method;
 * Lincheck makes short programs of these, runs them in many interleavings, and accepts what some order of the
 * operations explains. Read {@link skein.interleaving.Interleavings} first.
 *
 * <p>Knows the tool and no structure. The model checker switches between threads at every access to memory that they
 * share, but does not reorder accesses: what weak memory allows beyond that, only the stress runs can show, as far as
 * the processor does it.
 */
@NullMarked
package skein.interleaving;

import org.jspecify.annotations.NullMarked;
