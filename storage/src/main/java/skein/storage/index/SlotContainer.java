package skein.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The lower 16 bits of slots. A writer changes a container in place only where a concurrent reader cannot go wrong:
 * past the end of a sorted list, or one bit of a bitmap. Every other change makes a new container.
 */
sealed interface SlotContainer {
    /** Where a list of 2 B an entry becomes larger than a bitmap. */
    int LIST_MAX = 4096;

    boolean contains(int low);

    /** This container or its successor, with the value added; the value is not in it yet. */
    SlotContainer with(int low);

    /** This container or its successor, without the value; the value is in it. */
    SlotContainer without(int low);

    /** The smallest value at or above {@code low}, or -1. */
    int nextAtOrAbove(int low);

    static SlotContainer of(int low) {
        Sorted list = new Sorted(new char[2], 0);
        return list.with(low);
    }

    /** Many values at once, given as bits, which are copied. */
    static SlotContainer of(long[] words, int count) {
        if (count > LIST_MAX) {
            return new Bits(words.clone(), count);
        }
        char[] values = new char[Math.max(2, count)];
        int size = 0;
        for (int i = 0; i < words.length; i++) {
            for (long rest = words[i]; rest != 0; rest &= rest - 1) {
                values[size++] = (char) (i << 6 | Long.numberOfTrailingZeros(rest));
            }
        }
        return new Sorted(values, size);
    }

    /** Few values: a sorted list with room at its end. */
    final class Sorted implements SlotContainer {
        private final char[] values;
        private volatile int count;

        private Sorted(char[] values, int count) {
            this.values = values;
            this.count = count;
        }

        @Override
        public boolean contains(int low) {
            return Arrays.binarySearch(values, 0, count, (char) low) >= 0;
        }

        @Override
        public SlotContainer with(int low) {
            int size = count;
            if (size == LIST_MAX) {
                return Bits.of(values, size).with(low);
            }
            if (size < values.length && (size == 0 || values[size - 1] < low)) {
                values[size] = (char) low;
                count = size + 1;
                return this;
            }
            int position = -Arrays.binarySearch(values, 0, size, (char) low) - 1;
            char[] next = new char[Math.min(LIST_MAX, Math.max(size + 1, size + (size >> 1)))];
            System.arraycopy(values, 0, next, 0, position);
            next[position] = (char) low;
            System.arraycopy(values, position, next, position + 1, size - position);
            return new Sorted(next, size + 1);
        }

        @Override
        public SlotContainer without(int low) {
            int size = count;
            int position = Arrays.binarySearch(values, 0, size, (char) low);
            char[] next = new char[Math.max(2, size - 1)];
            System.arraycopy(values, 0, next, 0, position);
            System.arraycopy(values, position + 1, next, position, size - position - 1);
            return new Sorted(next, size - 1);
        }

        @Override
        public int nextAtOrAbove(int low) {
            int size = count;
            int position = Arrays.binarySearch(values, 0, size, (char) low);
            int at = position >= 0 ? position : -position - 1;
            return at < size ? values[at] : -1;
        }
    }

    /** Many values: one bit each. */
    final class Bits implements SlotContainer {
        private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
        private static final int WORDS = 1024;

        private final long[] words;

        /** Known to the writer only. */
        private int count;

        private Bits(long[] words, int count) {
            this.words = words;
            this.count = count;
        }

        private static Bits of(char[] values, int count) {
            long[] words = new long[WORDS];
            for (int i = 0; i < count; i++) {
                words[values[i] >>> 6] |= 1L << values[i];
            }
            return new Bits(words, count);
        }

        @Override
        public boolean contains(int low) {
            return (word(low >>> 6) & 1L << low) != 0;
        }

        @Override
        public SlotContainer with(int low) {
            WORD.setRelease(words, low >>> 6, words[low >>> 6] | 1L << low);
            count++;
            return this;
        }

        @Override
        public SlotContainer without(int low) {
            WORD.setRelease(words, low >>> 6, words[low >>> 6] & ~(1L << low));
            count--;
            return count < LIST_MAX / 2 ? sorted() : this;
        }

        @Override
        public int nextAtOrAbove(int low) {
            int index = low >>> 6;
            long word = word(index) & -1L << low;
            while (word == 0) {
                if (++index == WORDS) {
                    return -1;
                }
                word = word(index);
            }
            return index << 6 | Long.numberOfTrailingZeros(word);
        }

        private SlotContainer sorted() {
            char[] values = new char[LIST_MAX / 2];
            int size = 0;
            for (int low = nextAtOrAbove(0); low >= 0; low = low == 0xFFFF ? -1 : nextAtOrAbove(low + 1)) {
                values[size++] = (char) low;
            }
            return new Sorted(values, size);
        }

        private long word(int index) {
            return (long) WORD.getAcquire(words, index);
        }
    }
}
