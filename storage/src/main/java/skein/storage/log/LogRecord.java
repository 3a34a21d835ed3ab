package skein.storage.log;

/** A decoded record. {@link RecordCodec} turns it into bytes and back. */
public record LogRecord(RecordHeader header, RecordBody body) {
    public long lsn() {
        return header.lsn();
    }
}
