/**
 * The check of a stopped data directory: everything that can be read is read and compared with everything it must agree
 * with, and nothing is changed. Read {@link skein.storage.check.DirectoryCheck} first.
 *
 * <p>Invariant: not one byte of the directory changes, whatever is found. Recovery and audit are the engine's own; this
 * package only runs them over a disk that keeps changes in memory, and collects what they say.
 */
@NullMarked
package skein.storage.check;

import org.jspecify.annotations.NullMarked;
