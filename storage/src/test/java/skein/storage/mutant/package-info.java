/**
 * The bugs planted in storage, in {@code src/test/mutants}. How that is done is {@code skein.mutant}'s; read
 * {@link skein.storage.mutant.MutantsTest} first.
 *
 * <p>Invariant: production code has no switch for any of this, and the tree is not changed.
 */
@NullMarked
package skein.storage.mutant;

import org.jspecify.annotations.NullMarked;
