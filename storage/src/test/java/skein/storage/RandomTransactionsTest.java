package skein.storage;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.SyncPolicy;

/**
 * Random transactions against a graph in plain maps; see {@link ModelRun} for what must hold. Ten thousand histories,
 * by {@code -Dskein.histories} more: many short ones on each of a number of databases that are restarted between them,
 * and few long ones.
 */
final class RandomTransactionsTest {
    private static final int HISTORIES = Integer.getInteger("skein.histories", 10_000);
    private static final int HISTORIES_PER_DATABASE = 100;
    private static final int NODES = 12;
    private static final int ROUNDS = 16;
    private static final int NODES_OF_LONG_ONE = 150;
    private static final int ROUNDS_OF_LONG_ONE = 1000;
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int CHUNK_BYTES = 2000;

    @TempDir
    private Path directory;

    private static DatabaseOptions options() {
        DatabaseOptions standard = DatabaseOptions.standard(SingleNode.ID).withSync(new SyncPolicy.Off());
        return new DatabaseOptions(standard.log().withSegmentBytes(SEGMENT_BYTES), standard.memory());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everySessionSeesItsSnapshotAndConflictsAreExactlyThoseOfTheRules(long seed) {
        try (ModelRun run = new ModelRun(directory.resolve("main"), options(), seed, NODES_OF_LONG_ONE)) {
            run.toggleIndex();
            run.play(ROUNDS_OF_LONG_ONE / 2);
            run.playUnderConstraints(ROUNDS_OF_LONG_ONE / 2);
            run.replicate(directory.resolve("replica"), CHUNK_BYTES);
            run.restart();
        }
    }

    @Test
    void tenThousandHistoriesAgreeWithTheModelThroughRestartsAndOnReplicas() {
        for (int database = 0; database < HISTORIES / HISTORIES_PER_DATABASE; database++) {
            SplittableRandom random = new SplittableRandom(database);
            Path path = directory.resolve("main" + database);
            try (ModelRun run = new ModelRun(path, options(), random.nextLong(), NODES)) {
                for (int history = 0; history < HISTORIES_PER_DATABASE; history++) {
                    history(run, random);
                }
                run.replicate(directory.resolve("replica" + database), CHUNK_BYTES);
            }
        }
    }

    private static void history(ModelRun run, SplittableRandom random) {
        switch (random.nextInt(20)) {
            case 0 -> run.restart();
            case 1, 2 -> run.toggleIndex();
            case 3, 4 -> {
                // one reader outlives what several sessions change, and the collection of what they replace
                GraphModel then = run.now();
                try (StoreTransaction reader = run.reader()) {
                    run.play(ROUNDS);
                    ModelRun.assertSees(reader, then);
                }
            }
            case 5, 6, 7 -> run.playUnderConstraints(ROUNDS);
            default -> {}
        }
        run.play(ROUNDS);
    }
}
