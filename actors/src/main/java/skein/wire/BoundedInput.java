package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import org.jspecify.annotations.Nullable;

/** Reads texts only as long as the bytes that are there: Kryo makes room for the length that is declared. */
final class BoundedInput extends Input {
    BoundedInput(byte[] bytes) {
        super(bytes);
    }

    @Override
    public @Nullable String readString() {
        requireRoom();
        return super.readString();
    }

    @Override
    public @Nullable StringBuilder readStringBuilder() {
        requireRoom();
        return super.readStringBuilder();
    }

    /** A text is a flag and its length plus one, then at least a byte for each character; or it ends by a flag. */
    private void requireRoom() {
        int start = position();
        if (readVarIntFlag()) {
            int declared = readVarIntFlag(true) - 1;
            if (declared > limit() - position()) {
                throw new UnreadableMessage(
                        "a text declares " + declared + " characters, " + (limit() - position()) + " bytes are left");
            }
        }
        setPosition(start);
    }
}
