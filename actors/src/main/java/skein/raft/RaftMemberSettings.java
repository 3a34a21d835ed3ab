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
 */
public record RaftMemberSettings(int id, HostPort listen, RaftSettings raft, LongSupplier nanos) {}
