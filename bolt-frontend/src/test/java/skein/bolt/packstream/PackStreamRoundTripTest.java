package skein.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;

/** Seeded: what was written is read again, and what was damaged never does more than fail. */
final class PackStreamRoundTripTest {
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsWrittenIsRead(Dialect dialect) {
        ValueDice dice = new ValueDice(new SplittableRandom(1));
        for (int i = 0; i < 3_000; i++) {
            Value value = dice.result();
            byte[] bytes = write(value, dialect);
            Value read = PackStreamReader.ofResponse(bytes, bytes.length, dialect, PackStreamLimits.CLIENT)
                    .value();
            assertThat(read).as("throw %d", i).isEqualTo(value);
        }
    }

    /** Keys are remembered by length and bytes, and small maps by the keys of the last one. */
    @Test
    void mapsOfAListKeepTheirOwnKeysHoweverAlikeTheyAre() {
        List<Value> maps = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            maps.add(mapOf("k" + (100 + i) + "z", "same"));
            maps.add(mapOf("first", "k" + (100 + i)));
            maps.add(mapOf("first", "second"));
            maps.add(mapOf("second", "first"));
        }
        byte[] bytes = write(Value.of(maps), Dialect.ELEMENT_IDS);
        Value read = PackStreamReader.ofRequest(bytes, bytes.length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT)
                .value();
        assertThat(read).isEqualTo(Value.of(maps));
    }

    private static Value mapOf(String first, String second) {
        Map<String, Value> map = new LinkedHashMap<>();
        map.put(first, Value.of(1));
        map.put(second, Value.of(2));
        return new Value.MapValue(map);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedBytesOnlyEverFailAsBadInput(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ValueDice dice = new ValueDice(random);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = write(dice.result(), Dialect.ELEMENT_IDS);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            assertThatCode(() -> readOrFail(bytes, length)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyBytesOnlyEverFailAsBadInput(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            assertThatCode(() -> readOrFail(bytes, bytes.length)).doesNotThrowAnyException();
        }
    }

    private static void readOrFail(byte[] bytes, int length) {
        try {
            PackStreamReader.ofResponse(bytes, length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT)
                    .value();
        } catch (PackStreamException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] write(Value value, Dialect dialect) {
        PackStreamWriter out = new PackStreamWriter();
        new ValueWriter(out, dialect).value(value);
        return out.toByteArray();
    }
}
