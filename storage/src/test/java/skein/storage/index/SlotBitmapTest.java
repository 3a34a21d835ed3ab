package skein.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotBitmapTest {
    private static List<Integer> members(SlotBitmap bitmap) {
        List<Integer> found = new ArrayList<>();
        for (int slot = bitmap.nextAtOrAbove(0); slot >= 0; slot = bitmap.nextAtOrAbove(slot + 1)) {
            found.add(slot);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 14, 1 << 18, 1 << 30})
    void holdsWhatASetHolds(int range) {
        SplittableRandom random = new SplittableRandom(range);
        SlotBitmap bitmap = new SlotBitmap();
        TreeSet<Integer> set = new TreeSet<>();
        for (int round = 0; round < 60_000; round++) {
            // more additions first, more removals later: containers turn into bitmaps and back
            int slot = random.nextInt(range);
            if (random.nextInt(60_000) > round) {
                assertThat(bitmap.add(slot)).isEqualTo(set.add(slot));
            } else {
                Integer gone = set.ceiling(slot);
                int removed = gone == null ? slot : gone;
                assertThat(bitmap.remove(removed)).isEqualTo(set.remove(removed));
            }
            if (round % 5_000 == 0) {
                assertThat(members(bitmap)).containsExactlyElementsOf(set);
            }
        }
        assertThat(bitmap.size()).isEqualTo(set.size());
        assertThat(members(bitmap)).containsExactlyElementsOf(set);
        for (int i = 0; i < 1_000; i++) {
            int slot = random.nextInt(range);
            assertThat(bitmap.contains(slot)).isEqualTo(set.contains(slot));
            Integer next = set.ceiling(slot);
            assertThat(bitmap.nextAtOrAbove(slot)).isEqualTo(next == null ? -1 : next);
        }
    }

    @Test
    void takesTheHighestSlots() {
        SlotBitmap bitmap = new SlotBitmap();
        bitmap.add(Integer.MAX_VALUE);
        bitmap.add(0);
        assertThat(bitmap.nextAtOrAbove(1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(bitmap.contains(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void aFullContainerHoldsAll() {
        SlotBitmap bitmap = new SlotBitmap();
        for (int slot = 1 << 16; slot < 2 << 16; slot++) {
            bitmap.add(slot);
        }
        assertThat(members(bitmap)).hasSize(1 << 16);
        for (int slot = 1 << 16; slot < 2 << 16; slot++) {
            assertThat(bitmap.remove(slot)).isTrue();
        }
        assertThat(members(bitmap)).isEmpty();
    }
}
