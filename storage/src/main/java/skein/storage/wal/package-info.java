/**
 * The log on disk: segments of records, group commit on a thread of its own, recovery, and reading back for streams.
 * Read {@link skein.storage.wal.WriteAheadLog} first, then {@link skein.storage.wal.SegmentFormat}.
 *
 * <p>Invariants: nothing is reported durable before it is; what was reported durable is never dropped silently; bytes
 * that fail their checksum are never given to anybody. The only package of this module that opens files, all through
 * {@link skein.storage.wal.LogDisk}. Knows records by their header only: what they say belongs to others.
 */
@NullMarked
package skein.storage.wal;

import org.jspecify.annotations.NullMarked;
