package skein.replication.core;

import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.vocabulary.LogPosition;

/**
 * Finds where two logs of one database part. An EPOCH record's position names its reign, and its checksum covers all
 * that went before; so two logs that hold the same EPOCH record agree up to it, and as one MAIN alone wrote under that
 * reign, they agree from there to the end of the reign in the shorter of the two.
 */
public final class Lineage {
    private Lineage() {}

    /**
     * The lsn of the last record that both hold; 0 for none.
     *
     * @param reigns positions of MAIN's EPOCH records, oldest first, all of them
     * @param endLsn MAIN's last record
     * @param other the replica's log; when it holds more reigns than travel and none of those is MAIN's, the answer is
     *     0
     */
    public static long commonLsn(List<LogPosition> reigns, long endLsn, LogReport other) {
        long otherEnd = other.end().lsn();
        for (LogPosition reign : other.lineage()) {
            Optional<Long> reignEnd = endOf(reign, reigns, endLsn);
            if (reignEnd.isPresent()) {
                return Math.min(reignEnd.get(), otherEnd);
            }
            otherEnd = reign.lsn() - 1;
        }
        return 0;
    }

    /**
     * True when the other log holds all of this one and more: it has not parted from it. Never so of a MAIN's log,
     * which holds the EPOCH record of its reign, above any that its replicas accepted before; but a replica that passes
     * on what it knows may be behind one that follows it since.
     */
    public static boolean isAhead(LogReport other, List<LogPosition> reigns, long endLsn) {
        return other.end().lsn() > endLsn && commonLsn(reigns, endLsn, other) == endLsn;
    }

    private static Optional<Long> endOf(LogPosition reign, List<LogPosition> reigns, long endLsn) {
        int at = reigns.indexOf(reign);
        if (at < 0) {
            return Optional.empty();
        }
        return Optional.of(at + 1 < reigns.size() ? reigns.get(at + 1).lsn() - 1 : endLsn);
    }
}
