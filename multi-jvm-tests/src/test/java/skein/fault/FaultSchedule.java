package skein.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Faults one after the other, with calm between them: a function of its seed.
 *
 * @param steps in order
 */
public record FaultSchedule(List<Step> steps) {
    private static final int FAULT_MILLIS_MIN = 100;
    private static final int CALM_MILLIS_MIN = 50;
    private static final int CALM_MILLIS_MAX = 400;
    private static final int FLAPS_MAX = 6;

    /**
     * One fault.
     *
     * @param link which of the proxies
     * @param flaps how many times it comes and goes; 1 for one that stays
     * @param seed of its strength
     */
    public record Step(int link, Fault fault, int flaps, int millis, int calmMillis, long seed) {}

    public FaultSchedule {
        steps = List.copyOf(steps);
    }

    /**
     * @param faults to choose from
     * @param millisMax length of the longest
     */
    public static FaultSchedule seeded(long seed, int count, int links, List<Fault> faults, int millisMax) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> steps.add(step(random, links, faults, millisMax)));
        return new FaultSchedule(steps);
    }

    private static Step step(Random random, int links, List<Fault> faults, int millisMax) {
        return new Step(
                random.nextInt(links),
                faults.get(random.nextInt(faults.size())),
                random.nextInt(4) == 0 ? random.nextInt(2, FLAPS_MAX) : 1,
                random.nextInt(FAULT_MILLIS_MIN, millisMax),
                random.nextInt(CALM_MILLIS_MIN, CALM_MILLIS_MAX),
                random.nextLong());
    }
}
