/**
 * Tests of the tests: each file in a module's {@code src/test/mutants} plants one bug in a copy of one source file, and
 * the test that it names must then fail. Read {@link skein.mutant.Mutant} first, then {@link skein.mutant.MutantTrial}.
 *
 * <p>Invariant: production code has no switch for any of this, and the tree is not changed.
 */
@NullMarked
package skein.mutant;

import org.jspecify.annotations.NullMarked;
