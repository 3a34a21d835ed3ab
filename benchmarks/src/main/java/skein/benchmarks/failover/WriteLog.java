package skein.benchmarks.failover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import skein.benchmarks.failover.Write.Told;

/** What one client was told, in order. Thread-safe. */
final class WriteLog {
    private final List<Write> writes = new ArrayList<>();

    synchronized void add(Write write) {
        writes.add(write);
    }

    /** When the first write that was sent after this moment was committed. */
    synchronized OptionalLong firstCommittedAfter(long nanos) {
        return writes.stream()
                .filter(write -> write.committed() && write.sentNanos() - nanos >= 0)
                .mapToLong(Write::answeredNanos)
                .findFirst();
    }

    /** How long the first write took by itself that was sent after this moment and committed; -1 for none. */
    synchronized long millisOfFirstAfter(long nanos) {
        return writes.stream()
                .filter(write -> write.committed() && write.sentNanos() - nanos >= 0)
                .mapToLong(write -> TimeUnit.NANOSECONDS.toMillis(write.answeredNanos() - write.sentNanos()))
                .findFirst()
                .orElse(-1);
    }

    /** The longest time between two committed writes that touches this span. */
    synchronized long longestGapMillis(long fromNanos, long toNanos) {
        long before = fromNanos;
        long longest = 0;
        for (Write write : writes) {
            if (write.committed()) {
                if (write.answeredNanos() - fromNanos >= 0 && before - toNanos <= 0) {
                    longest = Math.max(longest, write.answeredNanos() - before);
                }
                before = write.answeredNanos();
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(longest);
    }

    /**
     * What was not committed since then: how long after, how long it took, and why. Repetitions of one reason are one.
     */
    synchronized List<String> failuresSince(long nanos) {
        List<String> lines = new ArrayList<>();
        String before = "";
        for (Write write : writes) {
            if (!write.committed()
                    && write.answeredNanos() - nanos >= 0
                    && !write.why().equals(before)) {
                lines.add("%6d ms  client, after %d ms: %s %s"
                        .formatted(
                                TimeUnit.NANOSECONDS.toMillis(write.answeredNanos() - nanos),
                                TimeUnit.NANOSECONDS.toMillis(write.answeredNanos() - write.sentNanos()),
                                write.told(),
                                write.why()));
                before = write.why();
            }
        }
        return lines;
    }

    synchronized long count(Told told) {
        return writes.stream().filter(write -> write.told() == told).count();
    }

    /** Of those that were called so. */
    synchronized long countMissing(Told told, Set<Long> found) {
        return writes.stream()
                .filter(write -> write.told() == told && !found.contains(write.id()))
                .count();
    }

    /** Refused, and there nevertheless. */
    synchronized long countReappeared(Set<Long> found) {
        return writes.stream()
                .filter(write -> write.told() == Told.REFUSED && found.contains(write.id()))
                .count();
    }

    synchronized Set<Long> ids() {
        Set<Long> ids = new HashSet<>();
        writes.forEach(write -> ids.add(write.id()));
        return ids;
    }
}
