package skein.storage.tx;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import skein.storage.index.SlotBitmap;

/** Picks members of a set of slots at even distances, the same ones each time. */
final class RelationshipSample {
    private RelationshipSample() {}

    /** @param limit no slot is as high as this */
    static long[] of(@Nullable SlotBitmap slots, int limit, int count, LongPredicate exists) {
        long[] found = new long[count];
        int size = 0;
        int last = -1;
        for (int i = 0; i < count && slots != null; i++) {
            int from = (int) Math.max(last + 1L, (long) limit * i / count);
            int slot = slots.nextAtOrAbove(from);
            if (slot < 0) {
                break;
            }
            last = slot;
            if (exists.test(slot)) {
                found[size++] = slot;
            }
        }
        return Arrays.copyOf(found, size);
    }
}
