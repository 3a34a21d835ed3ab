package skein.interleaving;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs a test of one structure. {@code -Dskein.lincheck.scenarios} and {@code -Dskein.lincheck.invocations} make it
 * look further.
 */
public final class Interleavings {
    /** Programs made of the structure's operations. */
    private static final int SCENARIOS = Integer.getInteger("skein.lincheck.scenarios", 30);

    /** Interleavings of each program. */
    private static final int INVOCATIONS = Integer.getInteger("skein.lincheck.invocations", 60);

    private static final int STRESS_SHARE = 10;
    private static final int ROUNDS_OF_WORK = 1000;
    private static final int THREADS = 2;
    private static final int OPERATIONS_PER_THREAD = 2;

    private Interleavings() {}

    /** Chooses where threads switch: every place once, then every two, and so on, as far as it gets. */
    public static void explore(Class<?> structure) {
        explore(structure, THREADS);
    }

    public static void explore(Class<?> structure, int threads) {
        limited(workingInLoops(new ModelCheckingOptions()), threads)
                .invocationsPerIteration(INVOCATIONS)
                .check(structure);
    }

    /** Real threads, which switch where they like: for structures whose single steps take long. */
    public static void stress(Class<?> structure) {
        limited(new StressOptions(), THREADS)
                .invocationsPerIteration(STRESS_SHARE * INVOCATIONS)
                .check(structure);
    }

    /** A walk over a table is no wait for another thread; by its nature the checker takes ten rounds for one. */
    private static ModelCheckingOptions workingInLoops(ModelCheckingOptions options) {
        return options.loopIterationsBeforeThreadSwitch(ROUNDS_OF_WORK).loopBound(10 * ROUNDS_OF_WORK);
    }

    private static <O extends Options<O, ?>> O limited(O options, int threads) {
        return options.iterations(SCENARIOS)
                .threads(threads)
                .actorsPerThread(OPERATIONS_PER_THREAD)
                .actorsBefore(OPERATIONS_PER_THREAD)
                .actorsAfter(1);
    }
}
