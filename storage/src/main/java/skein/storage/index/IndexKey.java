package skein.storage.index;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;

/**
 * Where something stands in an {@link OrderedIndex}: a string of bytes compared without sign, as if zeros followed
 * without end. The first eight bytes are one number, which is the whole key for most numbers, dates and short texts.
 *
 * <p>Keys follow the order of Cypher: a value that is less has a key that is less or the same, and values that
 * {@code =} calls equal have the same key. The reverse does not hold, because keys are short: whoever finds something
 * looks at its value.
 */
public final class IndexKey implements Comparable<IndexKey> {
    static final byte[] NO_TAIL = new byte[0];

    /** The first eight bytes, with the top bit turned so that numbers with a sign compare as bytes without. */
    final long head;

    /** What follows, without zeros at the end. */
    final byte[] tail;

    IndexKey(long head, byte[] tail) {
        this.head = head;
        this.tail = tail;
    }

    /** The key of one value. */
    public static IndexKey of(Value value) {
        if (value instanceof Value.IntegerValue number && KeyWriter.fitsHead(number.value())) {
            return new IndexKey(KeyWriter.headOf(number.value()), NO_TAIL);
        }
        KeyWriter writer = new KeyWriter(1);
        writer.component(value);
        return writer.toKey();
    }

    /** The key of several values, in order of the first, then of the second, and so on. */
    public static IndexKey of(Value[] values) {
        if (values.length == 1) {
            return of(values[0]);
        }
        KeyWriter writer = new KeyWriter(values.length);
        for (Value value : values) {
            writer.component(value);
        }
        return writer.toKey();
    }

    @Override
    public int compareTo(IndexKey other) {
        int heads = Long.compare(head, other.head);
        return heads != 0 ? heads : Arrays.compareUnsigned(tail, other.tail);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IndexKey key && head == key.head && Arrays.equals(tail, key.tail);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(head) + Arrays.hashCode(tail);
    }

    @Override
    public String toString() {
        return "%016x%s".formatted(head ^ Long.MIN_VALUE, HexFormat.of().formatHex(tail));
    }
}
