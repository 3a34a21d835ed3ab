package skein.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.vocabulary.SkeinException;

class PropertyCodecTest {
    private static final int CASES = 10_000;

    @Test
    void everyValueComesBackAsItWas() {
        RandomRecords random = new RandomRecords(1);
        for (int i = 0; i < CASES; i++) {
            Value value = random.value();
            byte[] bytes = PropertyCodec.encodeValue(value);
            assertThat(PropertyCodec.decodeValue(bytes)).as("case %d", i).isEqualTo(value);
        }
    }

    @Test
    void skippingAValueEndsWhereReadingItEnds() {
        RandomRecords random = new RandomRecords(2);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = PropertyCodec.encodeValue(random.value());
            ByteReader in = new ByteReader(bytes);
            ValueCodec.skip(in);
            assertThat(in.remaining()).as("case %d", i).isZero();
        }
    }

    @Test
    void damagedValuesAreRefusedOrReadAsTheOneFormOfAnother() {
        RandomRecords random = new RandomRecords(3);
        Random dice = new Random(3);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = PropertyCodec.encodeValue(random.value());
            bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
            Value read;
            try {
                read = PropertyCodec.decodeValue(bytes);
            } catch (SkeinException refused) {
                continue;
            }
            if (!holdsNotANumber(read) && !holdsZone(read)) {
                assertThat(PropertyCodec.encodeValue(read))
                        .as("case %d: %s", i, read)
                        .isEqualTo(bytes);
            }
        }
    }

    /** Not-a-number has many forms in, one out. */
    private static boolean holdsNotANumber(Value value) {
        return value.toString().contains("NaN");
    }

    /** Zones have aliases that the JDK resolves. */
    private static boolean holdsZone(Value value) {
        return value.toString().contains("[");
    }

    @Test
    void theShortestFormIsWritten() {
        assertThat(PropertyCodec.encodeValue(Value.of(-16L))).containsExactly(0x80);
        assertThat(PropertyCodec.encodeValue(Value.of(47L))).containsExactly(0xBF);
        assertThat(PropertyCodec.encodeValue(Value.of(48L))).containsExactly(0x03, 48);
        assertThat(PropertyCodec.encodeValue(Value.of(-129L))).containsExactly(0x04, 0xFF, 0x7F);
        assertThat(PropertyCodec.encodeValue(Value.of("hi"))).containsExactly(0xC2, 'h', 'i');
        assertThat(PropertyCodec.encodeValue(Value.of(1.5))).hasSize(5);
        assertThat(PropertyCodec.encodeValue(Value.of(0.1))).hasSize(9);
        assertThat(PropertyCodec.encodeValue(Value.TRUE)).containsExactly(0x02);
    }

    @Test
    void longerFormsAreRefused() {
        assertRefused(0x03, 47);
        assertRefused(0x04, 0x00, 0x7F);
        assertRefused(0x05, 0, 0, 0, 0);
        assertRefused(0x06, 0, 0, 0, 0, 0, 0, 0, 0);
        assertRefused(0x08, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0);
        assertRefused(0x09, 0x02, 'h', 'i');
        assertRefused(0x0A, 0x02, 0, 'h');
        assertRefused(0x0E, 0x80, 0x00);
        assertRefused(0x0E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02);
    }

    @Test
    void lengthsAreBelievedOnlyAsFarAsTheBytesGo() {
        assertRefused(0x09, 0xFF, 0xFF, 0xFF, 0xFF, 0x03);
        assertRefused(0x0B, 0xFF, 0xFF, 0xFF, 0xFF, 0x07);
        assertRefused(0x0C, 0xFF, 0xFF, 0xFF, 0xFF, 0x07);
        assertRefused(0x0D, 0xFF, 0xFF, 0xFF, 0xFF, 0x07);
        assertRefused(0xFF, 'a');
        assertRefused();
    }

    @Test
    void malformedTextIsRefused() {
        assertRefused(0xC1, 0xFF);
        assertRefused(0xC2, 0xC0, 0x80);
        assertThat(PropertyCodec.decodeValue(PropertyCodec.encodeValue(Value.of("\uFFFD"))))
                .isEqualTo(Value.of("\uFFFD"));
    }

    private static void assertRefused(int... bytes) {
        byte[] encoded = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            encoded[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> PropertyCodec.decodeValue(encoded))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void nestingHasALimitBothWays() {
        Value nested = Value.of(1L);
        for (int i = 0; i < ValueCodec.DEPTH_MAX; i++) {
            nested = Value.of(List.of(nested));
        }
        Value deepest = nested;
        assertThat(PropertyCodec.decodeValue(PropertyCodec.encodeValue(deepest)))
                .isEqualTo(deepest);
        assertThatThrownBy(() -> PropertyCodec.encodeValue(Value.of(List.of(deepest))))
                .hasMessageContaining("nested deeper than 100");
        byte[] tooDeep = new byte[100_000];
        for (int i = 0; i < tooDeep.length; i++) {
            tooDeep[i] = (byte) (i % 2 == 0 ? 0x0C : 1);
        }
        assertThatThrownBy(() -> PropertyCodec.decodeValue(tooDeep)).hasMessageContaining("nested too deep");
    }

    @Test
    void whatCannotBeStoredIsNamed() {
        assertThatThrownBy(() -> PropertyCodec.encodeValue(new Value.NodeReference(1)))
                .hasMessageContaining("nodes, relationships and paths");
        assertThatThrownBy(() -> PropertyCodec.encodeValue(new Value.PointValue(1, 0, 0, Double.NaN)))
                .hasMessageContaining("coordinate system 1");
    }

    @Test
    void aBlockBehavesAsASortedMap() {
        RandomRecords random = new RandomRecords(4);
        Random dice = new Random(4);
        TreeMap<Integer, Value> model = new TreeMap<>();
        byte[] block = PropertyCodec.EMPTY;
        for (int i = 0; i < CASES; i++) {
            int key = dice.nextInt(12) * dice.nextInt(40);
            Value value = dice.nextInt(3) == 0 ? Value.NULL : random.value();
            block = PropertyCodec.with(block, key, value);
            if (value.isNull()) {
                model.remove(key);
            } else {
                model.put(key, value);
            }
            assertThat(block).as("case %d", i).isEqualTo(PropertyCodec.of(model));
            assertThat(PropertyCodec.get(block, key)).isEqualTo(value);
            assertThat(PropertyCodec.contains(block, key)).isEqualTo(!value.isNull());
            assertThat(PropertyCodec.count(block)).isEqualTo(model.size());
        }
        Map<Integer, Value> visited = new TreeMap<>();
        PropertyCodec.visit(block, visited::put);
        assertThat(visited).isEqualTo(model);
    }

    @Test
    void removingWhatIsNotThereKeepsTheArray() {
        byte[] block = PropertyCodec.with(PropertyCodec.EMPTY, 5, Value.of(1L));
        assertThat(PropertyCodec.without(block, 4)).isSameAs(block);
        assertThat(PropertyCodec.without(block, 6)).isSameAs(block);
        assertThat(PropertyCodec.without(block, 5)).isSameAs(PropertyCodec.EMPTY);
    }

    @Test
    void keysCanBeExchanged() {
        byte[] block = PropertyCodec.of(new TreeMap<>(Map.of(1, Value.of("a"), 2, Value.of("b"))));
        byte[] swapped = PropertyCodec.withKeys(block, key -> 300 - key);
        assertThat(swapped).isEqualTo(PropertyCodec.of(new TreeMap<>(Map.of(299, Value.of("a"), 298, Value.of("b")))));
        assertThatThrownBy(() -> PropertyCodec.withKeys(block, key -> 7)).hasMessageContaining("became one");
    }

    @Test
    void blocksOutOfOrderAreRefused() {
        assertThatThrownBy(() -> PropertyCodec.check(new byte[] {2, (byte) 0x81, 1, (byte) 0x81}))
                .hasMessageContaining("not in order");
        assertThatThrownBy(() -> PropertyCodec.check(new byte[] {2, (byte) 0x81, 2, (byte) 0x81}))
                .hasMessageContaining("not in order");
        assertThatThrownBy(() -> PropertyCodec.check(new byte[] {2, 0})).hasMessageContaining("null");
    }
}
