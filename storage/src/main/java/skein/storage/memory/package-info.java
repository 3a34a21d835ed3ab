/**
 * How much heap an instance has promised to graphs, transactions and queries, and the limit it keeps. Read
 * {@link skein.storage.memory.MemoryPool} first.
 *
 * <p>Invariant: what was reserved is given back exactly once, and a refusal changes nothing. Counts bytes only: it
 * knows neither graphs nor transactions.
 */
@NullMarked
package skein.storage.memory;

import org.jspecify.annotations.NullMarked;
