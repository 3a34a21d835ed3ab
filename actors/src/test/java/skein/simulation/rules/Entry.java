package skein.simulation.rules;

import java.util.List;

/**
 * One record of the log.
 *
 * @param write what it carries; 0 for EPOCH and MEMBERS
 * @param members who belongs to the cluster from here on; empty when that does not change
 * @param crc covers this record and through its predecessor all before it
 */
record Entry(long lsn, Epoch epoch, long write, List<Integer> members, long crc) {
    static Entry after(long lsn, long previousCrc, Epoch epoch, long write, List<Integer> members) {
        long crc = previousCrc;
        for (long part : new long[] {lsn, epoch.tenure(), epoch.tie(), epoch.number(), write, members.hashCode()}) {
            crc = (crc ^ part) * 0x9E3779B97F4A7C15L;
            crc ^= crc >>> 29;
        }
        return new Entry(lsn, epoch, write, members, crc);
    }

    @Override
    public String toString() {
        String what = write > 0 ? "write " + write : members.isEmpty() ? "EPOCH" : "MEMBERS " + members;
        return lsn + "(" + what + " of " + epoch + ")";
    }
}
