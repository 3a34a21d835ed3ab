/**
 * What can be set and what it is set to. {@link skein.config.Settings} is the one catalogue: flags, environment names,
 * HOCON keys, {@code SHOW CONFIG} and the reference page all come from it. Read it first.
 *
 * <p>Invariant: a setting is parsed and checked once, at start; past this module there are typed records only, no
 * {@code Config} object. Knows nothing of sockets, disks and actors.
 */
@NullMarked
package skein.config;

import org.jspecify.annotations.NullMarked;
