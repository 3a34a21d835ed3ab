package skein.simulation.raft;

import java.nio.ByteBuffer;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.ClusterState;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Installed;

/** The state of a cluster above one member, as coordinators have it. */
final class ClusterOwner implements RaftOwner {
    private ClusterState cluster = ClusterState.EMPTY;
    private long index;

    @Override
    public void apply(Applied applied) {
        cluster = cluster.evolve(ClusterBytes.change(applied.entry()));
        index = applied.index();
    }

    @Override
    public void install(Installed installed) {
        cluster = ClusterBytes.state(installed.state());
        index = installed.index();
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public ByteBuffer state() {
        return ByteBuffer.wrap(ClusterBytes.of(cluster));
    }
}
