/**
 * Raft as a pure function: {@link skein.raft.core.RaftCore} (read it first) takes what was heard, asked or has become
 * durable, and answers what to store, send and tell. {@code Turn} is one such step; the rules stand in the classes that
 * it calls: {@code Elections}, {@code Leading} and {@code Replication}, {@code Following}, {@code Memberships}.
 *
 * <p>Invariants: time and chance come in as values; iteration is in the order of member ids; what must be durable comes
 * before what depends on it. Nothing here knows actors, connections, files, or what an entry means.
 */
@NullMarked
package skein.raft.core;

import org.jspecify.annotations.NullMarked;
