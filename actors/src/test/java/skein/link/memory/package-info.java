/**
 * Links between instances of one JVM, with faults at the test's command. Read {@link skein.link.memory.MemoryNetwork}
 * first.
 *
 * <p>Invariant: keeps every promise of {@link skein.link.Link}, the passage through bytes included.
 */
@NullMarked
package skein.link.memory;

import org.jspecify.annotations.NullMarked;
