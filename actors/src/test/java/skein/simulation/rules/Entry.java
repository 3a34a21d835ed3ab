package skein.simulation.rules;

import java.util.List;

/**
 * One record of the log.
 *
 * @param write what it carries; 0 for EPOCH and MEMBERS
 * @param members who belongs to the cluster from here on; empty when that does not change
 * @param quorum with members: how many of them are in force for QUORUM; 0 while the MAIN decides alone
 * @param crc covers this record and through its predecessor all before it
 */
record Entry(long lsn, Epoch epoch, long write, List<Integer> members, int quorum, long crc) {
    static Entry after(long lsn, long previousCrc, Epoch epoch, long write, List<Integer> members, int quorum) {
        long crc = previousCrc;
        for (long part :
                new long[] {lsn, epoch.tenure(), epoch.tie(), epoch.number(), write, members.hashCode() + quorum}) {
            crc = (crc ^ part) * 0x9E3779B97F4A7C15L;
            crc ^= crc >>> 29;
        }
        return new Entry(lsn, epoch, write, members, quorum, crc);
    }

    @Override
    public String toString() {
        String what =
                write > 0 ? "write " + write : members.isEmpty() ? "EPOCH" : "MEMBERS " + members + " k " + quorum;
        return lsn + "(" + what + " of " + epoch + ")";
    }
}
