package skein.bolt.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.graph.Value;
import skein.graph.Value.MapValue;

final class RequestReaderTest {
    @Test
    void requestsAreReadFieldByField() {
        assertThat(read("B3 10 81 51 A1 81 70 01 A0"))
                .isEqualTo(new BoltRequest.Run("Q", new MapValue(Map.of("p", Value.of(1))), MapValue.EMPTY));
        assertThat(read("B1 3F A1 81 6E C9 03 E8")).isEqualTo(new BoltRequest.Pull(1000, BoltRequest.LATEST));
        assertThat(read("B1 3F A2 81 6E FF 83 71 69 64 02")).isEqualTo(new BoltRequest.Pull(-1, 2));
        assertThat(read("B1 2F A2 81 6E FF 83 71 69 64 FF")).isEqualTo(new BoltRequest.Discard(-1, -1));
        assertThat(read("B1 11 A0")).isEqualTo(new BoltRequest.Begin(MapValue.EMPTY));
        assertThat(read("B1 11 C0")).isEqualTo(new BoltRequest.Begin(MapValue.EMPTY));
        assertThat(read("B0 12")).isEqualTo(new BoltRequest.Commit());
        assertThat(read("B0 13")).isEqualTo(new BoltRequest.Rollback());
        assertThat(read("B0 0F")).isEqualTo(new BoltRequest.Reset());
        assertThat(read("B0 02")).isEqualTo(new BoltRequest.Goodbye());
        assertThat(read("B0 6B")).isEqualTo(new BoltRequest.Logoff());
        assertThat(read("B1 54 02")).isEqualTo(new BoltRequest.Telemetry(2));
    }

    @Test
    void routeNamesItsDatabaseByTextThenByMap() {
        assertThat(read("B3 66 A0 90 82 64 62", BoltVersion.V4_3))
                .isEqualTo(new BoltRequest.Route(MapValue.EMPTY, List.of(), "db", null));
        assertThat(read("B3 66 A0 90 C0", BoltVersion.V4_3))
                .isEqualTo(new BoltRequest.Route(MapValue.EMPTY, List.of(), null, null));
        assertThat(read("B3 66 A0 91 81 62 A2 82 64 62 81 78 88 69 6D 70 5F 75 73 65 72 81 75", BoltVersion.V4_4))
                .isEqualTo(new BoltRequest.Route(MapValue.EMPTY, List.of("b"), "x", "u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B1 0F 01",
                "B0 11",
                "B1 11 01",
                "B3 10 01 A0 A0",
                "B2 10 81 51 A0",
                "B1 3F A0",
                "B1 3F A1 81 6E 00",
                "B1 3F A1 81 6E FE",
                "B1 3F A1 81 6E 81 31",
                "B1 3F A2 81 6E 01 83 71 69 64 80",
                "B1 54 81 31",
                "B3 66 A0 A0 A0",
                "B3 66 A0 91 01 A0",
                "B3 66 A0 90 A1 82 64 62 01",
                "B3 10 81 51 A1 81 70 B3 4E 01 90 A0 A0",
                "B3 10 81 51 A2 81 70 01 81 70 02 A0",
            })
    void knownMessagesWithWrongContentCanBeAnswered(String hex) {
        assertThat(read(hex)).isInstanceOf(BoltRequest.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B0", "B0 00", "B0 55", "B1 70 A0", "90", "B0 0F 00", "B3 10 81 51 A0"})
    void whatIsNoMessageEndsTheConnection(String hex) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOfSatisfying(
                        PackStreamException.class,
                        e -> assertThat(e.kind()).isEqualTo(PackStreamException.Kind.MALFORMED));
    }

    @Test
    void messagesOfLaterVersionsAreUnknown() {
        assertThatThrownBy(() -> read("B3 66 A0 90 C0", BoltVersion.V4_1)).hasMessageContaining("4.1 has no message");
        assertThatThrownBy(() -> read("B1 6A A0", BoltVersion.V5_0)).hasMessageContaining("5.0 has no message");
        assertThatThrownBy(() -> read("B0 6B", BoltVersion.V4_4)).hasMessageContaining("4.4 has no message");
        assertThatThrownBy(() -> read("B1 54 02", BoltVersion.V5_3)).hasMessageContaining("5.3 has no message");
    }

    @Test
    void credentialsAreNeverPrinted() {
        MapValue secret = new MapValue(Map.of("credentials", Value.of("secret")));
        assertThat(new BoltRequest.Hello(secret).toString() + new BoltRequest.Logon(secret))
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(BoltVersion.class)
    void anyBytesAreARequestOrBadInput(BoltVersion version) {
        SplittableRandom random = new SplittableRandom(version.major() * 10L + version.minor());
        byte[] tags = Bytes.of("01 02 0F 10 11 12 13 2F 3F 54 66 6A 6B");
        int requests = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[2 + random.nextInt(20)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0xB0 | random.nextInt(4));
            bytes[1] = tags[random.nextInt(tags.length)];
            try {
                RequestReader reader = new RequestReader(version);
                reader.read(bytes, bytes.length, version.dialect(false), PackStreamLimits.CLIENT);
                requests++;
            } catch (PackStreamException e) {
                assertThat(e.kind()).isEqualTo(PackStreamException.Kind.MALFORMED);
            }
        }
        assertThat(requests).isPositive();
    }

    private static BoltRequest read(String hex) {
        return read(hex, BoltVersion.V5_4);
    }

    private static BoltRequest read(String hex, BoltVersion version) {
        byte[] bytes = Bytes.of(hex);
        return new RequestReader(version).read(bytes, bytes.length, version.dialect(false), PackStreamLimits.CLIENT);
    }
}
