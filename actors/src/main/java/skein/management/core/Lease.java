package skein.management.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Until when nobody else can be MAIN. It counts from the moment when the report was sent that the leader has seen, by
 * this instance's own clock, so it ends here no later than where it was granted.
 *
 * @param endNanos {@link Long#MIN_VALUE} when there never was one
 * @param sent reports that may still be named, oldest first
 */
record Lease(long endNanos, List<Sent> sent) {
    private static final int SENT_MAX = 256;

    record Sent(long stamp, long nanos) {}

    Lease {
        sent = List.copyOf(sent);
    }

    static Lease none() {
        return new Lease(Long.MIN_VALUE, List.of());
    }

    Lease reported(long stamp, long nowNanos) {
        List<Sent> more = new ArrayList<>(sent.size() < SENT_MAX ? sent : sent.subList(1, sent.size()));
        more.add(new Sent(stamp, nowNanos));
        return new Lease(endNanos, more);
    }

    /** A report that is not known any more, or never was sent, grants nothing. */
    Lease granted(long stamp, Duration duration) {
        if (duration.isZero() || sent.stream().noneMatch(one -> one.stamp() == stamp)) {
            return this;
        }
        long end = sent.stream()
                .filter(one -> one.stamp() == stamp)
                .mapToLong(one -> one.nanos() + duration.toNanos())
                .reduce(endNanos, Math::max);
        return new Lease(end, sent.stream().filter(one -> one.stamp() >= stamp).toList());
    }
}
