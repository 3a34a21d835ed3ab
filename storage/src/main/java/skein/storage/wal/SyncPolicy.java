package skein.storage.wal;

import java.time.Duration;
import skein.vocabulary.Invariant;

/** When the log forces what it wrote onto the disk, and so what "durable" means to its listener. */
public sealed interface SyncPolicy {
    /** As settings call it. */
    default String words() {
        return switch (this) {
            case EveryBatch() -> "every-batch";
            case EveryTransactions(int records) -> "every " + records + " transactions";
            case Interval(Duration period) -> "every " + period.toMillis() + " ms";
            case Off() -> "off";
        };
    }

    /** True when what was acknowledged survives the loss of power. */
    default boolean survivesPowerLoss() {
        return this instanceof EveryBatch;
    }

    /** Before anything is reported durable: survives the loss of power. */
    record EveryBatch() implements SyncPolicy {}

    /**
     * After so many records; reported durable when written: survives the end of the process, not the loss of power.
     *
     * @param records at least 1
     */
    record EveryTransactions(int records) implements SyncPolicy {
        public EveryTransactions {
            Invariant.check(records > 0, "a sync policy of every %d transactions means nothing", records);
        }
    }

    /**
     * At most this long after the write; reported durable as for {@link EveryTransactions}.
     *
     * @param period above zero
     */
    record Interval(Duration period) implements SyncPolicy {
        public Interval {
            Invariant.check(period.isPositive(), "a sync policy of every %s means nothing", period);
        }
    }

    /** Only when a segment is full and at close; reported durable as for {@link EveryTransactions}. */
    record Off() implements SyncPolicy {}
}
