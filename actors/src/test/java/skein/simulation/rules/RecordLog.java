package skein.simulation.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A log on a disk that forgets what was not forced. After a power cut the disk holds either what it held at the last
 * fsync, or any part of what happened since, in order.
 */
final class RecordLog {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> membership = new ArrayList<>();
    private List<Entry> onDisk = List.of();
    private List<Entry> beingForced = List.of();
    private long durable;
    private long untouched;
    private boolean clean = true;

    long end() {
        return entries.size();
    }

    /** Certain to survive. */
    long durable() {
        return durable;
    }

    boolean isClean() {
        return clean;
    }

    Entry at(long lsn) {
        return entries.get((int) lsn - 1);
    }

    long crcAt(long lsn) {
        return lsn == 0 ? 0 : at(lsn).crc();
    }

    boolean holds(long lsn, long crc) {
        return lsn <= end() && crcAt(lsn) == crc;
    }

    Epoch lastEpoch() {
        return entries.isEmpty() ? Epoch.NONE : entries.getLast().epoch();
    }

    List<Entry> from(long first, long last) {
        return List.copyOf(entries.subList((int) first - 1, (int) last));
    }

    /** Who belonged to the cluster at {@code lsn}; nobody before the first record. */
    List<Integer> membersAt(long lsn) {
        for (int i = membership.size() - 1; i >= 0; i--) {
            if (membership.get(i).lsn() <= lsn) {
                return membership.get(i).members();
            }
        }
        return List.of();
    }

    /** How many confirmations were in force at {@code lsn}, as far as records say. */
    int quorumAt(long lsn) {
        for (int i = membership.size() - 1; i >= 0; i--) {
            if (membership.get(i).lsn() <= lsn) {
                return membership.get(i).quorum();
            }
        }
        return 0;
    }

    long lastMembersLsn() {
        return membership.isEmpty() ? 0 : membership.getLast().lsn();
    }

    void append(Entry entry) {
        if (entry.lsn() != end() + 1) {
            throw new IllegalStateException(entry + " after " + end());
        }
        entries.add(entry);
        if (!entry.members().isEmpty()) {
            membership.add(entry);
        }
        clean = false;
    }

    void truncate(long lsn) {
        if (lsn < end()) {
            entries.subList((int) lsn, entries.size()).clear();
            membership.removeIf(entry -> entry.lsn() > lsn);
            durable = Math.min(durable, lsn);
            untouched = Math.min(untouched, lsn);
            clean = false;
        }
    }

    void beginForce() {
        beingForced = List.copyOf(entries);
        untouched = entries.size();
        clean = true;
    }

    void endForce() {
        onDisk = beingForced;
        durable = Math.min(untouched, end());
    }

    /** The process ended: what the operating system holds is still there, but who knows what of it is on the disk. */
    void reopen() {
        clean = false;
    }

    /** What is read after the power came back. */
    void loseUnforced(Random random) {
        List<Entry> now = List.copyOf(entries);
        int kept = random.nextInt(4) == 0 ? -1 : (int) durable + random.nextInt((int) (now.size() - durable) + 1);
        List<Entry> left = kept < 0 ? onDisk : now.subList(0, kept);
        long sure = durable;
        truncate(0);
        left.forEach(this::append);
        onDisk = left;
        durable = Math.min(sure, left.size());
    }

    /** The last record that both logs hold. */
    long matchingPoint(List<Entry> other) {
        long low = 0;
        long high = Math.min(end(), other.size());
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (at(middle).crc() == other.get((int) middle - 1).crc()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
