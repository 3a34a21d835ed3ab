package skein.bolt.packstream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import skein.graph.Value;
import skein.graph.Value.PointValue;

/** Structures that are values: times, durations and points here, graph entities in {@link EntityReader}. */
final class StructureReader {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final PackStreamReader in;
    private final Dialect dialect;
    private final boolean entitiesAllowed;
    private final EntityReader entities;

    StructureReader(PackStreamReader in, Dialect dialect, boolean entitiesAllowed) {
        this.in = in;
        this.dialect = dialect;
        this.entitiesAllowed = entitiesAllowed;
        this.entities = new EntityReader(in, dialect);
    }

    Value read(int tag, int count) {
        try {
            return switch (tag) {
                case Marker.NODE, Marker.RELATIONSHIP, Marker.UNBOUND_RELATIONSHIP, Marker.PATH -> entity(tag, count);
                case Marker.POINT_2D, Marker.POINT_3D -> point(tag, count);
                default -> temporal(tag, count);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw PackStreamException.invalid(
                    "A temporal value is out of range: " + PackStreamReader.shortened(String.valueOf(e.getMessage())));
        }
    }

    private Value entity(int tag, int count) {
        if (!entitiesAllowed) {
            throw PackStreamException.invalid(
                    "Nodes, relationships and paths cannot be parameters; pass their ids or properties");
        }
        return entities.read(tag, count);
    }

    private Value temporal(int tag, int count) {
        return switch (tag) {
            case Marker.DATE -> {
                expect("Date", 1, count);
                yield new Value.DateValue(LocalDate.ofEpochDay(integer()));
            }
            case Marker.TIME -> {
                expect("Time", 2, count);
                LocalTime time = LocalTime.ofNanoOfDay(integer());
                yield new Value.TimeValue(OffsetTime.of(time, offset()));
            }
            case Marker.LOCAL_TIME -> {
                expect("LocalTime", 1, count);
                yield new Value.LocalTimeValue(LocalTime.ofNanoOfDay(integer()));
            }
            case Marker.LOCAL_DATE_TIME -> {
                expect("LocalDateTime", 2, count);
                yield new Value.LocalDateTimeValue(localDateTime());
            }
            case Marker.DURATION -> {
                expect("Duration", 4, count);
                yield duration();
            }
            case Marker.DATE_TIME, Marker.DATE_TIME_ZONE_ID -> utcDateTime(tag, count);
            case Marker.LEGACY_DATE_TIME, Marker.LEGACY_DATE_TIME_ZONE_ID -> legacyDateTime(tag, count);
            default -> throw PackStreamException.invalid("There is no value with the tag 0x%02X".formatted(tag));
        };
    }

    private Value utcDateTime(int tag, int count) {
        expectDialect(dialect.utc(), tag);
        expect("DateTime", 3, count);
        Instant instant = Instant.ofEpochSecond(integer(), nanos());
        ZoneId zone = tag == Marker.DATE_TIME ? offset() : zone(instant.getEpochSecond());
        return new Value.DateTimeValue(ZonedDateTime.ofInstant(instant, zone));
    }

    /** Seconds count local time, so an hour that the clocks repeat is taken for its first pass. */
    private Value legacyDateTime(int tag, int count) {
        expectDialect(!dialect.utc(), tag);
        expect("DateTime", 3, count);
        LocalDateTime local = localDateTime();
        ZoneId zone = tag == Marker.LEGACY_DATE_TIME ? offset() : zone(local.toEpochSecond(ZoneOffset.UTC));
        return new Value.DateTimeValue(ZonedDateTime.of(local, zone));
    }

    private Value point(int tag, int count) {
        boolean three = tag == Marker.POINT_3D;
        expect("Point", three ? 4 : 3, count);
        long srid = integer();
        double x = floating();
        double y = floating();
        double z = three ? floating() : Double.NaN;
        boolean known = three
                ? srid == PointValue.CARTESIAN_3D || srid == PointValue.WGS_84_3D
                : srid == PointValue.CARTESIAN || srid == PointValue.WGS_84;
        if (!known) {
            throw PackStreamException.invalid("There is no %s-dimensional coordinate system with the SRID %d"
                    .formatted(three ? "three" : "two", srid));
        }
        return new PointValue((int) srid, x, y, z);
    }

    /** Clients may send nanoseconds below zero or above a second; our values keep them within one. */
    private Value duration() {
        long months = integer();
        long days = integer();
        long seconds = integer();
        long nanos = integer();
        return new Value.DurationValue(
                months, days, Math.addExact(seconds, Math.floorDiv(nanos, NANOS_PER_SECOND)), (int)
                        Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    private LocalDateTime localDateTime() {
        return LocalDateTime.ofEpochSecond(integer(), nanos(), ZoneOffset.UTC);
    }

    private int nanos() {
        long nanos = integer();
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw PackStreamException.invalid(nanos + " nanoseconds do not lie within a second");
        }
        return (int) nanos;
    }

    private ZoneId zone(long epochSecond) {
        String id = text();
        in.charge(HeapCost.zone(id, epochSecond));
        return ZoneId.of(id);
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(integer()));
    }

    private long integer() {
        return in.value() instanceof Value.IntegerValue(long value) ? value : wrongType("an integer");
    }

    private double floating() {
        return in.value() instanceof Value.FloatValue(double value) ? value : wrongType("a float");
    }

    private String text() {
        if (in.value() instanceof Value.StringValue(String value)) {
            return value;
        }
        throw PackStreamException.invalid("A field of a structure must be a string");
    }

    private static long wrongType(String expected) {
        throw PackStreamException.invalid("A field of a structure must be " + expected);
    }

    private static void expectDialect(boolean spoken, int tag) {
        if (!spoken) {
            throw PackStreamException.invalid(
                    "A DateTime with the tag '%c' does not belong to the agreed version of Bolt".formatted(tag));
        }
    }

    static void expect(String name, int expected, int found) {
        if (expected != found) {
            throw PackStreamException.invalid("%s has %d fields here, not %d".formatted(name, expected, found));
        }
    }
}
