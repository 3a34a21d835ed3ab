package skein.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;
import skein.vocabulary.Invariant.InvariantViolation;

/** Golden bytes: what stands on the wire, byte for byte. */
final class PackStreamBytesTest {
    @ParameterizedTest
    @CsvSource({
        "-17,                  C8 EF",
        "-16,                  F0",
        "-1,                   FF",
        "0,                    00",
        "127,                  7F",
        "128,                  C9 00 80",
        "-128,                 C8 80",
        "-129,                 C9 FF 7F",
        "32767,                C9 7F FF",
        "32768,                CA 00 00 80 00",
        "-2147483648,          CA 80 00 00 00",
        "2147483648,           CB 00 00 00 00 80 00 00 00",
        "9223372036854775807,  CB 7F FF FF FF FF FF FF FF",
        "-9223372036854775808, CB 80 00 00 00 00 00 00 00",
    })
    void integersTakeTheirSmallestForm(long value, String hex) {
        assertThat(write(Value.of(value), Dialect.LEGACY)).isEqualTo(hex);
        assertThat(read(hex)).isEqualTo(Value.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2A", "C8 2A", "C9 00 2A", "CA 00 00 00 2A", "CB 00 00 00 00 00 00 00 2A"})
    void integersOfAnyWidthAreRead(String hex) {
        assertThat(read(hex)).isEqualTo(Value.of(42));
    }

    @Test
    void simpleValues() {
        both(Value.NULL, "C0");
        both(Value.TRUE, "C3");
        both(Value.FALSE, "C2");
        both(Value.of(1.1), "C1 3F F1 99 99 99 99 99 9A");
        both(new Value.BytesValue(new byte[] {1, 2, 3}), "CC 03 01 02 03");
        both(new Value.BytesValue(new byte[0]), "CC 00");
        both(Value.of(""), "80");
        both(Value.of("A"), "81 41");
        both(Value.of("Größenmaßstäbe"), "D0 12 47 72 C3 B6 C3 9F 65 6E 6D 61 C3 9F 73 74 C3 A4 62 65");
        both(Value.of(List.of(Value.of(1), Value.of(2), Value.of(3))), "93 01 02 03");
        both(new MapValue(Map.of("one", Value.of("eins"))), "A1 83 6F 6E 65 84 65 69 6E 73");
    }

    @Test
    void lengthsTakeTheirSmallestForm() {
        assertThat(write(Value.of("x".repeat(15)), Dialect.LEGACY)).startsWith("8F 78");
        assertThat(write(Value.of("x".repeat(16)), Dialect.LEGACY)).startsWith("D0 10 78");
        assertThat(write(Value.of("x".repeat(256)), Dialect.LEGACY)).startsWith("D1 01 00 78");
        assertThat(write(Value.of("x".repeat(65_536)), Dialect.LEGACY)).startsWith("D2 00 01 00 00 78");
        assertThat(write(Value.of(ones(16)), Dialect.LEGACY)).startsWith("D4 10 01");
        assertThat(write(Value.of(ones(256)), Dialect.LEGACY)).startsWith("D5 01 00 01");
        assertThat(write(Value.of(ones(65_536)), Dialect.LEGACY)).startsWith("D6 00 01 00 00 01");
        assertThat(write(map(16), Dialect.LEGACY)).startsWith("D8 10 ");
        assertThat(write(map(256), Dialect.LEGACY)).startsWith("D9 01 00 ");
        assertThat(write(map(65_536), Dialect.LEGACY)).startsWith("DA 00 01 00 00 ");
        assertThat(write(new Value.BytesValue(new byte[256]), Dialect.LEGACY)).startsWith("CD 01 00 00");
        assertThat(write(new Value.BytesValue(new byte[65_536]), Dialect.LEGACY))
                .startsWith("CE 00 01 00 00 00");
    }

    /** Short and long strings, and those of other characters, are written in different ways. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 255, 256, 511, 512, 513, 65_536})
    void stringsAreTheirUtf8HoweverLong(int length) {
        for (String character : List.of("x", "\u007F", "\u0080", "ß", "€", "\uD83D\uDE00", "\uD83D")) {
            String text = "x".repeat(Math.max(0, length - 1)) + (length == 0 ? "" : character);
            PackStreamWriter out = new PackStreamWriter();
            out.integer(1);
            out.string(text);
            out.integer(2);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            byte[] written = out.toByteArray();
            assertThat(Arrays.copyOfRange(written, written.length - 1 - utf8.length, written.length - 1))
                    .as("%d characters, the last %s", length, character)
                    .isEqualTo(utf8);
            assertThat(written[0]).isEqualTo((byte) 1);
            assertThat(written[written.length - 1]).isEqualTo((byte) 2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, -10, 1_234_567_890_123_456_789L, Long.MAX_VALUE, Long.MIN_VALUE})
    void elementIdsAreDecimalDigits(long id) {
        PackStreamWriter digits = new PackStreamWriter();
        digits.decimal(id);
        PackStreamWriter string = new PackStreamWriter();
        string.string(Long.toString(id));
        assertThat(Bytes.hex(digits.toByteArray())).isEqualTo(Bytes.hex(string.toByteArray()));
    }

    @Test
    void lengthsThatCouldBeShorterAreRead() {
        assertThat(read("D2 00 00 00 01 41")).isEqualTo(Value.of("A"));
        assertThat(read("D6 00 00 00 01 01")).isEqualTo(Value.of(ones(1)));
        assertThat(read("DA 00 00 00 01 D1 00 01 41 01")).isEqualTo(new MapValue(Map.of("A", Value.of(1))));
        assertThat(read("CE 00 00 00 01 01")).isEqualTo(new Value.BytesValue(new byte[] {1}));
    }

    /** 1577833200 seconds in UTC, 1577836800 on the clock of a place one hour ahead. */
    @Test
    void zonedTimesCountUtcSecondsExceptForOldClients() {
        Value newYear = new Value.DateTimeValue(ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(1)));
        assertThat(write(newYear, Dialect.ELEMENT_IDS)).isEqualTo("B3 49 CA 5E 0B D2 F0 00 C9 0E 10");
        assertThat(write(newYear, Dialect.LEGACY_UTC)).isEqualTo("B3 49 CA 5E 0B D2 F0 00 C9 0E 10");
        assertThat(write(newYear, Dialect.LEGACY)).isEqualTo("B3 46 CA 5E 0B E1 00 00 C9 0E 10");
        for (Dialect dialect : Dialect.values()) {
            assertThat(read(write(newYear, dialect), dialect)).isEqualTo(newYear);
        }
    }

    @Test
    void namedZonesKeepTheirName() {
        Value summer = new Value.DateTimeValue(ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 5, ZoneId.of("Europe/Berlin")));
        assertThat(write(summer, Dialect.ELEMENT_IDS)).startsWith("B3 69 CA 66 82 7E 20 05 8D 45 75 72");
        assertThat(write(summer, Dialect.LEGACY)).startsWith("B3 66 CA 66 82 9A 40 05 8D 45 75 72");
        for (Dialect dialect : Dialect.values()) {
            assertThat(read(write(summer, dialect), dialect)).isEqualTo(summer);
        }
    }

    @Test
    void zonedTimesOfTheOtherDialectAreRefused() {
        assertInvalid("B3 46 00 00 00", Dialect.ELEMENT_IDS, "does not belong");
        assertInvalid("B3 46 00 00 00", Dialect.LEGACY_UTC, "does not belong");
        assertInvalid("B3 49 00 00 00", Dialect.LEGACY, "does not belong");
    }

    @Test
    void otherTemporalValues() {
        both(new Value.DateValue(LocalDate.of(1970, 1, 2)), "B1 44 01");
        both(new Value.LocalTimeValue(LocalTime.ofNanoOfDay(7)), "B1 74 07");
        both(new Value.TimeValue(OffsetTime.of(0, 0, 0, 7, ZoneOffset.ofTotalSeconds(60))), "B2 54 07 3C");
        both(new Value.LocalDateTimeValue(LocalDateTime.of(1970, 1, 1, 0, 0, 1, 2)), "B2 64 01 02");
        both(new Value.DurationValue(1, -2, -3, 4), "B4 45 01 FE FD 04");
    }

    @Test
    void durationsBringTheirNanosecondsWithinASecond() {
        assertThat(read("B4 45 00 00 01 FF")).isEqualTo(new Value.DurationValue(0, 0, 0, 999_999_999));
        assertThat(read("B4 45 00 00 00 CA 3B 9A CA 00")).isEqualTo(new Value.DurationValue(0, 0, 1, 0));
    }

    @Test
    void pointsOfAllFourSystems() {
        both(
                new Value.PointValue(7203, 1, 2, Double.NaN),
                "B3 58 C9 1C 23 C1 3F F0 00 00 00 00 00 00 C1 40 00 00 00 00 00 00 00");
        both(
                new Value.PointValue(4326, 0, 0, Double.NaN),
                "B3 58 C9 10 E6 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00");
        both(
                new Value.PointValue(9157, 0, 0, 1),
                "B4 59 C9 23 C5 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00 C1 3F F0 00 00 00 00 00 00");
        both(
                new Value.PointValue(4979, 0, 0, 1),
                "B4 59 C9 13 73 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00 C1 3F F0 00 00 00 00 00 00");
    }

    @Test
    void entitiesHaveElementIdsFromVersionFive() {
        Value node = new NodeValue(5, List.of("L"), new MapValue(Map.of("p", Value.of(1))));
        assertThat(write(node, Dialect.LEGACY)).isEqualTo("B3 4E 05 91 81 4C A1 81 70 01");
        assertThat(write(node, Dialect.ELEMENT_IDS)).isEqualTo("B4 4E 05 91 81 4C A1 81 70 01 81 35");
        Value relationship = new RelationshipValue(7, 5, 6, "T", MapValue.EMPTY);
        assertThat(write(relationship, Dialect.LEGACY)).isEqualTo("B5 52 07 05 06 81 54 A0");
        assertThat(write(relationship, Dialect.ELEMENT_IDS)).isEqualTo("B8 52 07 05 06 81 54 A0 81 37 81 35 81 36");
    }

    /** Out over one relationship, against a second one and back over it. */
    @Test
    void pathsNameEachEntityOnceAndWalkByNumber() {
        NodeValue a = node(1);
        NodeValue b = node(2);
        NodeValue c = node(3);
        RelationshipValue first = new RelationshipValue(10, 1, 2, "T", MapValue.EMPTY);
        RelationshipValue second = new RelationshipValue(11, 3, 2, "T", MapValue.EMPTY);
        Value path = new PathValue(List.of(a, b, c, b), List.of(first, second, second));
        assertThat(write(path, Dialect.LEGACY))
                .isEqualTo("B3 50 93 B3 4E 01 90 A0 B3 4E 02 90 A0 B3 4E 03 90 A0"
                        + " 92 B3 72 0A 81 54 A0 B3 72 0B 81 54 A0"
                        + " 96 01 01 FE 02 02 01");
        for (Dialect dialect : Dialect.values()) {
            assertThat(readAny(write(path, dialect), dialect)).isEqualTo(path);
        }
    }

    @Test
    void aPathWithoutRelationshipsIsOneNode() {
        Value path = new PathValue(List.of(node(1)), List.of());
        assertThat(write(path, Dialect.LEGACY)).isEqualTo("B3 50 91 B3 4E 01 90 A0 90 90");
        assertThat(readAny("B3 50 91 B3 4E 01 90 A0 90 90", Dialect.LEGACY)).isEqualTo(path);
    }

    @Test
    void referencesNeverLeaveTheRuntime() {
        assertThatThrownBy(() -> write(new Value.NodeReference(1), Dialect.LEGACY))
                .isInstanceOf(InvariantViolation.class);
    }

    @Test
    void entitiesAreNoParameters() {
        assertInvalid("B3 4E 05 90 A0", Dialect.LEGACY, "cannot be parameters");
    }

    @Test
    void fieldCountsAreStrict() {
        assertThatThrownBy(() -> readAny("B4 4E 05 90 A0 81 35", Dialect.LEGACY))
                .hasMessageContaining("3 fields");
        assertThatThrownBy(() -> readAny("B3 4E 05 90 A0", Dialect.ELEMENT_IDS)).hasMessageContaining("4 fields");
        assertInvalid("B2 44 01 01", Dialect.LEGACY, "1 fields");
    }

    @ParameterizedTest
    @CsvSource({
        "B1 44 CB 7F FF FF FF FF FF FF FF, out of range",
        "B1 44 81 41,                      must be an integer",
        "B1 74 FF,                         out of range",
        "B2 64 00 CA 3B 9A CA 00,          nanoseconds",
        "B2 54 00 CA 7F FF FF FF,          out of range",
        "B3 69 00 00 85 4D 61 72 73 21,    out of range",
        "B4 45 00 00 CB 7F FF FF FF FF FF FF FF CA 3B 9A CA 00, out of range",
        "B3 58 01 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00, SRID 1",
        "B3 58 C9 1C 23 01 C1 00 00 00 00 00 00 00 00, must be a float",
        "B1 7A 01,                         tag 0x7A",
        "A2 81 41 01 81 41 02,             twice",
        "A2 81 41 C0 81 41 02,             twice",
    })
    void unacceptableContentIsInvalid(String hex, String reason) {
        assertInvalid(hex, Dialect.ELEMENT_IDS, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C8",
                "CB 00 00",
                "C1 00",
                "C4",
                "DC 00",
                "EF",
                "81",
                "D0 05 41",
                "D2 FF FF FF FF 41",
                "CE FF FF FF FF 41",
                "D6 FF FF FF FF 01",
                "DA 7F FF FF FF 81 41 01",
                "93 01 02",
                "A1 01 02",
                "A1 C0 02",
                "82 C3 28",
                "82 C0 80",
                "83 ED A0 80",
                "84 F5 80 80 80",
                "A1 82 C3 28 01",
                "B1",
            })
    void bytesThatAreNoPackStreamAreMalformed(String hex) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOfSatisfying(
                        PackStreamException.class,
                        e -> assertThat(e.kind()).isEqualTo(PackStreamException.Kind.MALFORMED));
    }

    @Test
    void nestingIsBoundedByACounter() {
        String nested = "91 ".repeat(200_000) + "01";
        assertInvalid(nested, Dialect.LEGACY, "nested deeper than 100");
        assertInvalid("A1 81 41 ".repeat(101) + "01", Dialect.LEGACY, "nested deeper");
        assertThat(read("91 ".repeat(100) + "01")).isNotNull();
    }

    @Test
    void strangersMayNotNestNorListMuch() {
        byte[] nested = Bytes.of("91 91 91 91 91 01");
        byte[] many = Bytes.of("D4 41" + "01".repeat(65));
        assertThatThrownBy(() -> PackStreamReader.ofRequest(
                                nested, nested.length, Dialect.LEGACY, PackStreamLimits.STRANGER)
                        .value())
                .hasMessageContaining("nested deeper than 4");
        assertThatThrownBy(
                        () -> PackStreamReader.ofRequest(many, many.length, Dialect.LEGACY, PackStreamLimits.STRANGER)
                                .value())
                .hasMessageContaining("65 entries");
    }

    @Test
    void aMessageIsOneStructureAndNothingElse() {
        byte[] reset = Bytes.of("B0 0F");
        assertThat(message(reset)).isEqualTo(new Structure(0x0F, List.of()));
        assertThatThrownBy(() -> message(Bytes.of("B0 0F 00"))).hasMessageContaining("behind");
        assertThatThrownBy(() -> message(Bytes.of("93 01 02 03"))).isInstanceOf(PackStreamException.class);
    }

    private static Structure message(byte[] bytes) {
        return PackStreamReader.ofRequest(bytes, bytes.length, Dialect.LEGACY, PackStreamLimits.CLIENT)
                .message();
    }

    private static NodeValue node(long id) {
        return new NodeValue(id, List.of(), MapValue.EMPTY);
    }

    private static List<Value> ones(int count) {
        return Collections.nCopies(count, Value.of(1));
    }

    private static Value map(int count) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put("k" + i, Value.of(i));
        }
        return new MapValue(entries);
    }

    private static void both(Value value, String hex) {
        for (Dialect dialect : Dialect.values()) {
            assertThat(write(value, dialect)).isEqualTo(hex);
            assertThat(read(hex, dialect)).isEqualTo(value);
        }
    }

    private static void assertInvalid(String hex, Dialect dialect, String reason) {
        assertThatThrownBy(() -> read(hex, dialect))
                .isInstanceOfSatisfying(
                        PackStreamException.class,
                        e -> assertThat(e.kind()).isEqualTo(PackStreamException.Kind.INVALID))
                .hasMessageContaining(reason);
    }

    private static String write(Value value, Dialect dialect) {
        PackStreamWriter out = new PackStreamWriter();
        new ValueWriter(out, dialect).value(value);
        return Bytes.hex(out.toByteArray());
    }

    private static Value read(String hex) {
        return read(hex, Dialect.LEGACY);
    }

    private static Value read(String hex, Dialect dialect) {
        byte[] bytes = Bytes.of(hex);
        return PackStreamReader.ofRequest(bytes, bytes.length, dialect, PackStreamLimits.CLIENT)
                .value();
    }

    private static Value readAny(String hex, Dialect dialect) {
        byte[] bytes = Bytes.of(hex);
        return PackStreamReader.ofResponse(bytes, bytes.length, dialect, PackStreamLimits.CLIENT)
                .value();
    }
}
