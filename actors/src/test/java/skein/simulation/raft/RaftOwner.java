package skein.simulation.raft;

import java.nio.ByteBuffer;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Installed;

/** A state machine above one member. */
interface RaftOwner {
    void apply(Applied applied);

    void install(Installed installed);

    /** Last entry or state that it was told. */
    long index();

    ByteBuffer state();
}
