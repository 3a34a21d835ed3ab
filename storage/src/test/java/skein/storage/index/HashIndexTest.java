package skein.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashIndexTest {
    private static List<Integer> hits(HashIndex index, long hash) {
        List<Integer> found = new ArrayList<>();
        HashIndex.Hits hits = index.find(hash);
        for (int slot = hits.next(); slot >= 0; slot = hits.next()) {
            found.add(slot);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 3_000})
    void holdsWhatAMapOfSetsHolds(int hashes) {
        SplittableRandom random = new SplittableRandom(hashes);
        HashIndex index = new HashIndex();
        Map<Long, Set<Integer>> map = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            long hash = 1L + random.nextInt(hashes);
            int slot = random.nextInt(500);
            if (random.nextInt(5) < 3) {
                index.add(hash, slot);
                map.computeIfAbsent(hash, h -> new TreeSet<>()).add(slot);
            } else {
                index.remove(hash, slot);
                map.getOrDefault(hash, new TreeSet<>()).remove(slot);
            }
        }
        for (long hash = 1; hash <= hashes; hash++) {
            assertThat(hits(index, hash)).containsExactlyElementsOf(map.getOrDefault(hash, Set.of()));
        }
        assertThat(index.size())
                .isEqualTo(map.values().stream().mapToInt(Set::size).sum());
    }

    @Test
    void aValueSharedByManyCostsNoMoreThanManyValues() {
        HashIndex index = new HashIndex();
        for (int slot = 0; slot < 300_000; slot++) {
            index.add(42, slot);
        }
        assertThat(index.size()).isEqualTo(300_000);
        assertThat(hits(index, 42)).hasSize(300_000);
    }

    @Test
    void churnOfValuesDoesNotGrowTheTableForEver() {
        HashIndex index = new HashIndex();
        for (int i = 1; i < 1_000_000; i++) {
            index.add(i, 1);
            index.remove(i, 1);
        }
        assertThat(index.size()).isZero();
        assertThat(index.capacity()).isLessThanOrEqualTo(64);
    }
}
