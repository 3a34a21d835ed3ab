package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.List;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;

/**
 * The owner's state, in the place of all entries up to one.
 *
 * @param last that entry
 * @param configurationIndex where the configuration stood
 * @param seats who was a member there
 */
public record Snapshot(Position last, long configurationIndex, List<Seat> seats, ByteBuffer state) {
    public Snapshot {
        seats = List.copyOf(seats);
        state = state.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer state() {
        return state.duplicate();
    }

    Configuration configuration() {
        return new Configuration(configurationIndex, seats);
    }

    byte[] bytes() {
        byte[] bytes = new byte[state.remaining()];
        state.duplicate().get(bytes);
        return bytes;
    }
}
