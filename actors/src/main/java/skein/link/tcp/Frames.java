package skein.link.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;

/**
 * Messages as frames and back. A frame is four bytes with the length of what follows (big-endian), one byte, 1 for the
 * last frame of a message and 0 for an earlier one, and a part of the message: 1 MiB at most is sent, and what the
 * settings say is taken. Confined to one connection's thread.
 */
final class Frames {
    /** Largest part of a message that is sent in one frame, in bytes. */
    static final int FRAME_BYTES_MAX = 1 << 20;

    private static final int LENGTH_BYTES = 4;
    private static final int HEAD_BYTES = LENGTH_BYTES + 1;
    private static final byte EARLIER = 0;
    private static final byte LAST = 1;

    /** Up to here a message is copied behind its head: one buffer to send. */
    private static final int COPIED_BYTES_MAX = 16 * 1024;

    private final int frameBytesMax;
    private final int messageBytesMax;
    private final ByteArrayOutputStream assembled = new ByteArrayOutputStream();

    /** @param frameBytesMax largest part of a message that is taken in one frame */
    Frames(int frameBytesMax, int messageBytesMax) {
        this.frameBytesMax = frameBytesMax;
        this.messageBytesMax = messageBytesMax;
    }

    /** A message as it is sent, all frames in order; keeps the array. */
    static ByteBuf of(byte[] message, ByteBufAllocator buffers) {
        if (message.length <= COPIED_BYTES_MAX) {
            return buffers.ioBuffer(HEAD_BYTES + message.length)
                    .writeInt(message.length + 1)
                    .writeByte(LAST)
                    .writeBytes(message);
        }
        List<ByteBuf> parts = new ArrayList<>(2 + 2 * (message.length / FRAME_BYTES_MAX));
        for (int from = 0; from < message.length; from += FRAME_BYTES_MAX) {
            int length = Math.min(FRAME_BYTES_MAX, message.length - from);
            boolean last = from + length == message.length;
            parts.add(buffers.ioBuffer(HEAD_BYTES).writeInt(length + 1).writeByte(last ? LAST : EARLIER));
            parts.add(Unpooled.wrappedBuffer(message, from, length));
        }
        return Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new));
    }

    /** Takes one frame, if a whole one has come; answers the message it completes, null if it completes none. */
    byte @Nullable [] take(ByteBuf bytes) {
        if (bytes.readableBytes() < LENGTH_BYTES) {
            return null;
        }
        int length = bytes.getInt(bytes.readerIndex());
        if (length < 1 || length > frameBytesMax + 1) {
            throw new RefusedFrame("a frame of " + Integer.toUnsignedString(length) + " bytes; a frame has 1 to "
                    + (frameBytesMax + 1));
        }
        if (bytes.readableBytes() < LENGTH_BYTES + length) {
            return null;
        }
        bytes.skipBytes(LENGTH_BYTES);
        byte kind = bytes.readByte();
        byte[] part = new byte[length - 1];
        bytes.readBytes(part);
        return message(kind, part);
    }

    private byte @Nullable [] message(byte kind, byte[] part) {
        if (kind != LAST && (kind != EARLIER || part.length == 0)) {
            throw new RefusedFrame("a frame of " + (part.length + 1) + " bytes is no part of a message");
        }
        if (assembled.size() + part.length > messageBytesMax) {
            throw new RefusedFrame("a message is larger than " + messageBytesMax + " bytes");
        }
        if (kind == LAST && assembled.size() == 0) {
            return part;
        }
        assembled.writeBytes(part);
        if (kind == EARLIER) {
            return null;
        }
        byte[] message = assembled.toByteArray();
        assembled.reset();
        return message;
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
