/**
 * A cluster of coordinators and data instances as child processes on this machine, set up by the documentation's own
 * commands. {@link skein.server.cluster.LocalCluster} is the type to read first.
 *
 * <p>Invariant: knows instances only from outside, as a user does: flags, ready lines, signals and Bolt.
 */
@NullMarked
package skein.server.cluster;

import org.jspecify.annotations.NullMarked;
