package skein.bolt.packstream;

import skein.vocabulary.Invariant;

/**
 * Frames messages as chunks into one buffer that goes out at once. A message stands in as few chunks as possible and
 * never shares one. Not thread-safe.
 */
public final class ChunkWriter {
    private static final int CHUNK_BYTES_MAX = 0xFFFF;
    private static final int NONE = -1;

    private final PackStreamWriter out = new PackStreamWriter();
    private int messageStart = NONE;

    /** Begins a message; its items are written to what is answered. */
    public PackStreamWriter begin() {
        Invariant.check(messageStart == NONE, "a message is open");
        messageStart = out.hole16();
        return out;
    }

    public void end() {
        Invariant.check(messageStart != NONE, "no message is open");
        int length = out.size() - messageStart - 2;
        if (length <= CHUNK_BYTES_MAX) {
            out.patch16(messageStart, length);
        } else {
            rechunk();
        }
        out.put16(0);
        messageStart = NONE;
    }

    /** Takes back a message that could not be finished. */
    public void abandon() {
        if (messageStart != NONE) {
            out.truncate(messageStart);
            messageStart = NONE;
        }
    }

    private void rechunk() {
        byte[] payload = out.copy(messageStart + 2);
        out.truncate(messageStart);
        for (int at = 0; at < payload.length; at += CHUNK_BYTES_MAX) {
            int length = Math.min(CHUNK_BYTES_MAX, payload.length - at);
            out.put16(length);
            out.raw(payload, at, length);
        }
    }

    /** Bytes of finished messages. */
    public int size() {
        return messageStart == NONE ? out.size() : messageStart;
    }

    /** Takes bytes that are the caller's only until this returns. */
    public interface Sink {
        void take(byte[] bytes, int length);
    }

    /** Lends the finished messages to the sink and begins anew. */
    public void drainTo(Sink sink) {
        Invariant.check(messageStart == NONE, "a message is open");
        sink.take(out.buffer(), out.size());
        out.reset();
    }

    /** Hands over the finished messages and begins anew. */
    public byte[] drain() {
        Invariant.check(messageStart == NONE, "a message is open");
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }
}
