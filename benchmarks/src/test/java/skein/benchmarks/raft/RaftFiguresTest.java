package skein.benchmarks.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Some figures once and small: that they measure what they say. */
@Timeout(120)
final class RaftFiguresTest {
    private static final int PREFACE_BYTES = 24;
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] RESPONSE_HEADERS = {0, 0, 1, 1, 4, 0, 0, 0, 1, (byte) 0x88};
    private static final byte[] DATA = {0, 0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 10, 0};
    private static final byte[] TRAILERS = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x88};
    private static final byte[] GO_AWAY = {0, 0, 3, 7, 0, 0, 0, 0, 0, 'n', 'o', '!'};

    @TempDir
    Path directory;

    @Test
    void membersOfARaftGroupAreMeasured() throws IOException, InterruptedException {
        RaftOptions options = RaftOptions.parse("--seconds=0.2", "--clients=2", "--only=member");
        Map<String, Map<Integer, Rate>> rates = new RaftMain(options, directory, what -> {}).measure();
        assertThat(rates).containsOnlyKeys("member");
        assertThat(rates.getOrDefault("member", Map.of())).containsOnlyKeys(2);
        assertThat(rates.getOrDefault("member", Map.of()).values())
                .allMatch(rate -> rate.perSecond() > 1 && rate.p50Micros() > 1 && rate.p99Micros() >= rate.p50Micros());
    }

    @Test
    void aPutIsAnsweredWhenItsStreamEndsAfterAMessage() throws IOException {
        try (ServerSocket server = listening();
                EtcdConnection connection = EtcdConnection.open(addressOf(server));
                Socket peer = server.accept()) {
            connection.put(new byte[8], "value".getBytes(StandardCharsets.US_ASCII));
            InputStream in = peer.getInputStream();
            in.skipNBytes(PREFACE_BYTES);
            List<Integer> types = new ArrayList<>();
            byte[] body = {};
            for (int i = 0; i < 4; i++) {
                body = frame(in, types);
            }
            assertThat(types).as("SETTINGS, WINDOW_UPDATE, HEADERS, DATA").containsExactly(4, 8, 1, 0);
            assertThat(new String(body, StandardCharsets.US_ASCII)).endsWith("value");
            OutputStream out = peer.getOutputStream();
            out.write(SETTINGS);
            out.write(PING);
            out.write(RESPONSE_HEADERS);
            out.write(DATA);
            out.write(TRAILERS, 0, 5);
            out.flush();
            List<Boolean> early = new ArrayList<>();
            early.add(connection.take());
            out.write(TRAILERS, 5, TRAILERS.length - 5);
            out.flush();
            while (!connection.take()) {
                early.add(false);
            }
            assertThat(early).containsOnly(false);
            frame(in, types);
            assertThat(frame(in, types)).as("what the PING brought").containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void aPutThatEndsWithoutAMessageOrIsRefusedIsNoFigure() throws IOException {
        for (byte[] answer : List.of(TRAILERS, GO_AWAY)) {
            try (ServerSocket server = listening();
                    EtcdConnection connection = EtcdConnection.open(addressOf(server));
                    Socket peer = server.accept()) {
                connection.put(new byte[8], new byte[8]);
                peer.getOutputStream().write(answer);
                assertThatThrownBy(connection::take)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("etcd");
            }
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress addressOf(ServerSocket server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** The next frame's body; its type goes to the others. */
    private static byte[] frame(InputStream in, List<Integer> types) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(in.readNBytes(9));
        types.add((int) head.get(3));
        return in.readNBytes(head.getInt(0) >>> Byte.SIZE);
    }

    @Test
    void argumentsChangeWhatIsMeasuredAndTheTableSaysIt() {
        RaftOptions options = RaftOptions.parse("--alone", "--clients=1,2", "--only=member,etcd", "--record=r");
        assertThat(options.etcd()).isFalse();
        assertThat(options.clients()).containsExactly(1, 2);
        assertThat(options.isWanted("coordinators")).isFalse();
        assertThat(options.recordingOf("member")).hasSize(1);
        assertThatThrownBy(() -> RaftOptions.parse("--second")).hasMessageContaining("--seconds");
        List<String> lines = new ArrayList<>();
        RaftTable table = new RaftTable(lines::add);
        table.head();
        table.print("etcd", Map.of(8, new Rate(1234, 5, 67)));
        assertThat(lines).hasSize(2).last().asString().matches("etcd +8 +1234 +5 +67");
    }
}
