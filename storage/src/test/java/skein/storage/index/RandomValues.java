package skein.storage.index;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import skein.graph.Value;
import skein.graph.Value.PointValue;

/** Values of every storable kind, close to each other and to where kinds of encoding meet. */
public final class RandomValues {
    private static final long[] EDGES = {
        0, 1, 1L << 43, 1L << 44, 1L << 45, 1L << 52, 1L << 53, 1L << 54, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final String[] PIECES = {"", "a", "b", "ab", "\0", "\uFFFF", "\uE000", "\uD83D\uDE00", "\uD800", "é"
    };

    private RandomValues() {}

    public static Value scalar(SplittableRandom random) {
        return switch (random.nextInt(13)) {
            case 0 -> Value.of(integer(random));
            case 1 -> Value.of(decimal(random));
            case 2 -> Value.of(text(random));
            case 3 -> Value.of(random.nextBoolean());
            case 4 -> new Value.BytesValue(new byte[] {(byte) random.nextInt(3), (byte) random.nextInt(-1, 2)});
            case 5 -> new Value.DateValue(LocalDate.ofEpochDay(random.nextLong(-3, 3) * 100_000));
            case 6 -> new Value.LocalTimeValue(time(random));
            case 7 -> new Value.TimeValue(OffsetTime.of(time(random), offset(random)));
            case 8 -> new Value.LocalDateTimeValue(LocalDateTime.ofInstant(instant(random), ZoneOffset.UTC));
            case 9 -> new Value.DateTimeValue(ZonedDateTime.ofInstant(instant(random), zone(random)));
            case 10 ->
                new Value.DurationValue(
                        random.nextLong(-2, 2), random.nextLong(-2, 2), random.nextLong(-2, 2), random.nextInt(2));
            case 11 -> point(random);
            default -> Value.of(random.nextLong(-3, 4));
        };
    }

    public static Value any(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                List<Value> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(random.nextInt(4) == 0 ? any(random) : scalar(random));
                }
                yield Value.of(values);
            }
            case 1 -> new Value.MapValue(Map.of(text(random), scalar(random), "k", scalar(random)));
            default -> scalar(random);
        };
    }

    static long integer(SplittableRandom random) {
        long near = EDGES[random.nextInt(EDGES.length)] + random.nextLong(-2, 3);
        return random.nextBoolean() ? near : -near;
    }

    static double decimal(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> (double) integer(random);
            case 1 -> Math.nextUp((double) integer(random));
            case 2 -> random.nextLong(-4, 4) / 2.0;
            case 3 -> random.nextLong(-4, 4) / 10.0;
            case 4 -> random.nextDouble() * Math.pow(2, random.nextInt(-70, 70)) * (random.nextBoolean() ? 1 : -1);
            default ->
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0x1p63, -0x1p63}
                        [random.nextInt(6)];
        };
    }

    static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(8) == 0) {
            text.insert(0, "x".repeat(random.nextInt(55, 66)));
        }
        return text.toString();
    }

    static PointValue point(SplittableRandom random) {
        int srid = new int[] {PointValue.CARTESIAN, PointValue.CARTESIAN_3D, PointValue.WGS_84, PointValue.WGS_84_3D}
                [random.nextInt(4)];
        boolean has3 = srid == PointValue.CARTESIAN_3D || srid == PointValue.WGS_84_3D;
        return new PointValue(srid, coordinate(random), coordinate(random), has3 ? coordinate(random) : Double.NaN);
    }

    private static double coordinate(SplittableRandom random) {
        return random.nextInt(4) == 0 ? random.nextInt(-2, 3) * 0.0 : random.nextDouble(-90, 90);
    }

    private static LocalTime time(SplittableRandom random) {
        return LocalTime.of(random.nextInt(24), 0, 0, random.nextInt(2));
    }

    private static ZoneOffset offset(SplittableRandom random) {
        return ZoneOffset.ofHours(random.nextInt(-2, 3));
    }

    private static Instant instant(SplittableRandom random) {
        return Instant.ofEpochSecond(random.nextLong(-2, 3) * 10_000_000_000L, random.nextInt(2));
    }

    private static ZoneId zone(SplittableRandom random) {
        return random.nextBoolean() ? offset(random) : ZoneId.of("Europe/Stockholm");
    }
}
