/**
 * Tests of the tests: each file in {@code src/test/mutants} plants one bug in a copy of one source file, and the test
 * that it names must then fail. Read {@link skein.storage.mutant.MutantsTest} first.
 *
 * <p>Invariant: production code has no switch for any of this, and the tree is not changed.
 */
@NullMarked
package skein.storage.mutant;

import org.jspecify.annotations.NullMarked;
