package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.Supplier;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.DateValue;
import skein.graph.Value.LocalDateTimeValue;
import skein.graph.Value.LocalTimeValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;
import skein.graph.Value.TimeValue;

/**
 * The five instant types and their constructors. Text, components or values that make no date or time are an
 * ARGUMENT_ERROR, other types of argument a TYPE_ERROR.
 */
public enum TemporalType {
    DATE,
    TIME,
    LOCALTIME,
    DATETIME,
    LOCALDATETIME;

    /** The name of the constructor function. */
    public String functionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The given moment as a value of this type. */
    public Value at(ZonedDateTime moment) {
        return switch (this) {
            case DATE -> new DateValue(moment.toLocalDate());
            case TIME -> new TimeValue(moment.toOffsetDateTime().toOffsetTime());
            case LOCALTIME -> new LocalTimeValue(moment.toLocalTime());
            case DATETIME -> new DateTimeValue(moment);
            case LOCALDATETIME -> new LocalDateTimeValue(moment.toLocalDateTime());
        };
    }

    /** The given moment in a time zone of this name or offset, as a value of this type. */
    public Value at(ZonedDateTime moment, Value zone) {
        if (zone instanceof StringValue(String name)) {
            return at(moment.withZoneSameInstant(ZoneText.parse(name)));
        }
        throw Failure.type(
                "InvalidArgumentValue", "A time zone must be a String but is " + TypeName.withArticle(zone) + ".");
    }

    /**
     * A value of this type from text, from a map of components, or taken out of another instant.
     *
     * @param now decides the offset of a {@code time} in a named zone; asked only for that
     */
    public Value construct(Value argument, Supplier<ZonedDateTime> now) {
        return switch (argument) {
            case Value.NullValue nothing -> nothing;
            case StringValue(String text) -> parse(text.strip());
            case MapValue map -> checked(() -> Construction.fromMap(this, map, now));
            default -> checked(() -> Construction.convert(this, argument));
        };
    }

    /**
     * The start of the unit of time that an instant falls into, as a value of this type, with components overridden.
     *
     * @param unit from {@code millennium} to {@code microsecond}
     * @param overrides components to set after truncation; a {@code timezone} is attached without moving the clock
     */
    public Value truncate(String unit, Value instant, MapValue overrides, ZonedDateTime now) {
        return checked(() -> Truncation.truncate(this, unit, instant, overrides, now));
    }

    private Value parse(String text) {
        return switch (this) {
            case DATE -> new DateValue(TemporalText.date(text));
            case TIME -> new TimeValue(TemporalText.time(text));
            case LOCALTIME -> new LocalTimeValue(TemporalText.localTime(text));
            case DATETIME -> new DateTimeValue(TemporalText.dateTime(text));
            case LOCALDATETIME -> new LocalDateTimeValue(TemporalText.localDateTime(text));
        };
    }

    /** The calendar itself reports components out of range by exceptions; users get them as an ARGUMENT_ERROR. */
    private Value checked(Supplier<Value> computation) {
        try {
            return computation.get();
        } catch (DateTimeException e) {
            throw Failure.argument(
                    "InvalidArgumentValue", "These components make no " + functionName() + ": " + e.getMessage() + ".");
        }
    }
}
