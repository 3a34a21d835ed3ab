package skein.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.fuzz.AllocationMeter;

/** What is allocated stays within what was charged, for many values of each kind. */
final class AllowanceTest {
    private static final int BYTES = 200_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01", "C9 04 D2", "CB 00 00 00 00 00 00 00 01", "C1 40 09 21 FB 54 44 2D 18", "80", "81 61", "82 C3 A4",
                "83 E6 97 A5", "90", "91 01", "93 01 02 03", "A0", "A1 81 69 05", "A3 81 61 01 81 62 02 81 63 03",
                "CC 00", "CC 02 01 02", "B1 44 01", "B2 54 01 00", "B1 74 01", "B2 64 01 01", "B3 49 01 01 00",
                "B4 45 01 01 01 01", "B3 58 C9 1C 23 C1 00 00 00 00 00 00 00 00 C1 00 00 00 00 00 00 00 00", "C0", "C3"
            })
    void whatIsAllocatedWasCharged(String item) {
        byte[] list = listOf(Bytes.of(item));
        for (int share : new int[] {4, 20, 150}) {
            long allowed = (long) share * list.length;
            AllocationMeter.checkWithin(allowed, () -> read(list, allowed));
        }
        Purse purse = new Purse(Long.MAX_VALUE / 2);
        PackStreamReader reader = reader(list, purse);
        reader.value();
        assertThat(reader.taken()).isEqualTo(purse.taken());
        AllocationMeter.checkWithin(purse.taken() * 2, () -> read(list, Long.MAX_VALUE / 2));
    }

    private static byte[] listOf(byte[] one) {
        int count = BYTES / one.length;
        byte[] list = new byte[5 + count * one.length];
        list[0] = (byte) 0xD6;
        for (int i = 0; i < 4; i++) {
            list[1 + i] = (byte) (count >> 8 * (3 - i));
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(one, 0, list, 5 + i * one.length, one.length);
        }
        return list;
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
        byte[] list = listOf(Bytes.of(item));
        int count = list.length / Bytes.of(item).length;
        AllocationMeter.checkWithin((long) bytesEach * count, () -> read(list, Long.MAX_VALUE / 2));
    }

    private static void read(byte[] bytes, long allowed) {
        try {
            reader(bytes, new Purse(allowed)).value();
        } catch (PackStreamException e) {
            assertThat(e).hasMessage("nothing left");
        }
    }

    private static PackStreamReader reader(byte[] bytes, Allowance allowance) {
        return PackStreamReader.ofRequest(bytes, bytes.length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT, allowance);
    }
}
