package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import skein.storage.api.ConstraintRule;
import skein.storage.api.PropertyType;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The constraints of a model run: they come and go, and what they allow is asked of the model. */
final class ModelConstraints {
    private static final List<ConstraintRule> RULES = List.of(
            new ConstraintRule.Unique("A", List.of("p")),
            new ConstraintRule.Unique("B", List.of("q", "p")),
            new ConstraintRule.Exists("C", "p"),
            new ConstraintRule.Typed("A", "q", PropertyType.STRING));

    private final List<ConstraintRule> declared = new ArrayList<>();

    boolean isEmpty() {
        return declared.isEmpty();
    }

    boolean allow(GraphModel state) {
        return declared.stream().allMatch(state::fits);
    }

    /** Drops a constraint, or declares it, which is refused exactly when the state does not fit. */
    void toggle(SingleNode main, GraphModel state, SplittableRandom random) {
        ConstraintRule rule = RULES.get(random.nextInt(RULES.size()));
        boolean drop = declared.contains(rule);
        boolean fits = state.fits(rule);
        try {
            main.write(transaction -> assertThat(
                            drop ? transaction.dropConstraint(rule) : transaction.createConstraint("", rule))
                    .isTrue());
            assertThat(drop || fits).as("%s holds", rule).isTrue();
            if (drop) {
                declared.remove(rule);
            } else {
                declared.add(rule);
            }
        } catch (SkeinException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.CONSTRAINT_VALIDATION_FAILED);
            assertThat(drop || fits).as("%s is broken: %s", rule, refused).isFalse();
        }
    }
}
