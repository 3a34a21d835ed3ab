package skein.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotScheduleTest {
    @Test
    void aNumberIsADistanceAndZeroMeansNever() {
        assertThat(SnapshotSchedule.parse("300")).isEqualTo(new SnapshotSchedule.Every(Duration.ofMinutes(5)));
        assertThat(SnapshotSchedule.parse("0")).isEqualTo(new SnapshotSchedule.Never());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * * *          | 2024-02-28T10:00:00Z | 2024-02-28T10:00:01Z",
                "0 * * * * *          | 2024-02-28T10:00:00Z | 2024-02-28T10:01:00Z",
                "0 0 3 * * *          | 2024-02-28T03:00:00Z | 2024-02-29T03:00:00Z",
                "0 0 3 * * *          | 2024-02-28T02:59:59Z | 2024-02-28T03:00:00Z",
                "*/20 5-6 * * * ?     | 2024-01-01T00:06:40Z | 2024-01-01T01:05:00Z",
                "0 0 0 29 FEB *       | 2024-02-29T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 30 12 * * MON-FRI  | 2024-03-01T12:30:00Z | 2024-03-04T12:30:00Z",
                "0 0 12 * * 7         | 2024-03-01T00:00:00Z | 2024-03-03T12:00:00Z",
                "15,45 0 0 1 1,7 *    | 2024-01-01T00:00:15Z | 2024-01-01T00:00:45Z",
                "0 0 2 * * *          | 2024-03-31T00:00:00+01:00[Europe/Paris] | 2024-03-31T03:00:00+02:00[Europe/Paris]",
            })
    void aCronExpressionNamesTheNextFittingTime(String expression, ZonedDateTime last, ZonedDateTime next) {
        assertThat(SnapshotSchedule.parse(expression).after(last)).contains(next);
    }

    @Test
    void aDateThatNeverComesIsNever() {
        assertThat(SnapshotSchedule.parse("0 0 0 31 2 *").after(ZonedDateTime.parse("2024-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "0 0 3 * *",
                "0 0 3 * * * *",
                "60 * * * * *",
                "* * * * * MOO",
                "5-1 * * * * *",
                "*/0 * * * * *"
            })
    void whatCannotBeIsRefusedInWords(String text) {
        assertThatThrownBy(() -> SnapshotSchedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".{10,}");
    }
}
