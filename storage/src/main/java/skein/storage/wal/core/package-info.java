/**
 * Decisions about a log that need no disk. Read {@link skein.storage.wal.core.LogRetention}.
 *
 * <p>Invariant: what is answered depends on the arguments alone. Knows neither files nor threads nor clocks.
 */
@NullMarked
package skein.storage.wal.core;

import org.jspecify.annotations.NullMarked;
