/**
 * Clients that mean harm, against a server process that others use meanwhile. Read
 * {@link skein.hostile.HostileLoadMultiJvmTest} first.
 *
 * <p>Invariant: every attack comes from many addresses of this machine, and ends with its process,
 * {@link skein.hostile.Attackers}.
 */
@NullMarked
package skein.hostile;

import org.jspecify.annotations.NullMarked;
