package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;

/**
 * The state after a record: what every record up to there has said, and the EPOCH records among them.
 *
 * <p>Bytes: created, number of reigns, of values; each reign (lsn, number, two longs, checksum); then the values.
 *
 * @param values by lsn, from 1
 */
record CoreSnapshot(LogPosition position, long createdMicros, List<LogPosition> reigns, List<Long> values) {
    private static final int HEAD_BYTES = 24;
    private static final int REIGN_BYTES = 40;

    CoreSnapshot {
        Invariant.check(values.size() == position.lsn(), "%d values up to %s", values.size(), position);
        reigns = List.copyOf(reigns);
        values = List.copyOf(values);
    }

    long lsn() {
        return position.lsn();
    }

    int bytes() {
        return HEAD_BYTES + REIGN_BYTES * reigns.size() + REIGN_BYTES + Long.BYTES * values.size();
    }

    ByteBuffer encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        bytes.putLong(createdMicros).putLong(reigns.size()).putLong(values.size());
        write(position, bytes);
        reigns.forEach(reign -> write(reign, bytes));
        values.forEach(bytes::putLong);
        return bytes.flip();
    }

    private static void write(LogPosition position, ByteBuffer bytes) {
        UUID reign = position.epoch().reign();
        bytes.putLong(position.lsn()).putLong(position.epoch().number());
        bytes.putLong(reign.getMostSignificantBits()).putLong(reign.getLeastSignificantBits());
        bytes.putLong(position.crc());
    }

    static CoreSnapshot decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        long created = bytes.getLong();
        long reignCount = bytes.getLong();
        long valueCount = bytes.getLong();
        LogPosition position = position(bytes);
        List<LogPosition> reigns = new ArrayList<>();
        for (long i = 0; i < reignCount; i++) {
            reigns.add(position(bytes));
        }
        List<Long> values = new ArrayList<>();
        for (long i = 0; i < valueCount; i++) {
            values.add(bytes.getLong());
        }
        return new CoreSnapshot(position, created, reigns, values);
    }

    private static LogPosition position(ByteBuffer bytes) {
        long lsn = bytes.getLong();
        Epoch epoch = new Epoch(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
        return new LogPosition(epoch, lsn, (int) bytes.getLong());
    }
}
