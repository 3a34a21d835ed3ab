/**
 * Named places where a test may end, stop or disturb a running instance: the moments between two steps that must not be
 * taken for one. Read {@link skein.storage.failpoint.FailPoint} first.
 *
 * <p>Invariant: nothing happens at any of them unless the system property {@code skein.failpoint} asks for it, and then
 * they are not even looked at. Knows nothing of what goes on where they are.
 */
@NullMarked
package skein.storage.failpoint;

import org.jspecify.annotations.NullMarked;
