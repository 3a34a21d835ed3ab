package skein.cypher.expression.temporal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
 * Instants from maps of components and from one another. A map may name base values under {@code date}, {@code time} or
 * {@code datetime} whose components it overrides. A {@code timezone} moves the clock when the base time has a zone, and
 * is merely attached when it has none.
 */
final class Construction {
    private static final Set<String> DATE_KEYS = keys(List.of("date"), DateParts.KEYS);
    private static final Set<String> LOCALTIME_KEYS = keys(List.of("time"), TimeParts.KEYS);
    private static final Set<String> TIME_KEYS = keys(List.of("time", "timezone"), TimeParts.KEYS);
    private static final Set<String> LOCALDATETIME_KEYS =
            keys(List.of("date", "time", "datetime"), DateParts.KEYS, TimeParts.KEYS);
    private static final Set<String> DATETIME_KEYS = keys(
            List.of("date", "time", "datetime", "timezone", "epochSeconds", "epochMillis"),
            DateParts.KEYS,
            TimeParts.KEYS);

    private Construction() {}

    private static Set<String> keys(List<String> bases, String[]... components) {
        Set<String> keys = new LinkedHashSet<>(bases);
        for (String[] group : components) {
            Collections.addAll(keys, group);
        }
        return keys;
    }

    static Value fromMap(TemporalType type, MapValue map, Supplier<ZonedDateTime> now) {
        return switch (type) {
            case DATE -> {
                Fields fields = new Fields(map, "a date", DATE_KEYS);
                yield new DateValue(DateParts.resolve(fields, baseDate(fields)));
            }
            case LOCALTIME -> {
                Fields fields = new Fields(map, "a localtime", LOCALTIME_KEYS);
                yield new LocalTimeValue(TimeParts.resolve(fields, baseTime(fields)));
            }
            case TIME -> new TimeValue(time(new Fields(map, "a time", TIME_KEYS), now));
            case LOCALDATETIME -> new LocalDateTimeValue(local(new Fields(map, "a localdatetime", LOCALDATETIME_KEYS)));
            case DATETIME -> new DateTimeValue(dateTime(new Fields(map, "a datetime", DATETIME_KEYS)));
        };
    }

    private static OffsetTime time(Fields fields, Supplier<ZonedDateTime> now) {
        @Nullable Moment base = base(fields, "time");
        LocalTime local = TimeParts.resolve(fields, baseTime(fields));
        @Nullable ZoneId zone = zone(fields);
        OffsetTime inBase = local.atOffset(base == null ? ZoneOffset.UTC : base.offsetOrUtc());
        if (zone == null) {
            return inBase;
        }
        ZoneOffset offset = zone.getRules().getOffset(now.get().toInstant());
        return base == null || base.offset() == null ? local.atOffset(offset) : inBase.withOffsetSameInstant(offset);
    }

    private static LocalDateTime local(Fields fields) {
        if (fields.hasAny("datetime") && fields.hasAny("date", "time")) {
            throw Failure.argument(
                    "InvalidArgumentValue", "datetime already gives a date and a time; leave out date and time.");
        }
        return DateParts.resolve(fields, baseDate(fields)).atTime(TimeParts.resolve(fields, baseTime(fields)));
    }

    private static ZonedDateTime dateTime(Fields fields) {
        @Nullable ZoneId zone = zone(fields);
        if (fields.hasAny("epochSeconds", "epochMillis")) {
            return fromEpoch(fields).atZone(zone == null ? ZoneOffset.UTC : zone);
        }
        LocalDateTime local = local(fields);
        @Nullable Moment base = base(fields, fields.hasAny("datetime") ? "datetime" : "time");
        if (base == null || base.zone() == null) {
            return local.atZone(zone == null ? ZoneOffset.UTC : zone);
        }
        ZonedDateTime inBase = ZonedDateTime.ofLocal(local, base.zone(), base.offset());
        return zone == null ? inBase : inBase.withZoneSameInstant(zone);
    }

    private static Instant fromEpoch(Fields fields) {
        int nanos = TimeParts.resolve(fields, LocalTime.MIDNIGHT).get(ChronoField.NANO_OF_SECOND);
        @Nullable Value seconds = fields.value("epochSeconds");
        if (seconds != null) {
            return Instant.ofEpochSecond(fields.integer("epochSeconds", seconds), nanos);
        }
        @Nullable Value millis = fields.value("epochMillis");
        return Instant.ofEpochMilli(millis == null ? 0 : fields.integer("epochMillis", millis))
                .plusNanos(nanos);
    }

    static @Nullable ZoneId zone(Fields fields) {
        @Nullable Value zone = fields.value("timezone");
        if (zone == null) {
            return null;
        }
        if (zone instanceof StringValue(String name)) {
            return ZoneText.parse(name);
        }
        throw Failure.type(
                "InvalidArgumentValue", "timezone must be a String but is " + TypeName.withArticle(zone) + ".");
    }

    private static @Nullable LocalDate baseDate(Fields fields) {
        @Nullable Moment base = base(fields, fields.hasAny("datetime") ? "datetime" : "date");
        if (base == null) {
            return null;
        }
        return required(base.date(), "date");
    }

    private static @Nullable LocalTime baseTime(Fields fields) {
        @Nullable Moment base = base(fields, fields.hasAny("datetime") ? "datetime" : "time");
        if (base == null) {
            return null;
        }
        return required(base.time(), "time");
    }

    private static @Nullable Moment base(Fields fields, String key) {
        @Nullable Value value = fields.value(key);
        if (value == null) {
            return null;
        }
        @Nullable Moment moment = Moment.of(value);
        if (moment == null) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    "The base under " + Failure.quoted(key) + " must be a date or time but is "
                            + TypeName.withArticle(value) + ".");
        }
        return moment;
    }

    private static <T> T required(@Nullable T part, String what) {
        if (part == null) {
            throw Failure.argument("InvalidArgumentValue", "The base value has no " + what + " to take over.");
        }
        return part;
    }

    /** The part of an instant that fits the type; a date without a time starts at midnight, a missing zone is UTC. */
    static Value convert(TemporalType type, Value instant) {
        @Nullable Moment moment = Moment.of(instant);
        if (moment == null) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    type.functionName() + " takes a String, a Map or a date or time but was given "
                            + TypeName.withArticle(instant) + ".");
        }
        return switch (type) {
            case DATE -> new DateValue(required(moment.date(), "date"));
            case LOCALTIME -> new LocalTimeValue(required(moment.time(), "time"));
            case TIME -> new TimeValue(required(moment.time(), "time").atOffset(moment.offsetOrUtc()));
            case LOCALDATETIME ->
                new LocalDateTimeValue(required(moment.date(), "date").atTime(moment.timeOrMidnight()));
            case DATETIME ->
                new DateTimeValue(ZonedDateTime.ofLocal(
                        required(moment.date(), "date").atTime(moment.timeOrMidnight()),
                        moment.zoneOrUtc(),
                        moment.offset()));
        };
    }
}
