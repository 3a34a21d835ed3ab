package skein.vocabulary;

/**
 * The identity of one record of a database's log. Two logs agree up to a record exactly when they hold the same
 * position for it, because every record's checksum covers its predecessor's.
 *
 * @param epoch reign that sequenced the record
 * @param lsn dense position in the log, from 1; 0 means before the first record
 * @param crc chained CRC32C of the record
 */
public record LogPosition(Epoch epoch, long lsn, int crc) {
    /** The end of an empty log. */
    public static final LogPosition START = new LogPosition(Epoch.NONE, 0, 0);

    public LogPosition {
        Invariant.check(lsn >= 0, "lsn %d is negative", lsn);
    }
}
