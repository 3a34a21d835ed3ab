package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.bolt.fuzz.DriverSession;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.ChunkReader;

/** Whole sessions of drivers, byte by byte: where bytes are split, and how messages are chunked, changes nothing. */
final class ConnectionBytesTest {
    private static final int ONE_CHUNK = 0xFFFF;

    static Stream<DriverSession> sessions() {
        return DriverSession.all().stream();
    }

    private static byte[] answers(byte[]... pieces) {
        PureConnection connection = new PureConnection();
        for (byte[] piece : pieces) {
            connection.feed(piece, 0, piece.length);
        }
        assertThat(connection.isClosed()).as("GOODBYE has come").isTrue();
        return connection.output();
    }

    /** Tags of the answers, behind those of the handshake. */
    private static List<String> tags(byte[] output, int handshakeBytes) {
        List<String> tags = new ArrayList<>();
        new ChunkReader(1 << 20, (bytes, length) -> tags.add("%02X".formatted(bytes[1])))
                .feed(output, handshakeBytes, output.length - handshakeBytes);
        return tags;
    }

    @Test
    void theSessionsAreAnsweredAsTheirDriversExpect() {
        List<DriverSession> sessions = DriverSession.all();
        assertThat(String.join(" ", tags(answers(sessions.get(1).bytes(ONE_CHUNK)), 4)))
                .isEqualTo("70 70 70 70 " + "70 71 70 70 70 71 70 70 70 70 7F 7E 70 70 70 70 70 70");
        assertThat(String.join(" ", tags(answers(sessions.get(2).bytes(ONE_CHUNK)), 4)))
                .isEqualTo("70 70 70 71 70 70 70 71 70 70 70 70 7F 7E 70 70 70 70");
        assertThat(String.join(" ", tags(answers(sessions.get(3).bytes(ONE_CHUNK)), 4)))
                .isEqualTo("70 70 71 70 7F 70");
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void everySplitIsAnsweredTheSame(DriverSession session) {
        byte[] bytes = session.bytes(ONE_CHUNK);
        byte[] expected = answers(bytes);
        for (int split = 0; split <= bytes.length; split++) {
            assertThat(answers(slice(bytes, 0, split), slice(bytes, split, bytes.length)))
                    .as("split at %d", split)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyPairOfSplitsIsAnsweredTheSame() {
        byte[] bytes = DriverSession.all().getLast().bytes(ONE_CHUNK);
        byte[] expected = answers(bytes);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                byte[] found = answers(
                        slice(bytes, 0, first), slice(bytes, first, second), slice(bytes, second, bytes.length));
                assertThat(found).as("split at %d and %d", first, second).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void oneByteAtATimeIsAnsweredTheSame(DriverSession session) {
        byte[] bytes = session.bytes(ONE_CHUNK);
        byte[][] pieces = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        assertThat(answers(pieces)).isEqualTo(answers(bytes));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void chunksOfAnySizeAreAnsweredTheSame(DriverSession session) {
        byte[] expected = answers(session.bytes(ONE_CHUNK));
        for (int size = 1; size <= 40; size++) {
            assertThat(answers(session.bytes(size))).as("chunks of %d", size).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void noopsBetweenMessagesAreAnsweredByNothing(DriverSession session) {
        byte[] expected = answers(session.bytes(ONE_CHUNK));
        for (int noops = 1; noops <= 3; noops++) {
            byte[] all = session.opening();
            for (byte[] message : session.messages()) {
                all = Bytes.join(all, new byte[2 * noops], Bytes.chunked(message, 5));
            }
            assertThat(answers(all)).isEqualTo(expected);
        }
    }

    /** A session that is cut off anywhere has been answered up to there, and answers nothing that was not asked. */
    @ParameterizedTest
    @MethodSource("sessions")
    void everyPrefixIsAnsweredByAPrefix(DriverSession session) {
        byte[] bytes = session.bytes(ONE_CHUNK);
        byte[] expected = answers(bytes);
        for (int length = 0; length < bytes.length; length++) {
            PureConnection connection = new PureConnection();
            connection.feed(bytes, 0, length);
            byte[] found = connection.output();
            assertThat(found).isEqualTo(slice(expected, 0, found.length));
        }
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
