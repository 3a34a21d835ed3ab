package skein.management.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.role.core.RoleView;

/**
 * The step that is being taken, and those that are not to be tried again yet.
 *
 * @param number of the newest step
 * @param underWay null while none is
 * @param failed not tried again at once
 */
record Errands(long number, @Nullable RoleStep underWay, List<Failed> failed) {
    /** @param trouble for people */
    record Failed(RoleStep step, long againNanos, String trouble) {}

    Errands {
        failed = List.copyOf(failed);
    }

    static Errands none() {
        return new Errands(0, null, List.of());
    }

    Errands taking(RoleStep step) {
        return new Errands(number + 1, step, failed);
    }

    /** Without what the role shows to be done. */
    Errands seen(RoleView role) {
        RoleStep present = underWay;
        return present != null && present.isTaken(role) ? done(present) : this;
    }

    private Errands done(RoleStep step) {
        return new Errands(
                number,
                null,
                failed.stream().filter(one -> !one.step().equals(step)).toList());
    }

    /** An answer to an earlier step says nothing about this one. */
    Errands answered(long answeredNumber, String trouble, long againNanos) {
        RoleStep present = underWay;
        if (present == null || answeredNumber != number) {
            return this;
        }
        Errands done = done(present);
        if (trouble.isEmpty()) {
            return done;
        }
        List<Failed> more = new ArrayList<>(done.failed);
        more.add(new Failed(present, againNanos, trouble));
        return new Errands(number, null, more);
    }

    /** What is not wanted any more is forgotten. */
    Errands wanting(List<RoleStep> steps) {
        return new Errands(
                number,
                underWay,
                failed.stream().filter(one -> steps.contains(one.step())).toList());
    }

    /** The first that may be tried now. */
    Optional<RoleStep> next(List<RoleStep> steps, long nowNanos) {
        return steps.stream()
                .filter(step ->
                        failed.stream().noneMatch(one -> one.step().equals(step) && one.againNanos() - nowNanos > 0))
                .findFirst();
    }

    /** When a step that failed may be tried again; {@link Long#MAX_VALUE} for never. */
    long wakeNanos() {
        return underWay != null
                ? Long.MAX_VALUE
                : failed.stream().mapToLong(Failed::againNanos).reduce(Long.MAX_VALUE, Math::min);
    }

    String trouble() {
        return failed.isEmpty() ? "" : failed.getLast().trouble();
    }
}
