package skein.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogMarksTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final LogMarks marks = new LogMarks();

    @Test
    void whoHoldsEverythingHasNoLag() {
        assertThat(marks.ageNanos(0, 5)).isZero();
        marks.note(10, 1000);
        assertThat(marks.ageNanos(10, 5000)).isZero();
        assertThat(marks.ageNanos(11, 5000)).isZero();
    }

    @Test
    void theOldestRecordThatIsMissingCounts() {
        marks.note(1, 100 * MILLI);
        marks.note(2, 200 * MILLI);
        marks.note(5, 300 * MILLI);
        assertThat(marks.ageNanos(0, 1000 * MILLI)).isEqualTo(900 * MILLI);
        assertThat(marks.ageNanos(1, 1000 * MILLI)).isEqualTo(800 * MILLI);
        assertThat(marks.ageNanos(2, 1000 * MILLI)).isEqualTo(700 * MILLI);
        assertThat(marks.ageNanos(4, 1000 * MILLI)).isEqualTo(700 * MILLI);
    }

    @Test
    void anIdleLogDoesNotAge() {
        marks.note(1, 0);
        marks.note(1, 1000 * MILLI);
        marks.note(2, 2000 * MILLI);
        assertThat(marks.ageNanos(1, 2001 * MILLI)).isEqualTo(MILLI);
    }

    @Test
    void recordsCloseTogetherShareTheTimeOfTheFirst() {
        marks.note(1, 0);
        marks.note(2, MILLI);
        assertThat(marks.ageNanos(1, 10 * MILLI)).isEqualTo(10 * MILLI);
    }

    @Test
    void manyMarksGetCoarserButNeverTooYoung() {
        Random random = new Random(3);
        int records = 20_000;
        long[] written = new long[records + 1];
        long now = 0;
        for (int lsn = 1; lsn <= records; lsn++) {
            now += random.nextInt(20) * MILLI;
            written[lsn] = now;
            marks.note(lsn, now);
        }
        long end = now;
        IntStream.range(0, records)
                .forEach(held -> assertThat(marks.ageNanos(held, end)).isGreaterThanOrEqualTo(end - written[held + 1]));
        // the youngest are still told apart well
        assertThat(marks.ageNanos(records - 1, end)).isLessThan(end - written[records] + 10 * MILLI);
    }
}
