/**
 * Sessions: the {@code QueryService} that the frontend talks to, over the query engine and the databases of this
 * instance. Read {@link skein.query.DatabaseSession} first.
 *
 * <p>Invariant: everything runs on the caller's (virtual) thread; no actor is asked on the way of a read. Knows
 * databases only as {@link skein.query.QueryTarget}s, so it cannot tell a MAIN from a REPLICA but by what it is told.
 */
@NullMarked
package skein.query;

import org.jspecify.annotations.NullMarked;
