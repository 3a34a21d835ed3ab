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
    private final long snapshotLsn;
    private Runnable answered = () -> {};
    private boolean excused;
    private Outcome outcome = Outcome.OPEN;
    private @Nullable LogPosition position;

    /** @param value written by no other operation */
    Operation(long value) {
        this(value, 0);
    }

    /** @param snapshotLsn what the transaction has read; what it writes must not have changed since */
    Operation(long value, long snapshotLsn) {
        this.value = value;
        this.snapshotLsn = snapshotLsn;
    }

    /** A record of the instance's own, and no client's. */
    boolean isOwn() {
        return value < 0;
    }

    long snapshotLsn() {
        return snapshotLsn;
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

    /** Whoever acknowledged it was not the MAIN of whom anything was promised. */
    void excuse() {
        excused = true;
    }

    boolean isExcused() {
        return excused;
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
