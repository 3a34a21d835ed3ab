package skein.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Messages in chunks, whatever pieces they arrive in. */
final class ChunkTest {
    /** A NOOP, a message in three chunks, two NOOPs, a message in one-byte chunks, and a NOOP. */
    private static final byte[] STREAM =
            Bytes.of("00 00  00 02 01 02 00 01 03 00 03 04 05 06 00 00  00 00 00 00  00 01 07 00 01 08 00 00  00 00");

    private static final List<String> MESSAGES = List.of("01 02 03 04 05 06", "07 08");

    @Test
    void everySplitOfTheBytesGivesTheSameMessages() {
        for (int first = 0; first <= STREAM.length; first++) {
            for (int second = first; second <= STREAM.length; second++) {
                assertThat(read(STREAM, first, second)).isEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void bytesMayComeOneAtATime() {
        List<String> messages = new ArrayList<>();
        ChunkReader reader = reader(100, messages);
        for (byte one : STREAM) {
            reader.feed(new byte[] {one}, 0, 1);
        }
        assertThat(messages).isEqualTo(MESSAGES);
        assertThat(reader.isWithinMessage()).isFalse();
    }

    @Test
    void aMessageIsOpenFromItsFirstByteToItsEnd() {
        ChunkReader reader = reader(100, new ArrayList<>());
        reader.feed(Bytes.of("00 02 01"), 0, 3);
        assertThat(reader.isWithinMessage()).isTrue();
        reader.feed(Bytes.of("02 00 00"), 0, 3);
        assertThat(reader.isWithinMessage()).isFalse();
    }

    @Test
    void theLimitCountsWhileChunksArrive() {
        ChunkReader reader = reader(5, new ArrayList<>());
        reader.feed(Bytes.of("00 03 01 02 03"), 0, 5);
        assertThatThrownBy(() -> reader.feed(Bytes.of("00 03"), 0, 2))
                .isInstanceOf(PackStreamException.class)
                .hasMessageContaining("5 bytes");
    }

    @Test
    void aMessageThatIsTooLongIsReportedAtOnceAndPassedOver() {
        List<String> messages = new ArrayList<>();
        ChunkReader reader = new ChunkReader(5, recording(messages));
        byte[] before = Bytes.of("00 01 01 00 00 00 03 01 02 03 00 03");
        reader.feed(before, 0, before.length);
        assertThat(messages).hasSize(2).last().asString().contains("5 bytes");
        assertThat(reader.isWithinMessage()).isTrue();
        byte[] after = Bytes.of("04 05 06 00 09 01 02 03 04 05 06 07 08 09 00 00 00 01 02 00 00");
        for (byte one : after) {
            reader.feed(new byte[] {one}, 0, 1);
        }
        assertThat(messages).hasSize(3).last().isEqualTo("02");
        assertThat(reader.isWithinMessage()).isFalse();
    }

    @Test
    void aLongMessageTakesWhatItNeedsOfTheAllowanceAndGivesItBack() {
        Purse purse = new Purse(200_000);
        List<String> messages = new ArrayList<>();
        ChunkReader reader = new ChunkReader(1_000_000, purse, (bytes, length) -> messages.add(length + " bytes"));
        byte[] long1 = Bytes.chunked(new byte[100_000], 1_000);
        reader.feed(long1, 0, long1.length / 2);
        assertThat(purse.taken()).isBetween(50_000L, 200_000L);
        reader.feed(long1, long1.length / 2, long1.length - long1.length / 2);
        assertThat(messages).containsExactly("100000 bytes");
        assertThat(purse.taken()).isZero();
    }

    @Test
    void aMessageWithoutRoomIsPassedOver() {
        Purse purse = new Purse(100_000);
        List<String> messages = new ArrayList<>();
        ChunkReader reader = new ChunkReader(1_000_000, purse, recording(messages));
        byte[] both = Bytes.join(Bytes.chunked(new byte[200_000], 1_000), Bytes.of("00 01 07 00 00"));
        reader.feed(both, 0, both.length);
        assertThat(messages).containsExactly("nothing left", "07");
        assertThat(purse.taken()).isZero();
    }

    private static ChunkReader.MessageSink recording(List<String> messages) {
        return new ChunkReader.MessageSink() {
            @Override
            public void message(byte[] bytes, int length) {
                messages.add(Bytes.hex(Arrays.copyOf(bytes, length)));
            }

            @Override
            public void refused(PackStreamException reason) {
                messages.add(String.valueOf(reason.getMessage()));
            }
        };
    }

    @Test
    void theLimitMayRiseBetweenMessages() {
        List<String> messages = new ArrayList<>();
        List<ChunkReader> self = new ArrayList<>();
        ChunkReader reader = new ChunkReader(1, (bytes, length) -> {
            messages.add(Bytes.hex(Arrays.copyOf(bytes, length)));
            self.getFirst().limit(2);
        });
        self.add(reader);
        byte[] both = Bytes.of("00 01 01 00 00 00 02 02 03 00 00");
        reader.feed(both, 0, both.length);
        assertThat(messages).containsExactly("01", "02 03");
    }

    @Test
    void shortMessagesTakeOneChunkEach() {
        ChunkWriter writer = new ChunkWriter();
        writer.begin().integer(1);
        writer.end();
        writer.begin().integer(2);
        writer.end();
        assertThat(Bytes.hex(writer.drain())).isEqualTo("00 01 01 00 00 00 01 02 00 00");
        assertThat(writer.size()).isZero();
    }

    @Test
    void anAbandonedMessageLeavesNothing() {
        ChunkWriter writer = new ChunkWriter();
        writer.begin().integer(1);
        writer.end();
        writer.begin().string("half a message");
        writer.abandon();
        writer.begin().integer(2);
        writer.end();
        assertThat(Bytes.hex(writer.drain())).isEqualTo("00 01 01 00 00 00 01 02 00 00");
    }

    @Test
    void longMessagesAreSplitAndComeBackWhole() {
        SplittableRandom random = new SplittableRandom(3);
        for (int length : new int[] {65_532, 65_533, 65_534, 65_535, 65_536, 131_070, 131_071, 300_000}) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            ChunkWriter writer = new ChunkWriter();
            writer.begin().integer(1);
            writer.end();
            writer.begin().raw(payload, 0, length);
            writer.end();
            byte[] framed = writer.drain();
            List<byte[]> messages = new ArrayList<>();
            new ChunkReader(1_000_000, (bytes, size) -> messages.add(Arrays.copyOf(bytes, size)))
                    .feed(framed, 0, framed.length);
            assertThat(messages).hasSize(2);
            assertThat(messages.getLast()).isEqualTo(payload);
        }
    }

    private static List<String> read(byte[] stream, int first, int second) {
        List<String> messages = new ArrayList<>();
        ChunkReader reader = reader(100, messages);
        reader.feed(stream, 0, first);
        reader.feed(stream, first, second - first);
        reader.feed(stream, second, stream.length - second);
        return messages;
    }

    private static ChunkReader reader(int limit, List<String> messages) {
        return new ChunkReader(limit, (bytes, length) -> messages.add(Bytes.hex(Arrays.copyOf(bytes, length))));
    }
}
