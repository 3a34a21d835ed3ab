package skein.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import skein.protocol.WireMessage;

/** What a peer may send: anything. Nothing but a message or a refusal may come of it, in little memory. */
final class WireFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A refusal with its stack trace, and Kryo's own buffers. */
    private static final long ALLOWANCE_BYTES = 64 << 10;

    private static final int ROUNDS = 60_000;

    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();

    @Test
    void whateverArrivesIsAMessageOrARefusalAndTakesMemoryByItsOwnSize() {
        Random random = new Random(17);
        List<byte[]> seeds =
                WireCodecTest.ONE_OF_EACH.stream().map(codec::encode).toList();
        seeds.forEach(codec::decode);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = round % 3 == 0
                    ? garbage(random)
                    : damaged(seeds.get(random.nextInt(seeds.size())).clone(), random);
            assertFrugal(bytes);
        }
    }

    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            // the number of a class that is registered, so that its reader meets the rest
            bytes[0] = (byte) (random.nextInt(20) + 100 + 2);
        }
        return bytes;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        IntStream.rangeClosed(0, random.nextInt(4))
                .forEach(_ -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt());
        return bytes;
    }

    private void assertFrugal(byte[] bytes) {
        // once before it is measured: the first time code runs, it is loaded and linked
        isMessage(bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        isMessage(bytes);
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(taken).as(() -> HexFormat.of().formatHex(bytes)).isLessThan(4L * bytes.length + ALLOWANCE_BYTES);
    }

    private boolean isMessage(byte[] bytes) {
        try {
            codec.decode(bytes);
            return true;
        } catch (UnreadableMessage refused) {
            return false;
        }
    }

    @Test
    void aDeclaredSizeTakesNoMemoryBeforeItsBytesHaveArrived() {
        byte[] text = written(output -> {
            output.writeVarInt(104 + 2, true);
            output.writeVarInt(1, true);
            output.writeVarIntFlag(true, 1 << 28, true);
            output.writeBytes(new byte[] {1, 2, 3});
        });
        assertThatThrownBy(() -> codec.decode(text))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("3 bytes are left");
        assertFrugal(text);
    }

    @Test
    void aPeerDoesNotChooseAClassToLoad() {
        byte[] byName = written(output -> {
            output.writeVarInt(1, true);
            output.writeVarInt(0, true);
            output.writeString("java.lang.Runtime");
        });
        assertThatThrownBy(() -> codec.decode(byName))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("by its number");
    }

    private static byte[] written(Consumer<Output> writer) {
        Output output = new Output(256, 1024);
        writer.accept(output);
        return output.toBytes();
    }
}
