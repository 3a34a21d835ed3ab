package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.UUID;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * A record of a simulated log. Its checksum covers its predecessor's.
 *
 * <p>Bytes: lsn, epoch number, reign (two longs), value (longs), previous checksum, checksum (ints).
 *
 * @param value what it says; {@link #REIGN} for an EPOCH record
 */
record CoreRecord(LogPosition position, int previousCrc, long value) {
    static final int BYTES = 48;

    /** The value of an EPOCH record. */
    static final long REIGN = 0;

    static CoreRecord after(LogPosition before, Epoch epoch, long value) {
        long lsn = before.lsn() + 1;
        return new CoreRecord(new LogPosition(epoch, lsn, crc(before.crc(), epoch, lsn, value)), before.crc(), value);
    }

    boolean isReign() {
        return value == REIGN;
    }

    /** False when a bit of it is another than was written. */
    boolean isIntact() {
        return position.crc() == crc(previousCrc, position.epoch(), position.lsn(), value);
    }

    boolean follows(LogPosition last) {
        boolean reignFits = isReign()
                ? position.epoch().isAfter(last.epoch())
                : position.epoch().equals(last.epoch());
        return reignFits && position.lsn() == last.lsn() + 1 && previousCrc == last.crc();
    }

    private static int crc(int previous, Epoch epoch, long lsn, long value) {
        long hash = previous * 0x9E3779B97F4A7C15L;
        hash = (hash ^ epoch.number()) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ epoch.reign().getLeastSignificantBits()) * 0x94D049BB133111EBL;
        hash = (hash ^ lsn ^ hash >>> 31) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ value ^ hash >>> 29) * 0x94D049BB133111EBL;
        return (int) (hash >>> 32);
    }

    static CoreRecord read(ByteBuffer bytes) {
        LogPosition position = readPosition(bytes);
        long value = bytes.getLong();
        int previous = bytes.getInt();
        int crc = bytes.getInt();
        return new CoreRecord(new LogPosition(position.epoch(), position.lsn(), crc), previous, value);
    }

    void write(ByteBuffer bytes) {
        writePosition(position, bytes);
        bytes.putLong(value).putInt(previousCrc).putInt(position.crc());
    }

    /** Without its checksum. */
    private static LogPosition readPosition(ByteBuffer bytes) {
        long lsn = bytes.getLong();
        return new LogPosition(new Epoch(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong())), lsn, 0);
    }

    private static void writePosition(LogPosition position, ByteBuffer bytes) {
        bytes.putLong(position.lsn()).putLong(position.epoch().number());
        bytes.putLong(position.epoch().reign().getMostSignificantBits());
        bytes.putLong(position.epoch().reign().getLeastSignificantBits());
    }
}
