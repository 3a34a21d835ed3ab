package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import skein.clients.Client.Answer;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.graph.Value;
import skein.graph.Value.BytesValue;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.DurationValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.PointValue;
import skein.graph.Value.RelationshipValue;

/**
 * Values, there and back. That a value comes back as it went shows little when both ways are wrong alike, so the server
 * also says what it understood.
 */
final class ValueFeatures {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private ValueFeatures() {}

    static Stream<Feature> all() {
        return Stream.of(
                Feature.of("null, boolean, float, string", ValueFeatures::scalars),
                Feature.of("64-bit integer", ValueFeatures::integers),
                Feature.of("bytes", ValueFeatures::bytes),
                Feature.of("nested lists and maps", ValueFeatures::nested),
                Feature.of("date, time, local time, local date-time", ValueFeatures::temporals),
                Feature.of("date-time with offset", ValueFeatures::offsetDateTimes),
                Feature.of("date-time with zone", ValueFeatures::zonedDateTimes),
                Feature.of("duration", ValueFeatures::durations),
                Feature.of("point", ValueFeatures::points),
                Feature.of("node, relationship, path", ValueFeatures::entities));
    }

    private static void scalars(Trial trial) {
        echo(trial, Value.NULL);
        echo(trial, Value.of(true));
        echo(trial, Value.of(false));
        for (double real : List.of(0.0, -0.0, 1.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY)) {
            echo(trial, Value.of(real));
        }
        understood(trial, Value.of(1.5), "1.5");
        for (int length : List.of(0, 15, 16, 255, 256, 65_536)) {
            echo(trial, Value.of("é".repeat(length)));
        }
        understood(trial, Value.of("größer 😀"), "größer 😀");
    }

    private static void integers(Trial trial) {
        LongStream borders = LongStream.of(
                -17, -16, 127, 128, -128, -129, 32_767, 32_768, -32_769, 1L << 31, -(1L << 31) - 1, (1L << 53) + 1);
        borders.forEach(border -> understood(trial, Value.of(border), Long.toString(border)));
        understood(trial, Value.of(Long.MAX_VALUE), "9223372036854775807");
        understood(trial, Value.of(Long.MIN_VALUE), "-9223372036854775808");
    }

    private static void bytes(Trial trial) {
        for (int length : List.of(0, 1, 255, 256, 70_000)) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) i;
            }
            echo(trial, new BytesValue(bytes));
        }
        Value text = new BytesValue("skein".getBytes(StandardCharsets.UTF_8));
        assertThat(trial.run("RETURN size($v)", "v", Value.of(List.of(text, text)))
                        .single())
                .isEqualTo(Value.of(2));
    }

    private static void nested(Trial trial) {
        echo(trial, Value.of(List.of()));
        echo(trial, MapValue.EMPTY);
        echo(trial, Value.of(IntStream.range(0, 300).mapToObj(Value::of).toList()));
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            entries.put("key" + i, Value.of(List.of(Value.of(i), Value.NULL, Value.of("x"))));
        }
        echo(trial, new MapValue(entries));
        Value deep = Value.of("bottom");
        for (int i = 0; i < 10; i++) {
            deep = Value.of(List.of(new MapValue(Map.of("inner", deep))));
        }
        echo(trial, deep);
        assertThat(trial.run(
                                "RETURN $v.list[1].x AS x",
                                "v",
                                new MapValue(Map.of(
                                        "list",
                                        Value.of(List.of(Value.of(0), new MapValue(Map.of("x", Value.of(7))))))))
                        .single())
                .isEqualTo(Value.of(7));
    }

    private static void temporals(Trial trial) {
        understood(trial, new Value.DateValue(LocalDate.of(2024, 2, 29)), "2024-02-29");
        understood(trial, new Value.DateValue(LocalDate.of(1582, 10, 4)), "1582-10-04");
        understood(
                trial,
                new Value.TimeValue(OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3))),
                "01:02:03.000000004-03:00");
        understood(trial, new Value.LocalTimeValue(LocalTime.of(23, 59, 59, 999_999_999)), "23:59:59.999999999");
        understood(
                trial,
                new Value.LocalDateTimeValue(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 5_000_000)),
                "1969-12-31T23:59:59.005");
    }

    private static void offsetDateTimes(Trial trial) {
        ZonedDateTime newYear = ZonedDateTime.of(2020, 1, 1, 0, 0, 1, 0, ZoneOffset.ofHours(1));
        understood(trial, new DateTimeValue(newYear), "2020-01-01T00:00:01+01:00");
        told(trial, "datetime('2020-01-01T00:00:01+01:00')", newYear);
        ZonedDateTime early = ZonedDateTime.of(1900, 6, 1, 12, 30, 1, 7, ZoneOffset.ofHoursMinutes(-5, -30));
        understood(trial, new DateTimeValue(early), "1900-06-01T12:30:01.000000007-05:30");
        told(trial, "datetime('1900-06-01T12:30:01.000000007-05:30')", early);
    }

    private static void zonedDateTimes(Trial trial) {
        for (int month : List.of(1, 7)) {
            ZonedDateTime time = ZonedDateTime.of(2020, month, 1, 10, 20, 30, 1, BERLIN);
            String text = "2020-0%d-01T10:20:30.000000001+0%d:00[Europe/Berlin]".formatted(month, month == 1 ? 1 : 2);
            understood(trial, new DateTimeValue(time), text);
            told(
                    trial,
                    "datetime({year: 2020, month: %d, day: 1, hour: 10, minute: 20, second: 30, nanosecond: 1,"
                                    .formatted(month)
                            + " timezone: 'Europe/Berlin'})",
                    time);
        }
    }

    private static void told(Trial trial, String expression, ZonedDateTime expected) {
        assertThat(trial.run("RETURN " + expression).single()).isEqualTo(new DateTimeValue(expected));
    }

    private static void durations(Trial trial) {
        understood(trial, new DurationValue(14, 3, 5, 6), "P1Y2M3DT5.000000006S");
        echo(trial, new DurationValue(-14, 3, -5, 999_999_999));
        echo(trial, new DurationValue(0, 0, 0, 0));
    }

    private static void points(Trial trial) {
        for (Value point : List.of(
                new PointValue(PointValue.CARTESIAN, 1.5, -2, 0),
                new PointValue(PointValue.CARTESIAN_3D, 1, 2, 3),
                new PointValue(PointValue.WGS_84, 13.4, 52.5, 0),
                new PointValue(PointValue.WGS_84_3D, 13.4, 52.5, 34))) {
            PointValue sent = (PointValue) point;
            PointValue back =
                    (PointValue) trial.run("RETURN $v AS v", "v", point).single();
            assertThat(back.srid()).isEqualTo(sent.srid());
            assertThat(back.x()).isEqualTo(sent.x());
            assertThat(back.y()).isEqualTo(sent.y());
            if (sent.is3d()) {
                assertThat(back.z()).isEqualTo(sent.z());
            }
            assertThat(trial.run("RETURN $v.srid", "v", point).single()).isEqualTo(Value.of(sent.srid()));
            assertThat(trial.run("RETURN $v.y", "v", point).single()).isEqualTo(Value.of(sent.y()));
        }
    }

    private static void entities(Trial trial) {
        String query = "CREATE (a:Person {name: 'Ann'})-[r:KNOWS {since: 2020}]->(b:Person {name: 'Bob'})"
                + " RETURN a, r, b, id(a), id(r), id(b)";
        List<Value> row = trial.run(query).rows().getFirst();
        NodeValue ann = person(row.get(3), "Ann");
        NodeValue bob = person(row.get(5), "Bob");
        RelationshipValue knows = new RelationshipValue(
                number(row.get(4)), ann.id(), bob.id(), "KNOWS", new MapValue(Map.of("since", Value.of(2020))));
        assertThat(row.subList(0, 3)).isEqualTo(List.<Value>of(ann, knows, bob));
        Query walk = new Query(
                "MATCH p = (b)<-[:KNOWS]-(a) WHERE id(a) = $v MATCH q = (a) RETURN p, q, [a, b] AS both",
                Map.of("v", Value.of(ann.id())));
        List<Value> paths = trial.link().run(Session.PLAIN, walk).rows().getFirst();
        assertThat(paths.get(0)).isEqualTo(new PathValue(List.of(bob, ann), List.of(knows)));
        assertThat(paths.get(1)).isEqualTo(new PathValue(List.of(ann), List.of()));
        assertThat(paths.get(2)).isEqualTo(Value.of(List.<Value>of(ann, bob)));
        NodeValue labelled = (NodeValue) trial.run("CREATE (n:A:B:C) RETURN n").single();
        assertThat(labelled.labels()).containsExactlyInAnyOrder("A", "B", "C");
    }

    private static NodeValue person(Value id, String name) {
        return new NodeValue(number(id), List.of("Person"), new MapValue(Map.of("name", Value.of(name))));
    }

    private static long number(Value value) {
        return ((Value.IntegerValue) value).value();
    }

    private static void echo(Trial trial, Value value) {
        Answer answer = trial.run("RETURN $v AS v", "v", value);
        assertThat(answer.single()).isEqualTo(value);
    }

    private static void understood(Trial trial, Value value, String text) {
        echo(trial, value);
        assertThat(trial.run("RETURN toString($v)", "v", value).single()).isEqualTo(Value.of(text));
    }
}
