package skein.replication.core;

import java.util.List;

/**
 * What it would take to bring a replica up to date.
 *
 * @param logBytes of the log after the replica's last record; those that were dropped do not count
 * @param graphBytes what the graph takes in memory: a new snapshot would be smaller
 * @param canSnapshot whether a snapshot can be taken of this database
 * @param snapshots those that the log goes on after, newest first
 */
public record CatchUpCosts(long logBytes, long graphBytes, boolean canSnapshot, List<Candidate> snapshots) {
    /** Of a log that is worth nothing but itself. */
    public static final CatchUpCosts NONE = new CatchUpCosts(0, 0, false, List.of());

    public CatchUpCosts {
        snapshots = List.copyOf(snapshots);
    }

    CatchUpCosts withoutNewSnapshot() {
        return new CatchUpCosts(logBytes, graphBytes, false, snapshots);
    }

    /**
     * One snapshot.
     *
     * @param lsn of its record
     * @param bytes that would have to be sent of it: less what the replica holds already
     * @param logBytes of the log after it
     */
    public record Candidate(long lsn, long bytes, long logBytes) {
        long cost() {
            return bytes + logBytes;
        }
    }
}
