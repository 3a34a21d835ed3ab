package skein.storage.failpoint;

import java.io.IOException;

/**
 * The fail points, by the names that {@code -Dskein.failpoint} takes; see {@link FailPlan} for what can be asked for.
 * Whether any is set is a constant to the compiler, so one that is not costs nothing.
 */
public enum FailPoint {
    /** A batch of records is about to be written; again at every attempt when the disk was full. */
    WAL_BEFORE_APPEND("wal.beforeAppend", true),
    /** The batch is written, not forced. */
    WAL_AFTER_APPEND("wal.afterAppend", false),
    /** What was written is about to be forced. */
    WAL_BEFORE_FSYNC("wal.beforeFsync", true),
    /** It is forced; nobody was told. */
    WAL_AFTER_FSYNC("wal.afterFsync", false),
    /** The next segment is about to be made. */
    WAL_BEFORE_ROLL("wal.beforeRoll", true),
    /** The next segment is there and empty. */
    WAL_AFTER_ROLL("wal.afterRoll", false),
    /** What the log remembers beside its records is about to be written. */
    WAL_BEFORE_MARKS("wal.beforeMarks", true),
    /** It is written. */
    WAL_AFTER_MARKS("wal.afterMarks", false),

    /** The end of the log is about to be dropped, and first kept in a file of its own. */
    TRUNCATE_BEFORE_TAIL("truncate.beforeTail", true),
    /** The tail is in its own file, durably. */
    TRUNCATE_TAIL_SAVED("truncate.tailSaved", false),
    /** The marks no longer promise the tail. */
    TRUNCATE_MARKS_LOWERED("truncate.marksLowered", false),
    /** The shorter segment is written and is about to take the longer one's name. */
    TRUNCATE_BEFORE_RENAME("truncate.beforeRename", true),
    /** It has the name. */
    TRUNCATE_AFTER_RENAME("truncate.afterRename", false),

    /** The marks say that the log begins later; the files are still there. */
    RETENTION_MARKS_RAISED("retention.marksRaised", false),
    /** The first of them is about to be deleted. */
    RETENTION_BEFORE_DELETE("retention.beforeDelete", true),
    /** All of them are. */
    RETENTION_AFTER_DELETE("retention.afterDelete", false),

    /** A snapshot is about to be written. */
    SNAPSHOT_BEFORE_WRITE("snapshot.beforeWrite", true),
    /** It is written and forced under its passing name. */
    SNAPSHOT_WRITTEN("snapshot.written", false),
    /** It was read back and is about to get its name. */
    SNAPSHOT_BEFORE_RENAME("snapshot.beforeRename", true),
    /** It has its name; the directory is not forced. */
    SNAPSHOT_AFTER_RENAME("snapshot.afterRename", false),
    /** It counts. */
    SNAPSHOT_PUBLISHED("snapshot.published", false),

    /** MAIN: a transaction has its lsn and is in the log's queue; nobody was told. */
    COMMIT_SEQUENCED("commit.sequenced", false),
    /** MAIN: records are decided and about to be applied. */
    COMMIT_BEFORE_DECIDE("commit.beforeDecide", false),
    /** MAIN: they are applied and seen by readers; replicas do not know. */
    COMMIT_DECIDED("commit.decided", false),
    /** MAIN: streams were told. */
    COMMIT_REPLICAS_TOLD("commit.replicasTold", false),
    /** MAIN: sessions are about to be told. */
    COMMIT_BEFORE_ANSWER("commit.beforeAnswer", false),
    /** MAIN: sessions were told. */
    COMMIT_ANSWERED("commit.answered", false),
    /** MAIN: records are about to be sent to one replica. */
    STREAM_BEFORE_SEND("stream.beforeSend", false),
    /** MAIN: they were given to the connection. */
    STREAM_SENT("stream.sent", false),
    /** MAIN: a replica has acknowledged; it does not count yet. */
    STREAM_ACK_RECEIVED("stream.ackReceived", false),

    /** REPLICA: records have arrived. */
    FOLLOWER_RECEIVED("follower.received", false),
    /** REPLICA: they are in the log's queue. */
    FOLLOWER_LOGGED("follower.logged", false),
    /** REPLICA: an acknowledgement is about to be sent. */
    FOLLOWER_BEFORE_ACK("follower.beforeAck", false),
    /** REPLICA: it was given to the connection. */
    FOLLOWER_ACK_SENT("follower.ackSent", false),
    /** REPLICA: decided records are about to be applied. */
    FOLLOWER_BEFORE_APPLY("follower.beforeApply", false),
    /** REPLICA: readers see them. */
    FOLLOWER_APPLIED("follower.applied", false),

    /** The role's events are about to be written to its journal. */
    ROLE_BEFORE_PERSIST("role.beforePersist", false),
    /** They are durable; nothing else of the step has happened. */
    ROLE_PERSISTED("role.persisted", false),
    /** An operator's command is about to be answered. */
    ROLE_BEFORE_REPLY("role.beforeReply", false),
    /** A reign is about to put its EPOCH record into a database's log. */
    EPOCH_BEFORE_WRITE("epoch.beforeWrite", false),
    /** The EPOCH record is in the log's queue. */
    EPOCH_WRITTEN("epoch.written", false),
    /** The EPOCH record is decided; writes may come. */
    EPOCH_DECIDED("epoch.decided", false),
    /** Records of another member are durable here; the promotion has not come about yet. */
    PROMOTION_TAIL_TAKEN("promotion.tailTaken", false);

    private static final boolean ARMED = FailPlan.isAsked();

    private final String title;
    private final boolean disk;

    FailPoint(String title, boolean disk) {
        this.title = title;
        this.disk = disk;
    }

    /** As it is written. */
    public String title() {
        return title;
    }

    /** True when the disk may be asked to fail here. */
    public boolean isAtDisk() {
        return disk;
    }

    /** Somebody is there. */
    public void reached() {
        if (ARMED) {
            FailPlan.current().reached(this);
        }
    }

    /** The disk is about to be used. */
    public void reachedDisk() throws IOException {
        if (ARMED) {
            FailPlan.current().reachedDisk(this);
        }
    }
}
