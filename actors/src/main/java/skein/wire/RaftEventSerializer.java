package skein.wire;

import org.apache.pekko.serialization.SerializerWithStringManifest;
import skein.raft.core.RaftEvent;
import skein.raft.core.RaftEvent.Checkpointed;

/**
 * Pekko's door to Kryo for events of a Raft member's journal. The manifest is the version of the format, with a mark
 * for events that take the place of all before them.
 */
public final class RaftEventSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 8_273_002;
    private static final String VERSION = "raft-1";

    /** What {@code skein.journal} looks for. */
    private static final String WHOLE = VERSION + "-whole";

    private final WireCodec<RaftEvent> codec = WireCodec.ofRaftEvents();

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object event) {
        return event instanceof Checkpointed ? WHOLE : VERSION;
    }

    @Override
    public byte[] toBinary(Object event) {
        if (event instanceof RaftEvent raft) {
            return codec.encode(raft);
        }
        throw new UnreadableMessage(event.getClass().getName() + " is no event of a Raft member's journal");
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        if (!manifest.equals(VERSION) && !manifest.equals(WHOLE)) {
            throw new UnreadableMessage(
                    "the coordinator's journal holds format " + manifest + ", this release reads " + VERSION);
        }
        return codec.decode(bytes);
    }
}
