package skein.storage.log;

import skein.storage.log.RecordBody.ReignOpening;

/**
 * An intact record within an array: its header is read, its body only where the chain needs it.
 *
 * @param at where it begins in {@code bytes}
 */
public record RecordView(RecordHeader header, byte[] bytes, int at) {
    /** The intact record that begins at {@code at}; see {@link RecordCodec#isIntact}. */
    public static RecordView of(byte[] bytes, int at, int limit) {
        return new RecordView(RecordCodec.header(bytes, at, limit), bytes, at);
    }

    /** What it says; STORAGE_FAILURE as {@link RecordCodec#decode(byte[], int, int)}. */
    public LogRecord decode() {
        return RecordCodec.decode(bytes, at, at + header.length());
    }

    /** Only for a record of kind EPOCH. */
    ReignOpening reignOpening() {
        return (ReignOpening) decode().body();
    }
}
