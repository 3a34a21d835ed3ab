package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.fuzz.DriverSession;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.ChunkReader;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.PackStreamReader;
import skein.bolt.packstream.Structure;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/** Bytes over a real socket: every client's handshake, sessions split anywhere, and every message in every state. */
final class BoltBytesTest {
    private static final String MAGIC = "60 60 B0 17 ";
    private static final String MANIFEST = "00 00 01 FF 0B 00 00 01 04 00 00 03 04 00 00 04 04";
    /** Its head, eleven versions, and no capabilities. */
    private static final int MANIFEST_BYTES = 4 + 1 + 11 * 4 + 1;

    private static final int ONE_CHUNK = 0xFFFF;
    private static final int SILENCE_MILLIS = 10_000;
    /** What depends on the clock or on the connection. */
    private static final List<String> VARIABLE = List.of("t_first", "t_last", "connection_id");

    private final FakeQueries queries = new FakeQueries();
    private final BoltServer server =
            BoltServer.start(BoltSettings.listeningOn("127.0.0.1", 0), queries, new FakeAdmin());

    @AfterEach
    void everyConnectionIsForgotten() {
        await().untilAsserted(() -> assertThat(server.connections()).isZero());
        assertThat(server.requestBytes()).isZero();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getByName(server.address().host()), server.address().port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        return socket;
    }

    /** What the server says until it closes. */
    private byte[] answers(byte[]... pieces) throws IOException {
        try (Socket socket = connect()) {
            for (byte[] piece : pieces) {
                socket.getOutputStream().write(piece);
            }
            return readAll(socket.getInputStream());
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException e) {
            // closed while something was still on its way to the server
        }
        return all.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Java 6.2.1 and 5.28 and cypher-shell, 00 00 01 FF 00 08 08 05 00 02 04 04 00 00 00 03, " + MANIFEST,
        "JS 6.3.0,                 00 00 01 FF 00 08 08 05 00 02 04 04 00 00 00 03, " + MANIFEST,
        "a manifest as last resort, 00 00 00 09 00 00 00 08 00 00 00 07 00 00 01 FF, " + MANIFEST,
        "without a manifest,       00 08 08 05 00 02 04 04 00 00 00 03 00 00 00 00, 00 00 08 05",
        "mgconsole 1.5.2,          00 00 01 04 00 00 00 01 00 00 00 00 00 00 00 00, 00 00 01 04",
        "mgclient 1.6.0,           00 00 04 04 00 00 03 04 00 00 01 04 00 00 00 01, 00 00 04 04",
        "Go and Python of 2024,    00 04 04 05 00 02 04 04 00 00 00 03 00 00 00 00, 00 00 04 05",
        "only newer ones,          00 00 01 06 00 00 00 07 00 00 00 00 00 00 00 00, 00 00 00 00",
        "only fillers,             00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, 00 00 00 00",
    })
    void everyClientsHandshakeIsAnsweredWholeAndByteByByte(String client, String proposals, String reply)
            throws IOException {
        byte[] opening = Bytes.of(MAGIC + proposals);
        byte[] expected = Bytes.of(reply);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(opening);
            assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
        }
        try (Socket socket = connect()) {
            for (byte one : opening) {
                socket.getOutputStream().write(one);
            }
            assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "47 45 54 58",
                "50 4F 53 54 20 2F",
                "53 53 48 2D 32 2E 30",
                "00",
                "16 03 01 02 00 01",
                "60 60 B0 18",
                "60 60 B0 17 00 00 01 FF 00 00 00 00 00 00 00 00 00 00 00 00 00 00 09 09 00",
                "60 60 B0 17 00 00 01 FF 00 00 00 00 00 00 00 00 00 00 00 00 FF FF FF FF FF FF FF FF FF FF FF FF FF FF"
            })
    void whatIsNoHandshakeEndsTheConnection(String hex) throws IOException {
        byte[] found = answers(Bytes.of(hex), new byte[2_000]);
        assertThat(found.length).isLessThan(200);
    }

    @Test
    void everyUnfinishedHandshakeIsForgotten() throws IOException {
        byte[] opening = DriverSession.all().getFirst().opening();
        for (int length = 0; length < opening.length; length++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(opening, 0, length);
            }
        }
    }

    static Stream<DriverSession> sessions() {
        return DriverSession.all().stream();
    }

    /** Pipelined as far as it can be: RESET and GOODBYE overtake what was sent before them, on purpose. */
    private static DriverSession calm(DriverSession session) {
        List<byte[]> messages = session.messages().stream()
                .takeWhile(message -> !new String(message, StandardCharsets.ISO_8859_1).contains("FAIL"))
                .toList();
        return new DriverSession(session.name(), session.opening(), messages);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void everySplitOfASessionIsAnsweredTheSame(DriverSession whole) throws IOException {
        DriverSession session = calm(whole);
        byte[] bytes = session.bytes(ONE_CHUNK);
        List<String> expected = answersOf(session, bytes);
        assertThat(expected).hasSizeGreaterThan(session.messages().size()).noneMatch(line -> line.startsWith("7F"));
        for (int split = 1; split < bytes.length; split++) {
            List<String> found =
                    answersOf(session, Arrays.copyOf(bytes, split), Arrays.copyOfRange(bytes, split, bytes.length));
            assertThat(found).as("split at %d", split).isEqualTo(expected);
            queries.events.clear();
        }
        byte[][] single = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            single[i] = new byte[] {bytes[i]};
        }
        assertThat(answersOf(session, single)).isEqualTo(expected);
        assertThat(answersOf(session, session.bytes(1))).isEqualTo(expected);
    }

    /** Answers, rows among them, until every message has its summary; without what differs from run to run. */
    private List<String> answersOf(DriverSession session, byte[]... pieces) throws IOException {
        List<String> answers = new ArrayList<>();
        ChunkReader chunks = new ChunkReader(1 << 20, (bytes, length) -> answers.add(shown(session, bytes, length)));
        try (Socket socket = connect()) {
            for (byte[] piece : pieces) {
                socket.getOutputStream().write(piece);
            }
            InputStream in = socket.getInputStream();
            in.readNBytes(session.name().equals("java-5") ? MANIFEST_BYTES : 4);
            byte[] buffer = new byte[8192];
            while (answers.stream().filter(line -> !line.startsWith("71")).count()
                    < session.messages().size()) {
                int read = in.read(buffer);
                assertThat(read).as("bytes behind %s", answers).isPositive();
                chunks.feed(buffer, 0, read);
            }
        }
        return answers;
    }

    private static String shown(DriverSession session, byte[] bytes, int length) {
        Dialect dialect = session.name().endsWith("-5") ? Dialect.ELEMENT_IDS : Dialect.LEGACY;
        Structure message = PackStreamReader.ofResponse(bytes, length, dialect, PackStreamLimits.CLIENT)
                .message();
        // an array's name is another one each time
        return "%02X %s".formatted(message.tag(), steady(message.fields())).replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static String steady(List<Value> fields) {
        if (!fields.isEmpty() && fields.getFirst() instanceof MapValue(Map<String, Value> entries)) {
            Map<String, Value> kept = new LinkedHashMap<>(entries);
            VARIABLE.forEach(kept::remove);
            return kept.toString();
        }
        return fields.toString();
    }

    /** How each state is reached in 5.4, and how many messages that brings. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "NEGOTIATION", List.of(),
            "AUTHENTICATION", List.of("HELLO"),
            "READY", List.of("HELLO", "LOGON"),
            "STREAMING", List.of("HELLO", "LOGON", "RUN"),
            "TX_READY", List.of("HELLO", "LOGON", "BEGIN"),
            "TX_STREAMING", List.of("HELLO", "LOGON", "BEGIN", "RUN"),
            "FAILED", List.of("HELLO", "LOGON", "FAIL"));

    /** y: SUCCESS, perhaps after a row; i: IGNORED; f: FAILURE; c: FAILURE and close; g: closed without a word. */
    private static final String TABLE = """
                           HELLO LOGON LOGOFF RUN BEGIN PULL DISCARD COMMIT ROLLBACK ROUTE TELEMETRY RESET BROKEN MALFORMED GOODBYE
            NEGOTIATION    y     c     c      c   c     c    c       c      c        c     c         c     c      g         g
            AUTHENTICATION c     y     c      c   c     c    c       c      c        c     c         c     c      g         g
            READY          c     c     y      y   y     c    c       c      c        y     y         y     f      g         g
            STREAMING      c     c     c      c   c     y    y       c      c        c     c         y     f      g         g
            TX_READY       c     c     c      y   c     f    f       y      y        c     c         y     f      g         g
            TX_STREAMING   c     c     c      y   c     y    y       y      y        c     c         y     f      g         g
            FAILED         i     i     i      i   i     i    i       i      i        i     i         y     i      g         g
            """;

    static Stream<Arguments> fields() {
        List<String> lines = TABLE.lines().toList();
        List<String> names = List.of(lines.getFirst().strip().split(" +", -1));
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split(" +", -1))
                .flatMap(row -> Stream.iterate(1, column -> column < row.length, column -> column + 1)
                        .map(column -> Arguments.of(row[0], names.get(column - 1), row[column])));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyMessageInEveryStateIsAnsweredAsTheTableSays(String state, String message, String expected)
            throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.sendBytes(Bytes.of(MAGIC + "00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
            client.expectBytes("00 00 04 05");
            for (String step : List.copyOf(WAYS.getOrDefault(state, List.of()))) {
                add(client, step).flush();
                client.next();
            }
            add(client, message).flush();
            assertThat(verdict(client, expected.equals("c"))).isEqualTo(expected);
            if (expected.matches("[yif]") && !message.equals("HELLO") && !message.equals("LOGOFF")) {
                client.reset().flush();
                client.expectSuccess();
            }
        }
    }

    private static String verdict(RawClient client, boolean closes) throws IOException {
        Structure answer;
        try {
            answer = client.next();
            while (answer.tag() == RawClient.RECORD) {
                answer = client.next();
            }
        } catch (IOException e) {
            return "g";
        }
        return switch (answer.tag()) {
            case RawClient.SUCCESS -> "y";
            case RawClient.IGNORED -> "i";
            default -> closes && client.isClosedByServer() ? "c" : "f";
        };
    }

    private static RawClient add(RawClient client, String message) {
        return switch (message) {
            case "HELLO" -> client.hello();
            case "LOGON" -> client.logon();
            case "LOGOFF" -> client.message(0x6B);
            case "RUN" -> client.run("ROWS 1");
            case "FAIL" -> client.run("FAIL SYNTAX_ERROR");
            case "BEGIN" -> client.begin();
            case "PULL" -> client.pull(-1);
            case "DISCARD" -> client.message(0x2F, new MapValue(Map.of("n", Value.of(-1))));
            case "COMMIT" -> client.commit();
            case "ROLLBACK" -> client.message(0x13);
            case "ROUTE" -> client.message(0x66, MapValue.EMPTY, Value.ListValue.EMPTY, MapValue.EMPTY);
            case "TELEMETRY" -> client.message(0x54, Value.of(0));
            case "RESET" -> client.reset();
            case "BROKEN" -> client.message(0x10, Value.of(1), MapValue.EMPTY, MapValue.EMPTY);
            case "MALFORMED" -> client.message(0x77);
            default -> client.goodbye();
        };
    }
}
