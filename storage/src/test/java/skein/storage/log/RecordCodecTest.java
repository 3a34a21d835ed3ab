package skein.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

class RecordCodecTest {
    private static final int CASES = 10_000;

    @Test
    void everyRecordComesBackAsItWas() {
        RandomRecords random = new RandomRecords(11);
        for (int i = 0; i < CASES; i++) {
            RecordBody body = i % 20 == 0 ? random.reignOpening() : random.body();
            RecordStamp stamp = random.stamp();
            byte[] bytes = RecordCodec.encode(body, stamp);
            LogRecord record = RecordCodec.decode(bytes);
            assertThat(record.body()).as("case %d", i).isEqualTo(body);
            assertThat(bytes.length % RecordCodec.ALIGNMENT).isZero();
            assertHeader(record.header(), body, stamp, bytes.length);
            assertThat(RecordCodec.encode(record.body(), stamp)).isEqualTo(bytes);
        }
    }

    private static void assertHeader(RecordHeader header, RecordBody body, RecordStamp stamp, int length) {
        assertThat(header.length()).isEqualTo(length);
        assertThat(header.kind()).isEqualTo(body.kind());
        assertThat(new RecordStamp(
                        header.databaseUuidLow(),
                        header.epochNumber(),
                        header.lsn(),
                        header.commitTimestamp(),
                        header.prevCrc()))
                .isEqualTo(stamp);
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        RecordBody body = new RecordBody.DataChanges(
                List.of(new DictionaryAddition(NameKind.LABEL, 7, "N")),
                List.of(
                        new GraphOperation.CreateNode(
                                300, new int[] {7}, PropertyCodec.with(PropertyCodec.EMPTY, 1, Value.of("p"))),
                        new GraphOperation.DeleteNode(2)));
        byte[] bytes = RecordCodec.encode(body, new RecordStamp(0x1122334455667788L, 3, 9, 4, 0xCAFEBABE));
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(hex.substring(0, 8)).isEqualTo("00000048");
        assertThat(hex.substring(16))
                .isEqualTo("5b01" + "01" + "00" + "1122334455667788" + "0000000000000003" + "0000000000000009"
                        + "0000000000000004" + "cafebabe" + "00000002"
                        + "01" + "00" + "07" + "c14e" + "01" + "ac02" + "0107" + "03" + "01c170" + "0202"
                        + "00000000");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        RandomRecords random = new RandomRecords(12);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = RecordCodec.encode(random.body(), random.stamp());
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(RecordCodec.isIntact(bytes, 0, bytes.length)).isFalse();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(RecordCodec.isIntact(bytes, 0, bytes.length)).isTrue();
        }
    }

    @Test
    void aRightCrcOverWrongContentIsRefusedNotBelieved() {
        RandomRecords random = new RandomRecords(13);
        Random dice = new Random(13);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            RecordStamp stamp = random.stamp();
            byte[] bytes = RecordCodec.encode(random.body(), stamp);
            int at = 11 + dice.nextInt(bytes.length - 11);
            bytes[at] = (byte) dice.nextInt(256);
            RecordHeader header = RecordCodec.header(bytes);
            RecordCodec.seal(
                    bytes,
                    new RecordStamp(
                            header.databaseUuidLow(),
                            header.epochNumber(),
                            Math.max(1, header.lsn()),
                            header.commitTimestamp(),
                            header.prevCrc()));
            try {
                RecordCodec.decode(bytes);
            } catch (SkeinException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(CASES / 10);
    }

    @Test
    void whatDoesNotBeginARecordHasNoLength() {
        byte[] bytes = RecordCodec.encode(new RecordBody.Noop(), new RecordStamp(1, 1, 1, 1, 0));
        assertThat(RecordCodec.lengthAt(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(RecordCodec.lengthAt(bytes, 0, bytes.length - 1)).isEqualTo(-1);
        assertThat(RecordCodec.lengthAt(bytes, 8, bytes.length - 8)).isEqualTo(-1);
        assertThat(RecordCodec.lengthAt(new byte[100], 0, 100)).isEqualTo(-1);
        for (int cut = 0; cut < bytes.length; cut++) {
            byte[] part = Arrays.copyOf(bytes, cut);
            assertThat(RecordCodec.isIntact(part, 0, cut)).isFalse();
            assertThatThrownBy(() -> RecordCodec.decode(part)).isInstanceOf(SkeinException.class);
        }
    }

    @Test
    void sealingAgainGivesAnotherPlace() {
        byte[] draft = RecordCodec.draft(new RecordBody.SystemPayload(new byte[] {1, 2, 3}));
        RecordCodec.seal(draft, new RecordStamp(1, 1, 1, 0, 0));
        RecordCodec.seal(draft, new RecordStamp(1, 2, 7, 5, 9));
        assertThat(draft)
                .isEqualTo(RecordCodec.encode(
                        new RecordBody.SystemPayload(new byte[] {1, 2, 3}), new RecordStamp(1, 2, 7, 5, 9)));
    }

    @Test
    void aRecordFollowsOnlyItsPredecessor() {
        LogPosition end = new LogPosition(new Epoch(2, new UUID(1, 2)), 10, 77);
        assertThat(mismatch(end, new RecordStamp(5, 2, 11, 0, 77))).isEmpty();
        assertThat(mismatch(end, new RecordStamp(6, 2, 11, 0, 77))).contains("another database");
        assertThat(mismatch(end, new RecordStamp(5, 2, 12, 0, 77))).contains("12 stands where 11 must");
        assertThat(mismatch(end, new RecordStamp(5, 2, 10, 0, 77))).contains("10 stands where 11 must");
        assertThat(mismatch(end, new RecordStamp(5, 2, 11, 0, 78))).contains("follows another record 10");
        assertThat(mismatch(end, new RecordStamp(5, 3, 11, 0, 77))).contains("epoch 3 in the reign of epoch 2");
    }

    @Test
    void aReignFollowsOnlyThePredecessorItNames() {
        UUID reign = new UUID(3, 4);
        LogPosition end = new LogPosition(new Epoch(2, new UUID(1, 2)), 10, 77);
        LogPosition twin = new LogPosition(new Epoch(2, new UUID(1, 3)), 10, 77);
        RecordBody opening = new RecordBody.ReignOpening(reign, end);
        RecordView next = view(opening, new RecordStamp(5, 3, 11, 0, 77));
        assertThat(RecordChain.mismatch(end, 5, next)).isEmpty();
        assertThat(RecordChain.advance(end, next))
                .isEqualTo(
                        new LogPosition(new Epoch(3, reign), 11, next.header().crc()));
        assertThat(RecordChain.mismatch(twin, 5, next).orElse("")).contains("another history");
        assertThat(RecordChain.mismatch(end, 5, view(opening, new RecordStamp(5, 2, 11, 0, 77)))
                        .orElse(""))
                .contains("opens epoch 2 after epoch 2");
    }

    private static String mismatch(LogPosition end, RecordStamp stamp) {
        return RecordChain.mismatch(end, 5, view(new RecordBody.Noop(), stamp)).orElse("");
    }

    private static RecordView view(RecordBody body, RecordStamp stamp) {
        byte[] bytes = RecordCodec.encode(body, stamp);
        return RecordView.of(bytes, 0, bytes.length);
    }
}
