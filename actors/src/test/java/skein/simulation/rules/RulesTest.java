package skein.simulation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/**
 * The rules of docs/adr/022 keep every promise, and each of them is needed: without it the model fails.
 *
 * <p>{@code -Dskein.rules.seeds=N} plays more seeds, {@code -Dskein.rules.table=N} counts for each rule in how many of
 * N seeds it is missed.
 */
final class RulesTest {
    private static final long SEEDS = Long.getLong("skein.rules.seeds", 400);
    private static final long SEEDS_TO_CATCH = 2_000;
    private static final long TABLE = Long.getLong("skein.rules.table", 0);
    private static final int LAST_EVENTS = 60;

    /** Not, or hardly ever, seen to be missed: docs/adr/022 says why they are kept. The table counts them too. */
    private static final Set<Omission> NOT_MISSED = EnumSet.of(
            Omission.ACK_CONNECTION,
            Omission.ACK_EPOCH,
            Omission.ACKS_FORGOTTEN,
            Omission.BOTH_MEMBERSHIPS,
            Omission.MEMBERS_AFTER_EPOCH,
            Omission.WIPED_IS_ANOTHER);

    @ParameterizedTest
    @EnumSource
    void everyPromiseHoldsUnderEveryFault(Mode mode) {
        long committed = 0;
        long asked = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run.Result result = play(mode, seed);
            committed += result.commits() + result.warned();
            asked += result.commits() + result.warned() + result.refused() + result.unknown();
        }
        System.out.printf("%s: %d seeds, %d writes asked for, %d committed%n", mode, SEEDS, asked, committed);
        assertThat(committed)
                .as("committed under faults, of %d: else nothing was tested", asked)
                .isGreaterThan(asked / 10);
    }

    private static Run.Result play(Mode mode, long seed) {
        try {
            return Run.run(mode, seed, Run.none());
        } catch (Violation violation) {
            List<String> trace = Run.trace(mode, seed, Run.none());
            List<String> last = trace.subList(Math.max(0, trace.size() - LAST_EVENTS), trace.size());
            throw new AssertionFailedError(
                    "%s, seed %d: %s%n%s".formatted(mode, seed, violation.getMessage(), String.join("\n", last)),
                    violation);
        }
    }

    static Set<Omission> needed() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_MISSED));
    }

    @ParameterizedTest
    @MethodSource("needed")
    void aRuleLeftOutIsMissed(Omission rule) {
        for (long seed = 1; seed <= SEEDS_TO_CATCH; seed++) {
            for (Mode mode : Mode.values()) {
                if (fails(mode, seed, rule)) {
                    return;
                }
            }
        }
        throw new AssertionFailedError("nothing fails when " + rule.what);
    }

    private static boolean fails(Mode mode, long seed, Omission rule) {
        try {
            Run.run(mode, seed, EnumSet.of(rule));
            return false;
        } catch (Violation violation) {
            return true;
        }
    }

    @Test
    void oneSeedIsOneRun() {
        for (Mode mode : Mode.values()) {
            assertThat(Run.trace(mode, 17, Run.none())).isEqualTo(Run.trace(mode, 17, Run.none()));
        }
    }

    /** A campaign: the table of docs/adr/022. */
    @Test
    void howOftenEachRuleIsMissed() {
        if (TABLE == 0) {
            return;
        }
        for (Omission rule : Omission.values()) {
            StringBuilder row = new StringBuilder("| " + rule.what);
            for (Mode mode : Mode.values()) {
                long failing = 0;
                for (long seed = 1; seed <= TABLE; seed++) {
                    failing += fails(mode, seed, rule) ? 1 : 0;
                }
                row.append(" | ").append(failing);
            }
            System.out.println(row.append(" |"));
        }
    }
}
