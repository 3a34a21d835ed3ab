/**
 * What a change costs that a majority of three has to hold: of the coordinators over Bolt, of the member of the Raft
 * group alone, and of etcd, in the same run. Read {@link skein.benchmarks.raft.RaftMain} first.
 *
 * <p>Invariant: three processes of one side and its clients share this machine while the other sides rest; all flush
 * before they count. Knows coordinators and etcd from outside only.
 */
@NullMarked
package skein.benchmarks.raft;

import org.jspecify.annotations.NullMarked;
