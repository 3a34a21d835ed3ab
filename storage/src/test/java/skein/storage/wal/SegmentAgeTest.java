package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import skein.lent.LentPlatform;
import skein.storage.log.RecordBody.SystemPayload;
import skein.storage.log.RecordCodec;
import skein.storage.wal.core.SegmentSpan;

/** How old a segment is decides how long it is kept for a replica that is away. */
final class SegmentAgeTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOME_TIME_OF_THE_TEST = Duration.ofMinutes(10);

    private final FaultDisk disk = new FaultDisk();
    private final LeapingClock clock = new LeapingClock();

    private WriteAheadLog open() {
        return WriteAheadLog.open(disk, RecordedLog.settings().withPlatform(clock), new ListenerProbe());
    }

    /** Fills the last segment and begins another. */
    private static void fill(WriteAheadLog log) {
        log.append(RecordCodec.draft(new SystemPayload(new byte[RecordedLog.SEGMENT_BYTES])), 0);
        log.flush();
    }

    private static void assertAges(WriteAheadLog log, int... hours) {
        List<SegmentSpan> spans = log.segments();
        assertThat(spans).hasSize(hours.length + 1);
        for (int i = 0; i < hours.length; i++) {
            long least = HOUR.multipliedBy(hours[i]).toNanos();
            assertThat(spans.get(i).restingNanos())
                    .as("segment %d", i + 1)
                    .isBetween(least, least + SOME_TIME_OF_THE_TEST.toNanos());
        }
        assertThat(spans.getLast().restingNanos())
                .as("the one that is written to")
                .isZero();
    }

    @Test
    void aSegmentRestsFromWhenTheNextOneBeganAndAnewAfterAStart() {
        try (WriteAheadLog log = open()) {
            fill(log);
            clock.leap(HOUR);
            fill(log);
            clock.leap(HOUR);
            fill(log);
            clock.leap(HOUR);
            assertAges(log, 2, 1);
        }
        try (WriteAheadLog again = open()) {
            clock.leap(HOUR);
            assertAges(again, 1, 1);
        }
    }

    /** The process's own, but for its monotonic clock. */
    private static final class LeapingClock extends LentPlatform {
        private final AtomicLong leaptNanos = new AtomicLong();

        void leap(Duration time) {
            leaptNanos.addAndGet(time.toNanos());
        }

        @Override
        public long nanoTime() {
            return super.nanoTime() + leaptNanos.get();
        }
    }
}
