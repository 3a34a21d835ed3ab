/**
 * For tests: what storage and replication stand on, lent by something real. A test says what is different and leaves
 * the rest. Read {@link skein.lent.LentPlatform} first.
 *
 * <p>Invariant: unless a test overrides something, what is lent behaves as its lender does.
 */
@NullMarked
package skein.lent;

import org.jspecify.annotations.NullMarked;
