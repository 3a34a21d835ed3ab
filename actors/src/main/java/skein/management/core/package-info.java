/**
 * How an instance makes itself what coordinators say it shall be, decided purely. Read
 * {@link skein.management.core.ManagementCore} first, then {@code scenario/management}.
 *
 * <p>Invariants: of two assignments the newer one holds; one step at a time; what is reported never claims what the
 * assignment that it answers has taken away; a write grant ends with the lease without anybody's doing. Knows nothing
 * of actors, connections and clocks, and nothing of how coordinators decide.
 */
@NullMarked
package skein.management.core;

import org.jspecify.annotations.NullMarked;
