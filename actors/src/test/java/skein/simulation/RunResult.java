package skein.simulation;

/**
 * How a run that held its promises went.
 *
 * @param hash of everything that happened
 * @param acknowledged writes, of all that were {@code issued}
 */
public record RunResult(long hash, double simulatedSeconds, long events, long acknowledged, long issued) {
    static final RunResult NONE = new RunResult(0, 0, 0, 0, 0);

    RunResult and(RunResult other) {
        return new RunResult(
                hash ^ other.hash,
                simulatedSeconds + other.simulatedSeconds,
                events + other.events,
                acknowledged + other.acknowledged,
                issued + other.issued);
    }
}
