package skein.bolt.packstream;

import java.util.Arrays;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;

/**
 * Puts messages together from chunks, whatever pieces the bytes arrive in. A chunk is a length of two bytes and that
 * many bytes of data; an empty chunk ends a message, or says nothing where none has begun. A message that is too long,
 * or for which there is no room, is reported when that shows; what still comes of it is passed over. Not thread-safe.
 */
public final class ChunkReader {
    /** Takes a message; its bytes may be overwritten after the call. */
    public interface MessageSink {
        void message(byte[] bytes, int length);

        /** Takes, in the place of a message, why there is none. */
        default void refused(PackStreamException reason) {
            throw reason;
        }
    }

    /** Idle connections keep no more than this; more is taken from the allowance, and given back after each message. */
    private static final int CAPACITY_KEPT = 1 << 13;

    private static final int CAPACITY_FIRST = 512;

    private final MessageSink sink;
    private final Allowance allowance;
    private int messageBytesMax;
    private byte[] message = new byte[CAPACITY_FIRST];
    private int size;
    /** High byte of a length whose low byte has not come, or -1. */
    private int lengthHigh = -1;

    private int chunkRemaining;
    private boolean passingOver;
    private boolean paused;

    public ChunkReader(int messageBytesMax, MessageSink sink) {
        this(messageBytesMax, Allowance.UNLIMITED, sink);
    }

    public ChunkReader(int messageBytesMax, Allowance allowance, MessageSink sink) {
        this.sink = sink;
        this.allowance = allowance;
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
     * Takes the next bytes; hands over what they complete, in order. What the sink throws is passed on. Returns how
     * many bytes were taken: all, unless there was a {@link #pause}.
     */
    public int feed(byte[] bytes, int offset, int length) {
        Invariant.check(offset >= 0 && length <= bytes.length - offset, "feed %d at %d", length, offset);
        int at = offset;
        int end = offset + length;
        paused = false;
        while (at < end && !paused) {
            if (chunkRemaining > 0) {
                int taken = Math.min(chunkRemaining, end - at);
                if (!passingOver) {
                    append(bytes, at, taken);
                }
                chunkRemaining -= taken;
                at += taken;
            } else {
                lengthByte(bytes[at++] & 0xFF);
            }
        }
        return at - offset;
    }

    /** True while a message has begun and not ended. */
    public boolean isWithinMessage() {
        return size > 0 || chunkRemaining > 0 || lengthHigh >= 0 || passingOver;
    }

    private void lengthByte(int value) {
        if (lengthHigh < 0) {
            lengthHigh = value;
            return;
        }
        chunkRemaining = lengthHigh << Byte.SIZE | value;
        lengthHigh = -1;
        if (chunkRemaining == 0) {
            end();
        } else if (!passingOver && chunkRemaining > messageBytesMax - size) {
            passOver(PackStreamException.tooMuch(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The message is longer than the " + messageBytesMax
                            + " bytes allowed here. Send less at once, or in several queries."));
        }
    }

    private void end() {
        if (passingOver) {
            passingOver = false;
        } else if (size > 0) {
            complete();
        }
    }

    private void passOver(PackStreamException reason) {
        passingOver = true;
        forget();
        sink.refused(reason);
    }

    /** The connection is over. */
    public void close() {
        forget();
    }

    private void forget() {
        size = 0;
        if (message.length > CAPACITY_KEPT) {
            allowance.giveBack(message.length);
            message = new byte[CAPACITY_FIRST];
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (length > message.length - size && !grow(size + length)) {
            return;
        }
        System.arraycopy(bytes, offset, message, size, length);
        size += length;
    }

    /** To twice the size, but never beyond what the longest message needs; while it copies, both count. */
    private boolean grow(int needed) {
        long doubled = Math.min(Math.max(messageBytesMax, needed), message.length * 2L);
        int capacity = (int) Math.max(doubled, needed);
        if (capacity > CAPACITY_KEPT) {
            try {
                allowance.take(capacity);
            } catch (PackStreamException e) {
                passOver(e);
                return false;
            }
        }
        byte[] grown = Arrays.copyOf(message, capacity);
        if (message.length > CAPACITY_KEPT) {
            allowance.giveBack(message.length);
        }
        message = grown;
        return true;
    }

    private void complete() {
        int length = size;
        size = 0;
        try {
            sink.message(message, length);
        } finally {
            forget();
        }
    }
}
