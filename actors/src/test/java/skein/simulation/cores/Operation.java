package skein.simulation.cores;

import org.jspecify.annotations.Nullable;
import skein.vocabulary.LogPosition;

/** One write of a client, and what it was told. */
final class Operation {
    /** What a client may conclude. */
    enum Outcome {
        OPEN,
        ACKNOWLEDGED,
        /** Acknowledged, with a warning. */
        WARNED,
        REFUSED,
        UNKNOWN
    }

    private final long value;
    private Runnable answered = () -> {};
    private Outcome outcome = Outcome.OPEN;
    private @Nullable LogPosition position;

    /** @param value written by no other operation */
    Operation(long value) {
        this.value = value;
    }

    long value() {
        return value;
    }

    Outcome outcome() {
        return outcome;
    }

    void whenAnswered(Runnable action) {
        answered = action;
    }

    /** Where it stands; known to the truth alone. */
    @Nullable
    LogPosition position() {
        return position;
    }

    void at(LogPosition where) {
        position = where;
    }

    void acknowledged(boolean warned) {
        end(warned ? Outcome.WARNED : Outcome.ACKNOWLEDGED);
    }

    /** @param reason for people who debug */
    void refused(String reason) {
        end(Outcome.REFUSED);
    }

    /** @param reason for people who debug */
    void unknown(String reason) {
        end(Outcome.UNKNOWN);
    }

    private void end(Outcome how) {
        if (outcome == Outcome.OPEN) {
            outcome = how;
            answered.run();
        }
    }
}
