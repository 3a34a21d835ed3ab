package skein.simulation.actors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is in one file, and what of it was forced. */
final class FileContent {
    private static final int SECTOR_BYTES = 512;

    /** Less than a record of a log has, so what is wrong here is in the last record of a batch. */
    private static final int WRONG_BYTES_MAX = 24;

    private final List<Write> pending = new ArrayList<>();
    private Bytes seen = new Bytes();
    private Bytes forced = new Bytes();

    private record Write(int offset, byte[] bytes) {}

    /** An array that grows. */
    private static final class Bytes {
        private byte[] array = new byte[0];
        private int size;

        void put(int offset, byte[] what) {
            int end = offset + what.length;
            if (end > array.length) {
                array = Arrays.copyOf(array, Math.max(end, 2 * array.length));
            }
            System.arraycopy(what, 0, array, offset, what.length);
            size = Math.max(size, end);
        }

        Bytes copy() {
            Bytes copy = new Bytes();
            copy.array = Arrays.copyOf(array, size);
            copy.size = size;
            return copy;
        }
    }

    long size() {
        return seen.size;
    }

    int read(long offset, byte[] into, int at, int count) {
        int there = (int) Math.min(count, Math.max(0, seen.size - offset));
        if (there > 0) {
            System.arraycopy(seen.array, Math.toIntExact(offset), into, at, there);
        }
        return there;
    }

    void write(int offset, byte[] what) {
        seen.put(offset, what);
        pending.add(new Write(offset, what));
    }

    /** Writes that were not forced. */
    int unforced() {
        return pending.size();
    }

    /** The oldest of them are durable now. */
    void force(int count) {
        List<Write> done = pending.subList(0, Math.min(count, pending.size()));
        done.forEach(write -> forced.put(write.offset(), write.bytes()));
        done.clear();
    }

    /**
     * What is found after the power was lost: of the writes that were not forced any, whole, torn or wrong at their
     * end. A wrong byte before intact records might as well be damage of what was forced: a database that finds one
     * refuses to serve, and is not what these runs are about.
     */
    FileContent surviving(RandomGenerator random) {
        FileContent found = new FileContent();
        found.seen = forced;
        int lost = random.nextInt(4);
        for (Write write : pending) {
            if (random.nextInt(4) < lost) {
                byte[] part = torn(write.bytes(), random);
                if (part.length > 0) {
                    found.seen.put(write.offset(), part);
                }
            }
        }
        found.forced = found.seen.copy();
        return found;
    }

    private static byte[] torn(byte[] whole, RandomGenerator random) {
        byte[] bytes = whole.clone();
        if (random.nextInt(4) == 0) {
            int sectors = bytes.length / SECTOR_BYTES + 1;
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length, random.nextInt(sectors) * SECTOR_BYTES));
        }
        if (bytes.length > 0 && random.nextInt(8) == 0) {
            int fromEnd = 1 + random.nextInt(Math.min(WRONG_BYTES_MAX, bytes.length));
            bytes[bytes.length - fromEnd] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }
}
