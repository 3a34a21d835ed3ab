/**
 * What Bolt costs a server, beside Neo4j Community in the same run: round trips, rows, logins and idle connections,
 * each with the server's processor time. Read {@link skein.benchmarks.bolt.BoltMain} first.
 *
 * <p>Invariant: both servers get the same bytes from the same client, one after the other, in processes of their own.
 * The client does as little as can be done, so that two cores measure the server. Knows no server from inside.
 */
@NullMarked
package skein.benchmarks.bolt;

import org.jspecify.annotations.NullMarked;
