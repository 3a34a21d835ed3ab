/**
 * Which settings all instances share, what may be written there, and what follows for a transaction. Read
 * {@link skein.setting.core.SharedSetting} first.
 *
 * <p>Invariant: a value that was accepted once can always be read again.
 */
@NullMarked
package skein.setting.core;

import org.jspecify.annotations.NullMarked;
