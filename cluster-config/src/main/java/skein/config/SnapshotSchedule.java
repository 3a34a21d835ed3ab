package skein.config;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When snapshots are due. */
public sealed interface SnapshotSchedule {
    /** When the next one is due if the last was at this time; empty for never. */
    Optional<ZonedDateTime> after(ZonedDateTime last);

    /** Only when somebody asks, and on exit. */
    record Never() implements SnapshotSchedule {
        @Override
        public Optional<ZonedDateTime> after(ZonedDateTime last) {
            return Optional.empty();
        }
    }

    /** At equal distances. */
    record Every(Duration interval) implements SnapshotSchedule {
        @Override
        public Optional<ZonedDateTime> after(ZonedDateTime last) {
            return Optional.of(last.plus(interval));
        }
    }

    /** At the times that an expression names, in the zone of the time that is asked with. */
    record At(CronExpression expression) implements SnapshotSchedule {
        @Override
        public Optional<ZonedDateTime> after(ZonedDateTime last) {
            return expression.after(last);
        }
    }

    /** Seconds, 0 for never, or a cron expression of six fields; IllegalArgumentException with the reason. */
    static SnapshotSchedule parse(String text) {
        if (text.indexOf(' ') > 0) {
            return new At(CronExpression.parse(text));
        }
        Duration interval = Parsers.seconds(0, 366 * 86_400.0).apply(text);
        return interval.isZero() ? new Never() : new Every(interval);
    }
}
