/**
 * Ways from a label, a type or values to slots. Read {@link skein.storage.index.OrderedIndex} first, then
 * {@link skein.storage.index.KeyWriter}, and {@link skein.storage.index.SlotBitmap} for labels and types.
 *
 * <p>Invariants: one writer (the applier), any number of readers, and no reader ever waits. An index answers a
 * <em>superset</em>: a slot stays in it until no active snapshot can need it, so every reader checks each hit against
 * the version it sees. Nothing here knows nodes, transactions or timestamps.
 */
@NullMarked
package skein.storage.index;

import org.jspecify.annotations.NullMarked;
