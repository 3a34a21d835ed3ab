package skein.history;

import java.util.Collection;
import java.util.Optional;
import skein.history.Transaction.Outcome;

/**
 * How many operations of a history ended in which way.
 *
 * @param committed it happened
 * @param failed it did not, and never will
 * @param unknown it may have
 */
public record Outcomes(int committed, int failed, int unknown) {
    static Outcomes of(Collection<Outcome> all) {
        int committed = 0;
        int failed = 0;
        int unknown = 0;
        for (Outcome outcome : all) {
            switch (outcome) {
                case COMMITTED -> committed++;
                case FAILED -> failed++;
                case UNKNOWN -> unknown++;
            }
        }
        return new Outcomes(committed, failed, unknown);
    }

    public int all() {
        return committed + failed + unknown;
    }

    /**
     * Why this history proves nothing, if it does not: a store that refuses everything keeps every promise.
     *
     * @param leastShare of all operations that must have committed, between 0 and 1
     * @param least committed, however large the share
     */
    public Optional<String> vacuous(double leastShare, int least) {
        if (committed < least) {
            return Optional.of("only %d operations committed, at least %d prove something".formatted(committed, least));
        }
        if (committed < leastShare * all()) {
            return Optional.of("only %d of %d operations committed, at least %.0f %% prove something"
                    .formatted(committed, all(), leastShare * 100));
        }
        return Optional.empty();
    }
}
