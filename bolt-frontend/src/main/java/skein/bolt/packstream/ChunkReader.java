package skein.bolt.packstream;

import java.util.Arrays;
import skein.vocabulary.Invariant;

/**
 * Puts messages together from chunks, whatever pieces the bytes arrive in. A chunk is a length of two bytes and that
 * many bytes of data; an empty chunk ends a message, or says nothing where none has begun. Not thread-safe.
 */
public final class ChunkReader {
    /** Takes a message; its bytes may be overwritten after the call. */
    public interface MessageSink {
        void message(byte[] bytes, int length);
    }

    private static final int CAPACITY_KEPT = 1 << 16;
    private static final int CAPACITY_FIRST = 512;

    private final MessageSink sink;
    private int messageBytesMax;
    private byte[] message = new byte[CAPACITY_FIRST];
    private int size;
    /** High byte of a length whose low byte has not come, or -1. */
    private int lengthHigh = -1;

    private int chunkRemaining;
    private boolean paused;

    public ChunkReader(int messageBytesMax, MessageSink sink) {
        this.sink = sink;
        this.messageBytesMax = messageBytesMax;
    }

    /** From now on, the message that is arriving included. */
    public void limit(int newMessageBytesMax) {
        messageBytesMax = newMessageBytesMax;
    }

    /** Called by the sink: the feed ends behind the message that it was given. */
    public void pause() {
        paused = true;
    }

    /**
     * Takes the next bytes; hands over what they complete, in order. Throws {@link PackStreamException} (MALFORMED).
     * Returns how many bytes were taken: all, unless there was a {@link #pause}.
     */
    public int feed(byte[] bytes, int offset, int length) {
        Invariant.check(offset >= 0 && length <= bytes.length - offset, "feed %d at %d", length, offset);
        int at = offset;
        int end = offset + length;
        paused = false;
        while (at < end && !paused) {
            if (chunkRemaining > 0) {
                int taken = Math.min(chunkRemaining, end - at);
                append(bytes, at, taken);
                at += taken;
            } else {
                lengthByte(bytes[at++] & 0xFF);
            }
        }
        return at - offset;
    }

    /** True while a message has begun and not ended. */
    public boolean isWithinMessage() {
        return size > 0 || chunkRemaining > 0 || lengthHigh >= 0;
    }

    private void lengthByte(int value) {
        if (lengthHigh < 0) {
            lengthHigh = value;
            return;
        }
        chunkRemaining = lengthHigh << Byte.SIZE | value;
        lengthHigh = -1;
        if (chunkRemaining > messageBytesMax - size) {
            throw PackStreamException.malformed(
                    "A message is longer than the " + messageBytesMax + " bytes allowed here");
        }
        if (chunkRemaining == 0 && size > 0) {
            complete();
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (length > message.length - size) {
            long doubled = Math.min(Integer.MAX_VALUE - 8L, message.length * 2L);
            message = Arrays.copyOf(message, (int) Math.max(doubled, size + length));
        }
        System.arraycopy(bytes, offset, message, size, length);
        size += length;
        chunkRemaining -= length;
    }

    private void complete() {
        int length = size;
        byte[] complete = message;
        size = 0;
        if (message.length > CAPACITY_KEPT) {
            message = new byte[CAPACITY_FIRST];
        }
        sink.message(complete, length);
    }
}
