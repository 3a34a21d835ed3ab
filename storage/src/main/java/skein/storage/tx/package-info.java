/**
 * Transactions: the snapshot a transaction reads, the changes it keeps to itself, and the sequencing that turns changes
 * into a record or refuses them. Read {@link skein.storage.tx.StoreTransaction} first, then
 * {@link skein.storage.tx.Sequencer}.
 *
 * <p>Invariants: a transaction changes nothing that others can see; the first committer wins, and a record that was
 * sequenced but is not decided yet counts as committed when the next one is checked. Nothing here knows replicas, nor
 * when a record is decided.
 */
@NullMarked
package skein.storage.tx;

import org.jspecify.annotations.NullMarked;
