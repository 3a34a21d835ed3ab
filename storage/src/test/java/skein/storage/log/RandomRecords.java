package skein.storage.log;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import skein.graph.Value;
import skein.storage.api.IndexKind;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyType;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/** Values and records of every kind from a seed, small and boundary ones often. */
public final class RandomRecords {
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC", "Australia/Lord_Howe");
    private static final List<String> TEXTS =
            List.of("", "a", "Ünïcødé", "𝄞 clef", "\uD800", "x\uDC00\uD834\uDD1E", "\uFFFD");
    private static final int DEPTH_MAX = 3;

    private final Random random;

    public RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** A value that can be stored; null only inside lists and maps. */
    public Value value() {
        return value(0);
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth < DEPTH_MAX ? 15 : 13)) {
            case 0 -> Value.of(random.nextBoolean());
            case 1 -> Value.of(integer());
            case 2 -> Value.of(real());
            case 3 -> Value.of(text());
            case 4 -> new Value.BytesValue(bytes(random.nextInt(40)));
            case 5 ->
                new Value.DateValue(
                        LocalDate.ofEpochDay(bounded(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())));
            case 6 -> new Value.TimeValue(OffsetTime.of(time(), offset()));
            case 7 -> new Value.LocalTimeValue(time());
            case 8 -> new Value.DateTimeValue(ZonedDateTime.ofInstant(instant(), offset()));
            case 9 -> new Value.DateTimeValue(ZonedDateTime.ofInstant(instant(), ZoneId.of(pick(ZONES))));
            case 10 -> new Value.LocalDateTimeValue(LocalDateTime.ofInstant(instant(), ZoneOffset.UTC));
            case 11 -> new Value.DurationValue(integer(), integer(), integer(), random.nextInt(1_000_000_000));
            case 12 -> point();
            case 13 -> new Value.ListValue(many(4, () -> random.nextInt(8) == 0 ? Value.NULL : value(depth + 1)));
            default -> map(depth);
        };
    }

    private Value map(int depth) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(text(), random.nextInt(8) == 0 ? Value.NULL : value(depth + 1));
        }
        return new Value.MapValue(entries);
    }

    private Value point() {
        return switch (random.nextInt(4)) {
            case 0 -> new Value.PointValue(Value.PointValue.CARTESIAN, real(), real(), Double.NaN);
            case 1 -> new Value.PointValue(Value.PointValue.CARTESIAN_3D, real(), real(), real());
            case 2 -> new Value.PointValue(Value.PointValue.WGS_84, real(), real(), Double.NaN);
            default -> new Value.PointValue(Value.PointValue.WGS_84_3D, real(), real(), real());
        };
    }

    private long integer() {
        long edge = 1L << random.nextInt(64);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(200) - 100;
            case 1 -> edge - random.nextInt(3);
            case 2 -> -edge + random.nextInt(3);
            default -> random.nextLong();
        };
    }

    private double real() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(1000);
            case 1 -> Double.NaN;
            case 2 -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : -0.0;
            case 3 -> random.nextFloat();
            case 4 -> Double.MIN_VALUE;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private String text() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(TEXTS);
            case 1 -> "x".repeat(61 + random.nextInt(5));
            case 2 -> "é".repeat(random.nextInt(100));
            default -> Long.toString(random.nextLong(), 36);
        };
    }

    private Instant instant() {
        return Instant.ofEpochSecond(bounded(-400_000_000_000L, 400_000_000_000L), random.nextInt(1_000_000_000));
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay(bounded(0, LocalTime.MAX.toNanoOfDay()));
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600 + 1) - 18 * 3600);
    }

    private long bounded(long low, long high) {
        return random.nextLong(low, high);
    }

    private <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private <T> List<T> many(int max, Supplier<T> one) {
        List<T> things = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            things.add(one.get());
        }
        return things;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A block of properties as a map. */
    public TreeMap<Integer, Value> properties() {
        TreeMap<Integer, Value> properties = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            properties.put(name(), value());
        }
        return properties;
    }

    private byte[] block() {
        return PropertyCodec.of(properties());
    }

    private int name() {
        return random.nextInt(4) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(300);
    }

    private long id() {
        return random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextInt(1000);
    }

    private int[] labels() {
        return new TreeSet<>(many(4, this::name))
                .stream().mapToInt(Integer::intValue).toArray();
    }

    private DictionaryAddition addition() {
        return new DictionaryAddition(pick(List.of(NameKind.values())), name(), text());
    }

    private GraphOperation graphOperation() {
        return switch (random.nextInt(10)) {
            case 0 -> new GraphOperation.CreateNode(id(), labels(), block());
            case 1 -> new GraphOperation.DeleteNode(id());
            case 2 -> new GraphOperation.AddLabel(id(), name());
            case 3 -> new GraphOperation.RemoveLabel(id(), name());
            case 4 -> new GraphOperation.SetNodeProperty(id(), name(), random.nextInt(4) == 0 ? Value.NULL : value());
            case 5 -> new GraphOperation.ReplaceNodeProperties(id(), block());
            case 6 -> new GraphOperation.CreateRelationship(id(), name(), id(), id(), block());
            case 7 -> new GraphOperation.DeleteRelationship(id());
            case 8 ->
                new GraphOperation.SetRelationshipProperty(id(), name(), random.nextInt(4) == 0 ? Value.NULL : value());
            default -> new GraphOperation.ReplaceRelationshipProperties(id(), block());
        };
    }

    private SchemaOperation schemaOperation() {
        return switch (random.nextInt(4)) {
            case 0 -> new SchemaOperation.CreateIndex(index(), random.nextBoolean() ? "" : text());
            case 1 -> new SchemaOperation.DropIndex(index());
            case 2 -> new SchemaOperation.CreateConstraint(constraint(), random.nextBoolean() ? "" : text());
            default -> new SchemaOperation.DropConstraint(constraint());
        };
    }

    private IndexDefinition index() {
        return switch (random.nextInt(3)) {
            case 0 -> new IndexDefinition(IndexKind.NODE, name(), keys(0));
            case 1 -> new IndexDefinition(IndexKind.RELATIONSHIP, name(), keys(0));
            default -> new IndexDefinition(IndexKind.NODE_POINT, name(), List.of(name()));
        };
    }

    private ConstraintDefinition constraint() {
        PropertyType[] types = PropertyType.values();
        return switch (random.nextInt(3)) {
            case 0 -> new ConstraintDefinition.Exists(name(), name());
            case 1 -> new ConstraintDefinition.Unique(name(), keys(1));
            default -> new ConstraintDefinition.Typed(name(), name(), types[random.nextInt(types.length)]);
        };
    }

    /** Different keys, at least so many and a few more. */
    private List<Integer> keys(int least) {
        Set<Integer> keys = new LinkedHashSet<>(many(3, this::name));
        while (keys.size() < least) {
            keys.add(name());
        }
        return List.copyOf(keys);
    }

    /** Any body but that of an EPOCH record. */
    public RecordBody body() {
        return switch (random.nextInt(8)) {
            case 0 -> new RecordBody.SchemaChanges(many(2, this::addition), many(3, this::schemaOperation));
            case 1 -> new RecordBody.SystemPayload(bytes(random.nextInt(100)));
            case 2 -> new RecordBody.Abort(1 + id() / 2);
            case 3 -> new RecordBody.Noop();
            default -> new RecordBody.DataChanges(many(2, this::addition), many(5, this::graphOperation));
        };
    }

    /** The body of an EPOCH record after some position. */
    public RecordBody reignOpening() {
        return new RecordBody.ReignOpening(uuid(), new LogPosition(new Epoch(id(), uuid()), id(), random.nextInt()));
    }

    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    public RecordStamp stamp() {
        return new RecordStamp(random.nextLong(), id(), 1 + id() / 2, random.nextLong(), random.nextInt());
    }
}
