/**
 * The words everybody in Skein shares: names, positions, epochs, modes, error codes. Read
 * {@link skein.vocabulary.Epoch} and {@link skein.vocabulary.ErrorCode} first.
 *
 * <p>Invariant: plain immutable values; nothing here knows actors, disks, sockets or Cypher.
 */
@NullMarked
package skein.vocabulary;

import org.jspecify.annotations.NullMarked;
