package skein.storage;

import java.util.OptionalLong;
import skein.storage.wal.LogNote;
import skein.vocabulary.SkeinException;

/** What the owner of a {@link Database} hears from it. */
public interface LogListener {
    /**
     * All records up to this one are durable in the sense of the database's sync policy. Called on the log's own
     * thread, which must not be held up; perhaps before the call that sequenced the record has returned.
     */
    void durable(long lsn);

    /** Something worth a line for the operator; perhaps before the database's {@code open} has returned. */
    default void noted(LogNote note) {}

    /** What the slowest registered replica durably holds; empty when none is registered. On any thread. */
    default OptionalLong slowestReplicaLsn() {
        return OptionalLong.empty();
    }

    /** The log failed, once and for good: nothing more is accepted. On the log's own thread. */
    void failed(SkeinException reason);

    /** A SYSTEM record is decided. Called in order by {@link Database#decide}, and while the database is opened. */
    void systemRecord(long lsn, byte[] payload);

    /** How far recovery has come; at most once a second, while the database is opened. */
    default void recovering(RecoveryProgress progress) {}

    /**
     * A snapshot was found damaged and put aside; recovery went on from an older state. While the database is opened.
     */
    default void snapshotDamaged(String what) {}
}
