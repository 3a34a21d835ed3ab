package skein.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.fuzz.AllocationMeter;

/**
 * What is allocated stays within what was charged, and what is charged within {@link ByteCost}, for many values of each
 * kind.
 */
final class AllowanceTest {
    private static final int BYTES = 200_000;

    /** Each is one item, or several that take turns. */
    static final List<String> VALUES = List.of(
            "01",
            "C9 04 D2",
            "CB 00 00 00 00 00 00 00 01",
            "C1 40 09 21 FB 54 44 2D 18",
            "C0",
            "C3", //
            "80",
            "81 61",
            "82 61 62",
            "89 61 61 61 61 61 61 61 61 61",
            "82 C3 A4",
            "83 E6 97 A5",
            "84 F0 9F 98 80",
            "84 61 61 C3 A4",
            "86 61 61 61 E6 97 A5", //
            "90",
            "91 01",
            "91 90",
            "91 91 91 91 91 91 91 91 91 91 91 91 91 91 91 91 01",
            "93 01 02 03",
            "91 CB 00 00 00 00 00 00 00 01",
            "91 C1 40 09 21 FB 54 44 2D 18", //
            "A0",
            "A1 80 01",
            "A1 80 01, A1 81 01 01",
            "A1 80 01, A1 81 62 01, A1 81 63 01",
            "A1 81 69 05",
            "A1 80 A1 80 A1 80 A1 80 01",
            "A1 80 A1 81 01 A1 80 A1 81 01 A1 80 A1 81 01 01",
            "A3 81 61 01 81 62 02 81 63 03",
            "A2 81 61 01 81 62 01, A2 81 62 01 81 61 01",
            "A8 80 01 81 62 01 81 63 01 81 64 01 81 65 01 81 66 01 81 67 01 81 68 01", //
            "CC 00",
            "CC 02 01 02", //
            "B1 44 01",
            "B2 54 01 00",
            "B2 54 01 01",
            "B2 54 C9 30 39 C9 0D 0D",
            "B1 74 01",
            "B2 64 01 01",
            "B4 45 01 01 01 01",
            "B3 58 C9 1C 23 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00",
            "B4 59 C9 23 C5 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00", //
            "B3 49 01 01 00",
            "B3 49 01 01 01",
            "B3 69 01 01 81 5A",
            "B3 69 01 01 82 4E 5A",
            "B3 69 01 01 82 2B 31",
            "B3 69 01 01 83 55 54 43",
            "B3 69 01 01 84 55 54 2B 31",
            "B3 69 01 01 85 55 54 43 2B 31",
            "B3 69 01 01 87 2B 30 31 30 31 30 31",
            "B3 69 01 01 8C 55 54 43 2B 30 31 3A 31 31 3A 31 31",
            "B3 69 CB 00 00 00 0F 00 00 00 00 01 82 4E 5A",
            "B3 69 CB FF FF FF F0 00 00 00 00 01 82 4E 5A",
            "B3 69 CA 60 00 00 00 01 8D 45 75 72 6F 70 65 2F 42 65 72 6C 69 6E");

    @ParameterizedTest
    @FieldSource("VALUES")
    void whatIsAllocatedWasCharged(String items) {
        check(listOf(items), Dialect.ELEMENT_IDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B3 46 01 01 00",
                "B3 46 01 01 01",
                "B3 66 01 01 81 5A",
                "B3 66 01 01 82 4E 5A",
                "B3 66 01 01 85 55 54 43 2B 31",
                "B3 66 CB 00 00 00 0F 00 00 00 00 01 82 4E 5A",
                "B3 66 CA 60 6F 80 00 01 8D 45 75 72 6F 70 65 2F 42 65 72 6C 69 6E"
            })
    void whatIsAllocatedForTimesOfOldVersionsWasCharged(String items) {
        check(listOf(items), Dialect.LEGACY);
    }

    /** Of one length, of growing lengths, with keys that all meet in one place of a hash table. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 13, 16, 24, 25, 48, 49, 64, 97, 128})
    void whatIsAllocatedForLargeMapsWasCharged(int entries) {
        check(listOf(map(entries, AllowanceTest::shortKey)), Dialect.ELEMENT_IDS);
        check(listOf(map(entries, AllowanceTest::collidingKey)), Dialect.ELEMENT_IDS);
        check(listOf(map(entries, number -> Character.toString(0x100 + 256 * number))), Dialect.ELEMENT_IDS);
    }

    @Test
    void whatIsAllocatedForTextsThatGrowWasCharged() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        int count = 300;
        list.writeBytes(new byte[] {(byte) 0xD5, (byte) (count >> 8), (byte) count});
        for (int length = 1; length <= count; length++) {
            byte[] text = ("a".repeat(length) + "\u65e5").getBytes(StandardCharsets.UTF_8);
            list.writeBytes(new byte[] {(byte) 0xD1, (byte) (text.length >> 8), (byte) text.length});
            list.writeBytes(text);
        }
        check(list.toByteArray(), Dialect.ELEMENT_IDS);
    }

    private static void check(byte[] list, Dialect dialect) {
        for (int share : new int[] {4, 20, (int) ByteCost.MAX}) {
            long allowed = (long) share * list.length;
            AllocationMeter.checkWithin(allowed, () -> read(list, dialect, allowed));
        }
        Purse purse = new Purse(ByteCost.MAX * list.length);
        PackStreamReader reader = reader(list, dialect, purse);
        reader.value();
        assertThat(reader.taken()).isEqualTo(purse.taken());
        AllocationMeter.checkWithin(purse.taken(), () -> read(list, dialect, Long.MAX_VALUE / 2));
    }

    private static String shortKey(int number) {
        return number == 0 ? "" : number < 128 ? Character.toString(number) : "k" + number;
    }

    /** Seven letters in which every two together mean the same to the hash. */
    private static String collidingKey(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 7; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    private static byte[] map(int entries, IntFunction<String> keys) {
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        map.writeBytes(new byte[] {(byte) 0xD8, (byte) entries});
        for (int i = 0; i < entries; i++) {
            byte[] key = keys.apply(i).getBytes(StandardCharsets.UTF_8);
            map.write(0x80 + key.length);
            map.writeBytes(key);
            map.write(1);
        }
        return map.toByteArray();
    }

    private static byte[] listOf(String items) {
        return listOf(Arrays.stream(items.split(",")).map(Bytes::of).toArray(byte[][]::new));
    }

    private static byte[] listOf(byte[]... items) {
        int turn = Arrays.stream(items).mapToInt(item -> item.length).sum();
        int count = BYTES / turn * items.length;
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write(0xD6);
        for (int shift = 24; shift >= 0; shift -= 8) {
            list.write(count >> shift);
        }
        for (int i = 0; i < count; i++) {
            list.writeBytes(items[i % items.length]);
        }
        return list.toByteArray();
    }

    /** A row of parameters: the map, its arrays, its numbers; no copy of them, and no key of its own. */
    @ParameterizedTest
    @CsvSource({
        "A1 82 69 64 01, 140",
        "A1 82 69 64 CA 00 01 00 00, 170",
        "A2 81 61 01 82 69 64 01, 160",
        "93 01 02 03, 90"
    })
    void whatIsReadIsMadeOnce(String item, int bytesEach) {
        byte[] list = listOf(item);
        int count = list.length / Bytes.of(item).length;
        AllocationMeter.checkWithin(
                (long) bytesEach * count, () -> read(list, Dialect.ELEMENT_IDS, Long.MAX_VALUE / 2));
    }

    private static void read(byte[] bytes, Dialect dialect, long allowed) {
        try {
            reader(bytes, dialect, new Purse(allowed)).value();
        } catch (PackStreamException e) {
            assertThat(e).hasMessage("nothing left");
        }
    }

    private static PackStreamReader reader(byte[] bytes, Dialect dialect, Allowance allowance) {
        return PackStreamReader.ofRequest(bytes, bytes.length, dialect, PackStreamLimits.CLIENT, allowance);
    }
}
