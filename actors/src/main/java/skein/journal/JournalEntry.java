package skein.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What one SYSTEM record of a journal's log holds.
 *
 * <pre>
 * u8 format (1) | u8 kind (0 event, 1 deletion) | text persistence id | i64 sequence number
 * event: text writer | i32 serializer | text manifest | i32 length, bytes
 * </pre>
 *
 * Numbers are big-endian, texts are {@link DataOutputStream#writeUTF}.
 */
sealed interface JournalEntry {
    String persistenceId();

    /** An event as Pekko's serializer left it. */
    record Event(String persistenceId, long sequenceNr, String writer, int serializer, String manifest, byte[] bytes)
            implements JournalEntry {}

    /** All events of this id up to this number are gone. */
    record Deletion(String persistenceId, long upToSequenceNr) implements JournalEntry {}

    /** The payload of a record. */
    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(Format.VERSION);
            switch (this) {
                case Event event -> {
                    out.writeByte(Format.EVENT);
                    out.writeUTF(event.persistenceId);
                    out.writeLong(event.sequenceNr);
                    out.writeUTF(event.writer);
                    out.writeInt(event.serializer);
                    out.writeUTF(event.manifest);
                    out.writeInt(event.bytes.length);
                    out.write(event.bytes);
                }
                case Deletion deletion -> {
                    out.writeByte(Format.DELETION);
                    out.writeUTF(deletion.persistenceId);
                    out.writeLong(deletion.upToSequenceNr);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads {@link #toBytes}; throws UncheckedIOException for anything else. */
    static JournalEntry of(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            byte version = in.readByte();
            byte kind = in.readByte();
            if (version != Format.VERSION || kind != Format.EVENT && kind != Format.DELETION) {
                throw new IOException("a journal entry has format " + version + " and kind " + kind
                        + ", which this release does not know");
            }
            String persistenceId = in.readUTF();
            long number = in.readLong();
            if (kind == Format.DELETION) {
                return new Deletion(persistenceId, number);
            }
            String writer = in.readUTF();
            int serializer = in.readInt();
            String manifest = in.readUTF();
            byte[] bytes = in.readNBytes(in.readInt());
            return new Event(persistenceId, number, writer, serializer, manifest, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Constants of the format. */
    final class Format {
        static final byte VERSION = 1;
        static final byte EVENT = 0;
        static final byte DELETION = 1;

        private Format() {}
    }
}
