package skein.storage.wal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogRetentionTest {
    private static final OptionalLong NO_REPLICA = OptionalLong.empty();

    /** Ten records and 100 bytes each: 1-10, 11-20, ... */
    private static List<SegmentSpan> segments(int count) {
        List<SegmentSpan> segments = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            segments.add(new SegmentSpan(10L * i, 100, 1000 - 100L * i));
        }
        return segments;
    }

    @Test
    void withoutASnapshotNothingGoes() {
        assertThat(new LogRetention(0, 0).droppableLsn(segments(5), 0, NO_REPLICA))
                .isZero();
    }

    @Test
    void whatTheOldestSnapshotDoesNotCoverStays() {
        LogRetention none = new LogRetention(0, 0);
        assertThat(none.droppableLsn(segments(5), 35, NO_REPLICA)).isEqualTo(30);
        assertThat(none.droppableLsn(segments(5), 40, NO_REPLICA)).isEqualTo(40);
        assertThat(none.droppableLsn(segments(5), 9, NO_REPLICA)).isZero();
    }

    @Test
    void theSegmentThatIsWrittenToStays() {
        assertThat(new LogRetention(0, 0).droppableLsn(segments(5), 50, NO_REPLICA))
                .isEqualTo(40);
        assertThat(new LogRetention(0, 0).droppableLsn(segments(1), 10, NO_REPLICA))
                .isZero();
    }

    @Test
    void soMuchIsKeptInAnyCase() {
        assertThat(new LogRetention(300, 300).droppableLsn(segments(5), 50, NO_REPLICA))
                .isEqualTo(20);
        assertThat(new LogRetention(201, 300).droppableLsn(segments(5), 50, NO_REPLICA))
                .isEqualTo(20);
        assertThat(new LogRetention(200, 300).droppableLsn(segments(5), 50, NO_REPLICA))
                .isEqualTo(30);
        assertThat(new LogRetention(500, 500).droppableLsn(segments(5), 50, NO_REPLICA))
                .isZero();
        assertThat(LogRetention.standard().droppableLsn(segments(5), 50, NO_REPLICA))
                .isZero();
    }

    @Test
    void theSlowestReplicaIsWaitedForUpToTheCap() {
        LogRetention capped = new LogRetention(0, 400);
        assertThat(capped.droppableLsn(segments(5), 50, OptionalLong.of(45))).isEqualTo(40);
        assertThat(capped.droppableLsn(segments(5), 50, OptionalLong.of(25))).isEqualTo(20);
        assertThat(capped.droppableLsn(segments(5), 50, OptionalLong.of(19))).isEqualTo(10);
        assertThat(capped.droppableLsn(segments(5), 50, OptionalLong.of(0))).isEqualTo(10);
        assertThat(capped.droppableLsn(segments(4), 50, OptionalLong.of(0))).isZero();
    }

    /** 900, 800, ... 500 ns old. */
    @Test
    void theSlowestReplicaIsWaitedForUpToTheCapInTime() {
        LogRetention capped = new LogRetention(0, 1000, 700);
        assertThat(capped.droppableLsn(segments(5), 50, OptionalLong.of(0))).isEqualTo(20);
        assertThat(new LogRetention(0, 1000, 900).droppableLsn(segments(5), 50, OptionalLong.of(0)))
                .isZero();
        assertThat(new LogRetention(0, 1000, 1).droppableLsn(segments(5), 50, OptionalLong.of(0)))
                .as("the segment that is written to stays")
                .isEqualTo(40);
        assertThat(new LogRetention(0, 1000, 1).droppableLsn(segments(5), 30, OptionalLong.of(0)))
                .as("what recovery needs stays")
                .isEqualTo(30);
        assertThat(new LogRetention(300, 1000, 1).droppableLsn(segments(5), 50, OptionalLong.of(0)))
                .as("what is kept for everybody stays")
                .isEqualTo(20);
    }

    @Test
    void aReplicaAheadOfTheSnapshotDoesNotLetGoOfWhatRecoveryNeeds() {
        assertThat(new LogRetention(0, 0).droppableLsn(segments(5), 20, OptionalLong.of(50)))
                .isEqualTo(20);
    }

    @Test
    void theCapIsNotBelowWhatIsKept() {
        assertThatThrownBy(() -> new LogRetention(2, 1)).hasMessageContaining("means nothing");
    }

    @Test
    void whateverTheSizesTheRulesHold() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 20_000; run++) {
            List<SegmentSpan> segments = new ArrayList<>();
            long lsn = 0;
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                lsn += random.nextInt(1, 20);
                segments.add(new SegmentSpan(lsn, random.nextInt(1, 200), 0));
            }
            long kept = random.nextLong(800);
            LogRetention retention = new LogRetention(kept, kept + random.nextLong(800));
            long snapshot = random.nextLong(lsn + 1);
            OptionalLong replica = random.nextBoolean() ? NO_REPLICA : OptionalLong.of(random.nextLong(lsn + 1));
            check(retention, segments, snapshot, replica, retention.droppableLsn(segments, snapshot, replica));
        }
    }

    private static void check(
            LogRetention retention, List<SegmentSpan> segments, long snapshot, OptionalLong replica, long droppable) {
        long left = segments.stream()
                .filter(segment -> segment.lastLsn() > droppable)
                .mapToLong(SegmentSpan::bytes)
                .sum();
        long whole = segments.stream().mapToLong(SegmentSpan::bytes).sum();
        assertThat(droppable)
                .isLessThanOrEqualTo(snapshot)
                .isLessThan(segments.getLast().lastLsn());
        if (droppable == 0) {
            assertThat(left).isEqualTo(whole);
            return;
        }
        SegmentSpan newestGone = segments.stream()
                .filter(segment -> segment.lastLsn() == droppable)
                .findFirst()
                .orElseThrow();
        assertThat(left).isGreaterThanOrEqualTo(retention.keptBytes());
        if (replica.isPresent() && replica.getAsLong() < droppable) {
            assertThat(left + newestGone.bytes()).isGreaterThan(retention.cappedBytes());
        }
    }
}
