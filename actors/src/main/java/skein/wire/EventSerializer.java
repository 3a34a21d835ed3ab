package skein.wire;

import org.apache.pekko.serialization.SerializerWithStringManifest;
import skein.role.core.RoleEvent;

/** Pekko's door to Kryo for events of the role journal. The manifest is the version of the format. */
public final class EventSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 8_273_001;
    private static final String VERSION = "1";

    private final WireCodec<RoleEvent> codec = WireCodec.ofRoleEvents();

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object event) {
        return VERSION;
    }

    @Override
    public byte[] toBinary(Object event) {
        if (event instanceof RoleEvent role) {
            return codec.encode(role);
        }
        throw new UnreadableMessage(event.getClass().getName() + " is no event of the role journal");
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        if (!manifest.equals(VERSION)) {
            throw new UnreadableMessage(
                    "the role journal holds format " + manifest + ", this release reads " + VERSION);
        }
        return codec.decode(bytes);
    }
}
