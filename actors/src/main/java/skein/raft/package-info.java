/**
 * A member of a Raft group as a persistent actor: {@link skein.raft.RaftMember} (read it first) steps
 * {@link skein.raft.core.RaftCore}, keeps its events in the journal, and listens and speaks on the coordinator port.
 *
 * <p>Invariant: nothing that depends on an event leaves before it is durable. Knows nothing of what entries mean.
 */
@NullMarked
package skein.raft;

import org.jspecify.annotations.NullMarked;
