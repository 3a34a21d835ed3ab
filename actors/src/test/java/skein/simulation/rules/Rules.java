package skein.simulation.rules;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules under test.
 *
 * @param quorum k of QUORUM
 */
record Rules(Mode mode, int quorum, Set<Omission> omitted) {
    static Rules complete(Mode mode, int quorum) {
        return new Rules(mode, quorum, EnumSet.noneOf(Omission.class));
    }

    boolean omits(Omission rule) {
        return omitted.contains(rule);
    }

    /** How fences are compared. */
    int order(Epoch a, Epoch b) {
        return Epoch.compare(a, b);
    }

    /** How tails are compared. */
    int rank(Epoch a, Epoch b) {
        return omits(Omission.TENURE_RANKS) ? Epoch.compareNumbers(a, b) : Epoch.compare(a, b);
    }

    /** How many members, the candidate among them, must answer a promotion. */
    int answersNeeded(int replicas, int told) {
        if (mode != Mode.QUORUM) {
            return 1;
        }
        int inForce = told == 0 && omits(Omission.EVERYBODY_BEFORE_A_QUORUM) ? quorum : told;
        return omits(Omission.ANSWERS) ? quorum : Math.max(1, replicas - inForce + 1);
    }
}
