package skein.raft;

import java.util.function.LongSupplier;
import skein.raft.core.RaftSettings;
import skein.vocabulary.HostPort;

/**
 * How one member runs.
 *
 * @param id that this server was started with
 * @param listen where it listens for the others
 * @param raft alike on all members
 * @param nanos a clock that only rises
 * @param meter hears what happens
 */
public record RaftMemberSettings(int id, HostPort listen, RaftSettings raft, LongSupplier nanos, RaftMeter meter) {
    /** Of a member that nobody counts. */
    public RaftMemberSettings(int id, HostPort listen, RaftSettings raft, LongSupplier nanos) {
        this(id, listen, raft, nanos, RaftMeter.NONE);
    }
}
