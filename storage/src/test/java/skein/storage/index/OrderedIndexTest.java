package skein.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;

final class OrderedIndexTest {
    private record Entry(IndexKey key, int slot) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int keys = key.compareTo(other.key);
            return keys != 0 ? keys : Integer.compare(slot, other.slot);
        }
    }

    private final OrderedIndex index = new OrderedIndex();
    private final TreeSet<Entry> model = new TreeSet<>();

    private static IndexKey key(long number) {
        return IndexKey.of(Value.of(number));
    }

    private static IndexKey randomKey(SplittableRandom random, int spread) {
        long number = random.nextLong(spread);
        return random.nextInt(3) == 0 ? IndexKey.of(Value.of("a longer text " + number)) : key(number);
    }

    private static List<Integer> walk(OrderedIndex index, KeyRange range, boolean ascending) {
        List<Integer> slots = new ArrayList<>();
        IndexCursor cursor = index.find(range, ascending);
        for (int slot = cursor.next(); slot >= 0; slot = cursor.next()) {
            slots.add(slot);
        }
        assertThat(cursor.next()).isEqualTo(-1);
        return slots;
    }

    private List<Integer> expected(KeyRange range) {
        NavigableSet<Entry> part = model.subSet(
                new Entry(range.from(), 0),
                true,
                new Entry(range.to(), range.inclusive() ? Integer.MAX_VALUE : 0),
                false);
        return part.stream().map(Entry::slot).toList();
    }

    private void check(KeyRange range) {
        List<Integer> expected = expected(range);
        assertThat(walk(index, range, true)).isEqualTo(expected);
        List<Integer> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        assertThat(walk(index, range, false)).isEqualTo(reversed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theTreeAnswersAsASortedSetDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int spread = seed % 2 == 0 ? 30 : 100_000;
        for (int round = 0; round < 40_000; round++) {
            // grows, then shrinks, then grows: nodes split, join and vanish
            boolean grows = round / 10_000 % 2 == 0 ? random.nextInt(10) < 8 : random.nextInt(10) < 1;
            if (grows) {
                Entry entry = new Entry(randomKey(random, spread), random.nextInt(1000));
                assertThat(index.add(entry.key, entry.slot)).isEqualTo(model.add(entry));
            } else if (!model.isEmpty()) {
                Entry sought = new Entry(randomKey(random, spread), random.nextInt(1000));
                Entry entry = model.ceiling(sought) == null ? model.last() : model.ceiling(sought);
                assertThat(index.remove(entry.key, entry.slot)).isTrue();
                model.remove(entry);
                assertThat(index.remove(entry.key, entry.slot)).isFalse();
            }
            if (round % 500 == 0) {
                check(KeyRange.ALL);
                IndexKey a = randomKey(random, spread);
                IndexKey b = randomKey(random, spread);
                check(KeyRange.single(a));
                if (a.compareTo(b) <= 0) {
                    check(new KeyRange(a, b, random.nextBoolean()));
                }
            }
            assertThat(index.size()).isEqualTo(model.size());
        }
        while (!model.isEmpty()) {
            Entry entry = model.pollFirst();
            assertThat(index.remove(entry.key, entry.slot)).isTrue();
        }
        check(KeyRange.ALL);
        assertThat(index.distinctEstimate()).isZero();
    }

    @Test
    void entriesAddedInOrderFillTheirLeaves() {
        for (int i = 0; i < 100_000; i++) {
            index.add(key(i), i);
        }
        assertThat(leaves(index.root())).isLessThan(100_000 / EntryRun.LEAF_MAX + 10);
        assertThat(index.distinctEstimate()).isEqualTo(100_000);
    }

    private static int leaves(TreeNode node) {
        return switch (node) {
            case EntryRun leaf -> 1;
            case Branch branch -> {
                int count = 0;
                for (int i = 0; i < branch.size(); i++) {
                    count += leaves(branch.child(i));
                }
                yield count;
            }
        };
    }

    @Test
    void aTreeMadeFromSortedRunsAnswersAsOneThatGrew() {
        SplittableRandom random = new SplittableRandom(9);
        List<SortedRuns> parts = List.of(new SortedRuns(), new SortedRuns());
        HashSet<IndexKey> keys = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            Entry entry = new Entry(randomKey(random, 20_000), random.nextInt(1000));
            if (model.add(entry)) {
                keys.add(entry.key);
                parts.get(i % 2).add(entry.key, entry.slot);
            }
        }
        SortedRuns.load(index, parts);
        assertThat(index.size()).isEqualTo(model.size());
        assertThat(index.distinctEstimate()).isEqualTo(keys.size());
        check(KeyRange.ALL);
        check(new KeyRange(key(500), key(15_000), false));
        for (int i = 0; i < 20_000; i++) {
            Entry entry = new Entry(randomKey(random, 20_000), random.nextInt(1000));
            index.add(entry.key, entry.slot);
            model.add(entry);
        }
        check(KeyRange.ALL);
    }

    @Test
    void nothingLoadedIsAnEmptyIndex() {
        SortedRuns.load(index, List.of(new SortedRuns()));
        assertThat(walk(index, KeyRange.ALL, true)).isEmpty();
        index.add(key(1), 1);
        assertThat(walk(index, KeyRange.ALL, false)).containsExactly(1);
    }

    @Test
    void estimatesAreNearTheTruth() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            index.add(key(random.nextInt(1_000_000)), i);
        }
        for (int width : new int[] {1_000, 10_000, 100_000, 500_000}) {
            KeyRange range = new KeyRange(key(200_000), key(200_000 + width), false);
            int truth = walk(index, range, true).size();
            assertThat((double) index.estimate(range)).isBetween(truth * 0.7 - 100, truth * 1.3 + 100);
        }
        assertThat(index.estimate(KeyRange.ALL)).isEqualTo(index.size());
        OrderedIndex same = new OrderedIndex();
        for (int i = 0; i < 10_000; i++) {
            same.add(key(i % 10), i);
        }
        assertThat(same.distinctEstimate()).isBetween(10L, 10L + 2L * leaves(same.root()));
    }

    /**
     * Even numbers stay; odd ones come and go. Every walk, upwards or downwards, of any part, is in order and has all
     * even numbers of that part.
     */
    @Test
    void readersBesideAWriterSeeASortedSuperset() throws Exception {
        int numbers = 4_000;
        for (int number = 0; number < numbers; number += 2) {
            index.add(key(number), number);
        }
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> walks = new ArrayList<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
            for (int reader = 0; reader < 3; reader++) {
                int seed = reader;
                walks.add(readers.submit((Callable<Integer>) () -> readAll(new SplittableRandom(seed), numbers, done)));
            }
            writeOdd(new SplittableRandom(99), numbers);
            done.set(true);
            for (Future<Integer> walk : walks) {
                assertThat(walk.get()).isPositive();
            }
        }
    }

    private void writeOdd(SplittableRandom random, int numbers) {
        for (int round = 0; round < 60; round++) {
            boolean adds = round % 2 == 0;
            for (int i = 0; i < numbers; i++) {
                int odd = random.nextInt(numbers / 2) * 2 + 1;
                // many slots under one number, so that leaves split and vanish
                int slot = numbers + random.nextInt(20);
                if (adds) {
                    index.add(key(odd), slot);
                } else {
                    index.remove(key(odd), slot);
                }
            }
        }
    }

    private int readAll(SplittableRandom random, int numbers, AtomicBoolean done) {
        int walks = 0;
        do {
            int from = random.nextInt(numbers);
            int to = from + random.nextInt(numbers - from);
            boolean ascending = random.nextBoolean();
            IndexCursor cursor = index.find(new KeyRange(key(from), key(to), true), ascending);
            int expected = ascending ? from + from % 2 : to - to % 2;
            int last = ascending ? -1 : numbers;
            for (int slot = cursor.next(); slot >= 0; slot = cursor.next()) {
                if (slot < numbers) {
                    assertThat(slot).isEqualTo(expected);
                    expected += ascending ? 2 : -2;
                    last = slot;
                } else {
                    int before = last;
                    assertThat(cursor.isAt(key(before)))
                            .as("after %d comes another", before)
                            .isFalse();
                }
            }
            assertThat(expected).isEqualTo(ascending ? to + 2 - to % 2 : from + from % 2 - 2);
            walks++;
        } while (!done.get());
        return walks;
    }
}
