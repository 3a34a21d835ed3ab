package skein.simulation.raft;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.TreeMap;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Installed;

/** The state machine above one member: registers, of which it forgets all but those with the greatest keys. */
final class Registers implements RaftOwner {
    private static final int ENTRY_BYTES = 16;
    private static final int REGISTERS_MAX = 80;

    private final TreeMap<Long, Long> registers = new TreeMap<>();
    private long index;

    static ByteBuffer write(long key, long value) {
        return ByteBuffer.allocate(ENTRY_BYTES).putLong(key).putLong(value).flip();
    }

    @Override
    public void apply(Applied applied) {
        ByteBuffer entry = ByteBuffer.wrap(applied.entry());
        registers.put(entry.getLong(), entry.getLong());
        if (registers.size() > REGISTERS_MAX) {
            registers.pollFirstEntry();
        }
        index = applied.index();
    }

    @Override
    public void install(Installed installed) {
        registers.clear();
        ByteBuffer state = ByteBuffer.wrap(installed.state());
        while (state.hasRemaining()) {
            registers.put(state.getLong(), state.getLong());
        }
        index = installed.index();
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public ByteBuffer state() {
        ByteBuffer state = ByteBuffer.allocate(registers.size() * ENTRY_BYTES);
        registers.forEach((key, value) -> state.putLong(key).putLong(value));
        return state.flip();
    }

    OptionalLong read(long key) {
        Long value = registers.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
