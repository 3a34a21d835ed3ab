/**
 * {@code skein demo}: a MAIN and three replicas as child processes on this machine, set up by the documentation's own
 * commands. {@link skein.server.demo.DemoCluster} is the type to read first.
 *
 * <p>Invariant: knows instances only from outside, as a user does: flags, ready lines and Bolt.
 */
@NullMarked
package skein.server.demo;

import org.jspecify.annotations.NullMarked;
