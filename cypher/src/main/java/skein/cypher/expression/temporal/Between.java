package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;

/**
 * The duration from one instant to another. When only one has a date, only the times of day count; when only one has a
 * time, the other starts at midnight; when only one has a zone, the other is taken to be in it. With a zone, hours that
 * a change of the clocks adds or removes are counted.
 */
public final class Between {
    private static final LocalDate ANY_DAY = LocalDate.EPOCH;

    private Between() {}

    /** Whole months, then whole days, then the rest. */
    public static DurationValue between(Value from, Value to) {
        Pair pair = Pair.of(from, to);
        return pair.computed(() -> {
            long months = pair.dated ? pair.from.until(pair.to, ChronoUnit.MONTHS) : 0;
            Temporal afterMonths = pair.from.plus(months, ChronoUnit.MONTHS);
            long days = pair.dated ? afterMonths.until(pair.to, ChronoUnit.DAYS) : 0;
            Duration rest = Duration.between(afterMonths.plus(days, ChronoUnit.DAYS), pair.to);
            return new DurationValue(months, days, rest.getSeconds(), rest.getNano());
        });
    }

    /** Whole months only. */
    public static DurationValue inMonths(Value from, Value to) {
        Pair pair = Pair.of(from, to);
        return pair.computed(
                () -> new DurationValue(pair.dated ? pair.from.until(pair.to, ChronoUnit.MONTHS) : 0, 0, 0, 0));
    }

    /** Whole days only. */
    public static DurationValue inDays(Value from, Value to) {
        Pair pair = Pair.of(from, to);
        return pair.computed(
                () -> new DurationValue(0, pair.dated ? pair.from.until(pair.to, ChronoUnit.DAYS) : 0, 0, 0));
    }

    /** Seconds and nanoseconds only. */
    public static DurationValue inSeconds(Value from, Value to) {
        Pair pair = Pair.of(from, to);
        return pair.computed(() -> {
            Duration difference = Duration.between(pair.from, pair.to);
            return new DurationValue(0, 0, difference.getSeconds(), difference.getNano());
        });
    }

    /** Two instants brought to one type that java.time can subtract. */
    private static final class Pair {
        private final Temporal from;
        private final Temporal to;
        private final boolean dated;

        private Pair(Temporal from, Temporal to, boolean dated) {
            this.from = from;
            this.to = to;
            this.dated = dated;
        }

        static Pair of(Value fromValue, Value toValue) {
            Moment from = moment(fromValue);
            Moment to = moment(toValue);
            @Nullable LocalDate fromDate = from.date();
            @Nullable LocalDate toDate = to.date();
            @Nullable ZoneId fromZone = from.zone() == null ? to.zone() : from.zone();
            @Nullable ZoneId toZone = to.zone() == null ? from.zone() : to.zone();
            return new Pair(
                    combine(from, fromDate == null ? orAny(toDate) : fromDate, fromZone),
                    combine(to, toDate == null ? orAny(fromDate) : toDate, toZone),
                    fromDate != null && toDate != null);
        }

        private static LocalDate orAny(@Nullable LocalDate date) {
            return date == null ? ANY_DAY : date;
        }

        private static Temporal combine(Moment moment, LocalDate date, @Nullable ZoneId zone) {
            LocalDateTime local = date.atTime(moment.timeOrMidnight());
            return zone == null ? local : ZonedDateTime.ofLocal(local, zone, moment.offset());
        }

        private static Moment moment(Value value) {
            @Nullable Moment moment = Moment.of(value);
            if (moment == null) {
                throw Failure.type(
                        "InvalidArgumentValue",
                        "A duration lies between two dates or times; one of them is " + TypeName.withArticle(value)
                                + ".");
            }
            return moment;
        }

        DurationValue computed(Supplier<DurationValue> difference) {
            try {
                return difference.get();
            } catch (ArithmeticException | DateTimeException e) {
                throw Durations.overflow();
            }
        }
    }
}
