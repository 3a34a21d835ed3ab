/**
 * The agent of the coordinators on a data instance: a port on which their leader says what the instance shall be, and
 * an actor that has the role make it so and reports. Read {@link skein.management.ManagementAgent} first; every
 * decision is in {@code skein.management.core}.
 *
 * <p>Invariant: the write latch is set before anything else of a step happens. Knows nothing of Raft and of how
 * coordinators decide; the role knows nothing of it.
 */
@NullMarked
package skein.management;

import org.jspecify.annotations.NullMarked;
