/**
 * The workload driver: whole-system figures from outside, over Bolt, against the physical limit of the same run. Read
 * {@link skein.benchmarks.Main} first.
 *
 * <p>Invariant: nothing depends on this module; every figure names its settings and stands beside what bounds it.
 */
@NullMarked
package skein.benchmarks;

import org.jspecify.annotations.NullMarked;
