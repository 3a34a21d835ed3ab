/**
 * The whole content of one database at one record, as a stream of checked blocks: made without stopping anybody, kept
 * in files, read back in parallel. Read {@link skein.storage.snapshot.SnapshotBlock} for the bytes, then
 * {@link skein.storage.snapshot.SnapshotWriter} and {@link skein.storage.snapshot.SnapshotDirectory}.
 *
 * <p>Invariants: what is read is what was written, or it is refused; a file has its final name only when it is durable
 * and was read back; a snapshot never stands for a record that could still be taken back. Knows no schedule, no roles,
 * and of the log only positions in it.
 */
@NullMarked
package skein.storage.snapshot;

import org.jspecify.annotations.NullMarked;
