package skein.bolt.packstream;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import skein.graph.Value;

/** Values of every kind, thrown from a seed. */
public final class ValueDice {
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Kathmandu"), ZoneOffset.UTC, ZoneOffset.ofHours(-5));
    private static final List<String> TEXTS = List.of("", "a", "größer", "日本語", "😀", "x".repeat(300));

    private final RandomGenerator dice;

    public ValueDice(RandomGenerator dice) {
        this.dice = dice;
    }

    /** Anything a client may send as a parameter. */
    public Value parameter(int depthLeft) {
        return switch (dice.nextInt(depthLeft > 0 ? 14 : 12)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(dice.nextBoolean());
            case 2, 3 -> Value.of(dice.nextLong() >> dice.nextInt(64));
            case 4 -> Value.of(dice.nextDouble());
            case 5 -> Value.of(text());
            case 6 -> bytes();
            case 7 -> new Value.DateValue(LocalDate.ofEpochDay(dice.nextInt()));
            case 8 ->
                new Value.TimeValue(OffsetTime.of(time(), ZoneOffset.ofTotalSeconds(dice.nextInt(-64_800, 64_801))));
            case 9 -> new Value.LocalDateTimeValue(dateTime());
            case 10 -> new Value.DateTimeValue(unambiguous());
            case 11 -> other();
            case 12 -> list(depthLeft);
            default -> map(depthLeft);
        };
    }

    /** Anything a row may hold. */
    public Value result() {
        return switch (dice.nextInt(6)) {
            case 0 -> node(dice.nextInt(5));
            case 1 -> relationship(dice.nextInt(5), dice.nextInt(5), dice.nextInt(5));
            case 2, 3 -> path();
            default -> parameter(3);
        };
    }

    private Value other() {
        return switch (dice.nextInt(4)) {
            case 0 -> new Value.LocalTimeValue(time());
            case 1 ->
                new Value.DurationValue(dice.nextInt(), dice.nextInt(), dice.nextLong(), dice.nextInt(1_000_000_000));
            case 2 ->
                new Value.PointValue(
                        dice.nextBoolean() ? 7203 : 4326, dice.nextDouble(), dice.nextDouble(), Double.NaN);
            default -> new Value.PointValue(dice.nextBoolean() ? 9157 : 4979, 1, dice.nextDouble(), dice.nextDouble());
        };
    }

    private Value bytes() {
        byte[] bytes = new byte[dice.nextInt(400)];
        dice.nextBytes(bytes);
        return new Value.BytesValue(bytes);
    }

    private String text() {
        return TEXTS.get(dice.nextInt(TEXTS.size()));
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay(dice.nextLong(86_400_000_000_000L));
    }

    private LocalDateTime dateTime() {
        return LocalDateTime.of(LocalDate.ofEpochDay(dice.nextInt(-1_000_000, 1_000_000)), time());
    }

    /** Old versions cannot tell the two passes of a repeated hour apart, so it is always the first. */
    private ZonedDateTime unambiguous() {
        return ZonedDateTime.of(dateTime(), ZONES.get(dice.nextInt(ZONES.size())))
                .withEarlierOffsetAtOverlap();
    }

    private Value list(int depthLeft) {
        List<Value> values = new ArrayList<>();
        for (int i = dice.nextInt(20); i > 0; i--) {
            values.add(parameter(depthLeft - 1));
        }
        return new Value.ListValue(values);
    }

    private Value.MapValue map(int depthLeft) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = dice.nextInt(20); i > 0; i--) {
            entries.put(text() + i, parameter(depthLeft - 1));
        }
        return new Value.MapValue(entries);
    }

    private Value.NodeValue node(long id) {
        return new Value.NodeValue(id, List.of("L" + id), new Value.MapValue(Map.of("id", Value.of(id))));
    }

    private Value.RelationshipValue relationship(long id, long from, long to) {
        return new Value.RelationshipValue(id, from, to, "T" + id, new Value.MapValue(Map.of("id", Value.of(id))));
    }

    /** A walk over few nodes, so that it meets itself, goes round loops and walks against directions. */
    private Value path() {
        List<Value.NodeValue> nodes = new ArrayList<>(List.of(node(dice.nextInt(4))));
        List<Value.RelationshipValue> relationships = new ArrayList<>();
        for (int i = dice.nextInt(8); i > 0; i--) {
            long from = nodes.getLast().id();
            long to = dice.nextInt(4);
            boolean forwards = dice.nextBoolean();
            long start = forwards ? from : to;
            long end = forwards ? to : from;
            relationships.add(relationship(100 + start * 10 + end, start, end));
            nodes.add(node(to));
        }
        return new Value.PathValue(nodes, relationships);
    }
}
