package skein.storage.wal;

/**
 * What a log has dropped from its end since it was opened, the opening included.
 *
 * @param records whole records
 * @param bytes what they, and what was torn, took in the log
 */
public record DroppedTails(long records, long bytes) {
    static final DroppedTails NONE = new DroppedTails(0, 0);

    DroppedTails and(LogNote.TailDropped more) {
        return new DroppedTails(records + more.records(), bytes + more.bytes());
    }
}
