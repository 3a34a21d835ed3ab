package skein.link.tcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import skein.link.LinkClosed;

/**
 * Messages as frames and back. A frame is one byte, 1 for the last frame of a message and 0 for an earlier one, and up
 * to 1 MiB of the message; lengths stand around it by Pekko's simple framing. Confined to one connection's stream.
 */
final class Frames {
    /** Largest payload of one frame, its leading byte aside. */
    static final int FRAME_BYTES_MAX = 1 << 20;

    private static final byte EARLIER = 0;
    private static final byte LAST = 1;

    private final int messageBytesMax;
    private final ByteArrayOutputStream assembled = new ByteArrayOutputStream();

    Frames(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** The frames of a message, in order. */
    static List<ByteString> of(byte[] message) {
        List<ByteString> frames = new ArrayList<>(1 + message.length / FRAME_BYTES_MAX);
        int from = 0;
        do {
            int length = Math.min(FRAME_BYTES_MAX, message.length - from);
            byte[] frame = new byte[length + 1];
            frame[0] = from + length == message.length ? LAST : EARLIER;
            System.arraycopy(message, from, frame, 1, length);
            frames.add(ByteString.fromArrayUnsafe(frame));
            from += length;
        } while (from < message.length);
        return frames;
    }

    /** Takes one frame; answers the message it completes, or nothing. */
    List<byte[]> take(ByteString frame) {
        if (frame.isEmpty() || frame.size() == 1 && frame.apply(0) != LAST || frame.apply(0) > LAST) {
            throw new RefusedFrame("a frame of " + frame.size() + " bytes is no part of a message");
        }
        if (assembled.size() + frame.size() - 1 > messageBytesMax) {
            throw new RefusedFrame("a message is larger than " + messageBytesMax + " bytes");
        }
        byte[] part = frame.drop(1).toArrayUnsafe();
        if (frame.apply(0) == LAST && assembled.size() == 0) {
            return List.of(part);
        }
        assembled.writeBytes(part);
        if (frame.apply(0) == EARLIER) {
            return List.of();
        }
        byte[] message = assembled.toByteArray();
        assembled.reset();
        return List.of(message);
    }

    /** The other side sent what is not allowed. */
    static final class RefusedFrame extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedFrame(String message) {
            super(message);
        }

        LinkClosed closed() {
            return new LinkClosed(LinkClosed.Kind.REFUSED_FRAME, String.valueOf(getMessage()));
        }
    }
}
