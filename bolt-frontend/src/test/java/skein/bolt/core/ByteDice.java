package skein.bolt.core;

import java.util.random.RandomGenerator;

/** Dice that fall as given bytes say, one byte a throw, so that a fuzzer can choose; zeros when they are used up. */
final class ByteDice implements RandomGenerator {
    private final byte[] bytes;
    private int next;

    ByteDice(byte[] bytes, int from) {
        this.bytes = bytes;
        this.next = from;
    }

    boolean hasMore() {
        return next < bytes.length;
    }

    @Override
    public int nextInt(int bound) {
        return (int) (nextLong() % bound);
    }

    @Override
    public boolean nextBoolean() {
        return (nextLong() & 1) != 0;
    }

    @Override
    public long nextLong() {
        return next < bytes.length ? bytes[next++] & 0xFF : 0;
    }
}
