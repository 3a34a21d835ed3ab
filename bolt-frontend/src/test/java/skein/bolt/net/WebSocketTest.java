package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.ChunkWriter;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.ValueWriter;
import skein.bolt.transport.Origins;
import skein.bolt.transport.Tls;
import skein.bolt.transport.Transport;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/** Bolt inside WebSocket frames, as browsers speak it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebSocketTest {
    private static final String HANDSHAKE = "60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00";

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable BoltServer started;

    @BeforeAll
    void start() {
        started = BoltServer.start(
                BoltSettings.listeningOn("127.0.0.1", 0),
                new Transport(Tls.off(), new Origins(List.of("https://browser.example.com"))),
                new FakeQueries(),
                new FakeAdmin());
    }

    @AfterAll
    void stop() {
        http.close();
        if (started != null) {
            started.close();
        }
    }

    private int port() {
        return started == null ? 0 : started.address().port();
    }

    /** Collects what the server says. */
    private static final class Ear implements WebSocket.Listener {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public synchronized CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            heard.writeBytes(bytes);
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(-1);
        }

        synchronized String hex() {
            return Bytes.hex(heard.toByteArray());
        }

        void awaitHex(String part) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> hex().contains(part));
        }
    }

    private WebSocket connect(Ear ear, @Nullable String origin) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + port() + "/"), ear)
                .join();
    }

    private static byte[] conversation() {
        ChunkWriter writer = new ChunkWriter();
        message(writer, 0x01, new MapValue(Map.of("user_agent", Value.of("page/1"))));
        message(writer, 0x6A, new MapValue(Map.of("scheme", Value.of("none"))));
        message(writer, 0x10, Value.of("ROWS 2"), MapValue.EMPTY, MapValue.EMPTY);
        message(writer, 0x3F, new MapValue(Map.of("n", Value.of(-1))));
        return writer.drain();
    }

    private static void message(ChunkWriter writer, int tag, Value... fields) {
        PackStreamWriter to = writer.begin();
        to.structure(tag, fields.length);
        ValueWriter values = new ValueWriter(to, Dialect.ELEMENT_IDS);
        for (Value field : fields) {
            values.value(field);
        }
        writer.end();
    }

    @Test
    void aPageRunsAQueryWhereverItsFramesEnd() {
        byte[] conversation = conversation();
        for (int size : new int[] {1, 7, conversation.length}) {
            Ear ear = new Ear();
            WebSocket socket = connect(ear, null);
            socket.sendBinary(ByteBuffer.wrap(Bytes.of(HANDSHAKE)), true).join();
            ear.awaitHex("00 00 04 05");
            for (int at = 0; at < conversation.length; at += size) {
                int length = Math.min(size, conversation.length - at);
                // the last fragment of a message, or one of more to come: both are only bytes
                boolean last = at + length == conversation.length || size == 1;
                socket.sendBinary(ByteBuffer.wrap(conversation, at, length), last)
                        .join();
            }
            ear.awaitHex("B1 71 91 01");
            ear.awaitHex("88 62 6F 6F 6B 6D 61 72 6B");
            socket.abort();
        }
    }

    @Test
    void pingIsAnsweredAndCloseIsGoodbye() throws Exception {
        Ear ear = new Ear();
        CompletableFuture<String> pong = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port() + "/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
                        pong.complete(StandardCharsets.UTF_8.decode(message).toString());
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                        return ear.onClose(from, status, reason);
                    }
                })
                .join();
        socket.sendPing(ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8))).join();
        assertThat(pong.get(10, TimeUnit.SECONDS)).isEqualTo("hi");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(ear.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void textFramesEndTheConnection() throws Exception {
        Ear ear = new Ear();
        connect(ear, null).sendText("RETURN 1", true).join();
        assertThat(ear.closed.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void pagesFromThisMachineAndFromAllowedOriginsMayConnect() {
        for (String origin : List.of("http://localhost:7474", "https://127.0.0.1", "https://BROWSER.example.com")) {
            connect(new Ear(), origin).abort();
        }
    }

    @Test
    void pagesFromElsewhereMayNot() {
        for (String origin : List.of("https://evil.example.com", "null", "http://localhost.evil.example.com", "::")) {
            assertThatThrownBy(() -> connect(new Ear(), origin)).hasStackTraceContaining("403");
        }
    }

    @Test
    void somebodyWhoOpensThePortInABrowserIsToldWhatItIs() throws IOException {
        String answer = request("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 426").contains("Bolt port of a Skein instance");
        assertThat(request("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .doesNotContain("101");
    }

    private String request(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
