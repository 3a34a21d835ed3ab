/**
 * The log record: the one unit that goes to disk and to every replica, byte for byte the same, and the packed form of
 * property values that log, memory and snapshots share. Read {@link skein.storage.log.LogRecord} first, then
 * {@link skein.storage.log.RecordCodec}.
 *
 * <p>Invariants: pure functions over bytes and values; the same record always yields the same bytes; whatever bytes are
 * given, decoding either yields the record they stand for or refuses, and never allocates more than the input
 * justifies. Knows nothing of files, threads, clocks or of how the graph is kept in memory.
 */
@NullMarked
package skein.storage.log;

import org.jspecify.annotations.NullMarked;
