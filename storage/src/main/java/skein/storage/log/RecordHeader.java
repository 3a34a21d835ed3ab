package skein.storage.log;

/**
 * The fixed first part of a record; see {@link RecordCodec} for its bytes.
 *
 * @param length bytes of the whole record, header and padding included; a multiple of 8
 * @param crc chained CRC32C of the record: covers every other byte of it, the predecessor's CRC included
 * @param flags 0 to 255; none is defined yet
 * @param databaseUuidLow least significant half of the database's UUID
 * @param epochNumber reign that sequenced the record
 * @param lsn dense position in the log, from 1
 * @param commitTimestamp MVCC order of transactions; 0 where it means nothing
 * @param prevCrc CRC of the record before; 0 for the first
 * @param operationCount operations of a DATA or SCHEMA record, else 0
 */
public record RecordHeader(
        int length,
        int crc,
        RecordKind kind,
        int flags,
        long databaseUuidLow,
        long epochNumber,
        long lsn,
        long commitTimestamp,
        int prevCrc,
        int operationCount) {}
