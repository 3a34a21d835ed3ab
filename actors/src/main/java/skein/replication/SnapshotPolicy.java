package skein.replication;

import skein.config.SnapshotSchedule;

/**
 * When a database takes snapshots.
 *
 * @param schedule while it runs; a snapshot is taken only when something changed
 * @param onExit whether one is taken when the instance stops
 */
public record SnapshotPolicy(SnapshotSchedule schedule, boolean onExit) {
    /** Only when somebody asks. */
    public static final SnapshotPolicy ON_DEMAND = new SnapshotPolicy(new SnapshotSchedule.Never(), false);
}
