package skein.storage.wal;

import skein.vocabulary.SkeinException;

/**
 * Hears from a log's own thread what became of its records. Must return quickly and must not wait for the log: the next
 * batch starts after it returns. What it throws counts as a failure of the log.
 */
public interface DurabilityListener {
    /**
     * All records up to this one are durable in the sense of the log's {@link SyncPolicy}. May be told before the
     * {@code append} of that very record has returned. Rises, except after a truncation.
     */
    void durable(long lsn);

    /** Something happened that is worth a line for the operator. Perhaps before the log's {@code open} has returned. */
    default void noted(LogNote note) {}

    /** Told once: a write or a force failed. Nothing more becomes durable and nothing more is accepted. */
    void failed(SkeinException reason);
}
