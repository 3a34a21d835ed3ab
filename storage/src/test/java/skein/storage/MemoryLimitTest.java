package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.NameKind;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemorySource;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Growth is refused before the heap is full; reading and deleting go on, and what was deleted may grow again. */
final class MemoryLimitTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void aProcessWithASmallHeapRefusesGrowthAndGoesOn(String collector) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        collector,
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        directory.resolve(collector.substring(4)).toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        List<Long> filled = numbers(lines, "filled");
        assertThat(filled).hasSize(3).allMatch(nodes -> nodes > 20_000);
        assertThat(filled.getLast()).as("the third time as much as the first").isGreaterThan(filled.getFirst() * 3 / 4);
        assertThat(numbers(lines, "refused")).hasSize(3).containsOnly(50L);
        assertThat(numbers(lines, "read")).hasSize(3).allMatch(relationships -> relationships > 40_000);
        assertThat(numbers(lines, "left")).as("bytes after deleting all").allMatch(bytes -> bytes < 8 * MIB);
        assertThat(lines).contains("went on");
    }

    private static List<Long> numbers(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> Long.parseLong(line.substring(word.length() + 1)))
                .toList();
    }

    private SingleNode node(MemoryPool pool) {
        DatabaseOptions standard = DatabaseOptions.standard(SingleNode.ID);
        return SingleNode.main(directory, standard.withMemory(MemoryLimits.standard(pool)));
    }

    private static void fill(SingleNode node) {
        for (int i = 0; i < 100_000; i++) {
            node.write(transaction -> transaction.setNodeProperty(
                    transaction.createNode(new int[0]),
                    transaction.tokenFor(NameKind.PROPERTY_KEY, "p"),
                    Value.of("x".repeat(2000))));
        }
    }

    private static void assertRefused(SingleNode node) {
        assertThatThrownBy(() -> fill(node))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                .hasMessageContaining("of 4 MiB");
    }

    @Test
    void aFullPoolRefusesGrowthButNeitherDeletionNorRemoval() {
        MemoryPool pool = new MemoryPool(4 * MIB, MIB);
        try (SingleNode node = node(pool)) {
            assertRefused(node);
            long nodes = node.read(StoreTransaction::nodeCount);
            assertThat(nodes).isBetween(1500L, 2200L);
            node.write(transaction -> {
                transaction.deleteNode(0);
                transaction.deleteNode(1);
            });
            assertThat(node.<Long>read(StoreTransaction::nodeCount)).isEqualTo(nodes - 2);
        }
        assertThat(pool.usedBytes()).as("after closing").isZero();
    }

    @Test
    void aTransactionGivesBackWhatItTookHoweverItEnds() {
        MemoryPool pool = new MemoryPool(64 * MIB, MIB);
        try (SingleNode node = node(pool)) {
            node.database().tidyUp();
            long before = pool.usedBytes();
            try (StoreTransaction abandoned = node.begin()) {
                for (int i = 0; i < 1000; i++) {
                    abandoned.createNode(new int[0]);
                }
                assertThat(pool.usedBytes()).isGreaterThan(before + 100_000);
            }
            assertThat(pool.usedBytes()).isEqualTo(before);
        }
    }

    /** Whoever is asked can end the transaction. */
    @Test
    void findingItsOwnChangesATransactionAsksForMemoryAllTheWay() {
        MemoryPool pool = new MemoryPool(64 * MIB, MIB);
        AtomicInteger asked = new AtomicInteger();
        MemorySource counting = new MemorySource() {
            @Override
            public void reserve(long bytes, MemoryPool.Purpose purpose, String what) {
                asked.incrementAndGet();
                pool.reserve(bytes, purpose, what);
            }

            @Override
            public void adjust(long bytes) {
                pool.adjust(bytes);
            }
        };
        try (SingleNode node = node(pool);
                StoreTransaction transaction = node.database().begin(AccessMode.WRITE, counting)) {
            int label = transaction.tokenFor(NameKind.LABEL, "L");
            for (int i = 0; i < 20_000; i++) {
                transaction.createNode(new int[] {label});
            }
            asked.set(0);
            assertThat(transaction.nodesWithLabel(label).next()).isTrue();
            assertThat(asked).as("times asked").hasValueGreaterThan(200);
        }
    }

    @Test
    void twoDatabasesShareOnePool() {
        MemoryPool pool = new MemoryPool(4 * MIB, MIB);
        DatabaseOptions options = DatabaseOptions.standard(SingleNode.ID).withMemory(MemoryLimits.standard(pool));
        try (SingleNode one = SingleNode.main(directory.resolve("one"), options);
                SingleNode other = SingleNode.main(directory.resolve("other"), options)) {
            assertRefused(one);
            assertRefused(other);
        }
    }

    @Test
    void whatIsOnDiskIsRecoveredEvenBeyondTheLimit() {
        try (SingleNode node = node(new MemoryPool(64 * MIB, MIB))) {
            for (int i = 0; i < 3000; i++) {
                node.write(transaction -> transaction.setNodeProperty(
                        transaction.createNode(new int[0]),
                        transaction.tokenFor(NameKind.PROPERTY_KEY, "p"),
                        Value.of("x".repeat(2000))));
            }
        }
        try (SingleNode node = node(new MemoryPool(4 * MIB, MIB))) {
            assertThat(node.<Long>read(StoreTransaction::nodeCount)).isEqualTo(3000);
            assertRefused(node);
        }
    }
}
