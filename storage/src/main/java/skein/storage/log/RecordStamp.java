package skein.storage.log;

/**
 * What is only known when a record is sequenced.
 *
 * @param databaseUuidLow least significant half of the database's UUID
 * @param epochNumber current reign
 * @param lsn the predecessor's plus one
 * @param commitTimestamp MVCC order; 0 where it means nothing
 * @param prevCrc the predecessor's CRC; 0 for the first record
 */
public record RecordStamp(long databaseUuidLow, long epochNumber, long lsn, long commitTimestamp, int prevCrc) {}
