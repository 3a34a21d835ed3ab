package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.bolt.net.BoltSettings.Limits;
import skein.bolt.packstream.Bytes;
import skein.bolt.transport.Transport;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.Authentication;

/** What requests and results may take of the heap, in one connection and in all together. */
final class BoltMemoryTest {
    private static final int MIB = 1 << 20;
    private static final String TRANSIENT = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
    private static final String NEVER = "Neo.ClientError.General.LimitExceeded";

    private final FakeQueries queries = new FakeQueries();
    private final AtomicLong sharedBytes = new AtomicLong();
    private final SharedMemory shared = new SharedMemory() {
        @Override
        public boolean reserve(long bytes) {
            sharedBytes.addAndGet(bytes);
            return true;
        }

        @Override
        public void release(long bytes) {
            sharedBytes.addAndGet(-bytes);
        }
    };
    private BoltServer server = start(Map.of());

    private BoltServer start(Map<String, String> flags) {
        return BoltServer.start(
                BoltSettings.listeningOn("127.0.0.1", 0).with(Limits.with(flags)),
                Transport.plain(),
                Authentication.ofNobody(),
                shared,
                queries,
                new FakeAdmin());
    }

    private void restart(Map<String, String> flags) {
        server.close();
        server = start(flags);
    }

    @AfterEach
    void nothingIsLeft() {
        await().untilAsserted(() -> assertThat(server.outboundBytes()).isZero());
        server.close();
        assertThat(server.requestBytes()).isZero();
        assertThat(sharedBytes).hasValue(0);
    }

    /** RUN "ROWS 0" with one parameter: a list of so many maps with one entry, four bytes each. */
    private static byte[] tinyMaps(int count) {
        byte[] head = Bytes.join(
                Bytes.of("B3 10 86 52 4F 57 53 20 30 A1 81 70 D6"),
                new byte[] {(byte) (count >> 24), (byte) (count >> 16), (byte) (count >> 8), (byte) count});
        byte[] message = Arrays.copyOf(head, head.length + 4 * count + 1);
        for (int i = 0; i < count; i++) {
            System.arraycopy(Bytes.of("A1 81 69 05"), 0, message, head.length + 4 * i, 4);
        }
        message[message.length - 1] = (byte) 0xA0;
        return Bytes.chunked(message);
    }

    @Test
    void aMessageOfTinyValuesIsRefusedBeforeItFillsTheHeap() throws IOException {
        restart(Map.of("bolt-request-memory-mib-max", "64"));
        try (RawClient client = RawClient.loggedIn(server.address());
                RawClient other = RawClient.loggedIn(server.address())) {
            client.sendBytes(tinyMaps(8 * MIB));
            assertThat(client.expectFailure()).isEqualTo(NEVER);
            assertThat(server.requestBytes()).isLessThan(MIB);
            client.reset().flush();
            client.expectSuccess();
            client.sendBytes(tinyMaps(50_000));
            client.pull(-1).flush();
            client.expectSuccess();
            client.expectSuccess();
            other.reset().flush();
            other.expectSuccess();
        }
    }

    @Test
    void declaredSizesTakeNothing() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.sendBytes(Bytes.chunked(Bytes.of("B3 10 81 51 D6 7F FF FF FF 01 A0")));
            assertThat(client.isClosedByServer()).isTrue();
        }
        // each list declares as many items as bytes follow, a hundred times over
        byte[] nested = new byte[4 * MIB];
        System.arraycopy(Bytes.of("B3 10 81 51 A1 81 70"), 0, nested, 0, 7);
        for (int at = 7, level = 0; level < 90; level++, at += 5) {
            int rest = nested.length - at - 5;
            byte[] list = {(byte) 0xD6, (byte) (rest >> 24), (byte) (rest >> 16), (byte) (rest >> 8), (byte) rest};
            System.arraycopy(list, 0, nested, at, list.length);
        }
        restart(Map.of("bolt-request-memory-mib-max", "128"));
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.sendBytes(Bytes.chunked(nested));
            assertThat(client.expectFailure()).isEqualTo(NEVER);
        }
    }

    @Test
    void requestsOfAllConnectionsShareOneLimit() throws Exception {
        restart(Map.of("bolt-request-memory-mib-max", "40"));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                RawClient client = RawClient.loggedIn(server.address());
                clients.add(client);
                client.run("ROWS 0", "x".repeat(8 * MIB)).flush();
            }
            List<String> answers = new ArrayList<>();
            for (RawClient client : clients) {
                answers.add(client.summary());
            }
            assertThat(answers).contains("SUCCESS", TRANSIENT).containsOnly("SUCCESS", TRANSIENT);
            assertThat(server.requestBytes()).isBetween(8L * MIB, 40L * MIB);
            assertThat(sharedBytes.get()).isEqualTo(server.requestBytes());
            // small requests always fit, and what is drained makes room
            for (int i = 0; i < clients.size(); i++) {
                RawClient client = clients.get(i);
                (answers.get(i).equals("SUCCESS") ? client.pull(-1) : client.reset()).flush();
                client.expectSuccess();
            }
            await().untilAsserted(() -> assertThat(server.requestBytes()).isZero());
            clients.getFirst().run("ROWS 0", "x".repeat(8 * MIB)).pull(-1).flush();
            clients.getFirst().expectSuccess();
            clients.getFirst().expectSuccess();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void halfAMessageOfADroppedConnectionIsGivenBack() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            byte[] whole = tinyMaps(MIB);
            client.sendBytes(Arrays.copyOf(whole, whole.length / 2));
            await().until(() -> server.requestBytes() >= MIB);
        }
        await().until(() -> server.requestBytes() == 0);
    }

    @Test
    void manyQueriesSentAheadGiveBackWhatTheyTookOneByOne() throws IOException {
        restart(Map.of("bolt-request-memory-mib-max", "16"));
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.begin().flush();
            client.expectSuccess();
            for (int i = 0; i < 40; i++) {
                client.run("ROWS 0", "x".repeat(MIB)).pull(-1);
                if (i % 4 == 3) {
                    client.flush();
                    for (int answers = 0; answers < 8; answers++) {
                        client.expectSuccess();
                    }
                }
            }
        }
    }

    @Test
    void aMillionRowsToASlowReaderStayWithinTheBufferAndOthersAreServed() throws IOException {
        try (RawClient slow = new RawClient(server.address(), 16 * 1024).login();
                RawClient other = RawClient.loggedIn(server.address())) {
            slow.run("BIG 1000000 100").pull(-1).flush();
            slow.expectSuccess();
            await().until(() -> server.outboundBytes() > MIB / 2);
            for (int i = 0; i < 100; i++) {
                other.run("ROWS 1").pull(-1).flush();
                other.expectSuccess();
                other.expectRow();
                other.expectSuccess();
            }
            for (int i = 0; i < 1_000_000; i++) {
                slow.expectRow();
            }
            slow.expectSuccess();
            assertThat(queries.rowsMade.get()).isEqualTo(1_000_100);
            assertThat(server.outboundBytesPeak()).isLessThanOrEqualTo(MIB);
        }
    }

    @Test
    void slowReadersShareOneLimitAndEachHasABatch() throws IOException {
        restart(Map.of("bolt-result-buffers-mib-max", "1"));
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawClient client = new RawClient(server.address(), 16 * 1024).login();
                slow.add(client);
                client.run("BIG 200000 1000").pull(-1).flush();
            }
            for (RawClient client : slow) {
                client.expectSuccess();
                for (int row = 0; row < 5_000; row++) {
                    client.expectRow();
                }
            }
            long batch = 17 * 1024;
            assertThat(server.outboundBytesPeak()).isLessThanOrEqualTo(MIB + slow.size() * batch);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> server.outboundBytes() == 0);
    }

    @Test
    void whatAFailureSaysBackIsCutShort() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.message(0x11, new MapValue(Map.of("mode", Value.of("x".repeat(MIB)))))
                    .flush();
            MapValue failure = (MapValue) client.expect(RawClient.FAILURE);
            assertThat(((Value.StringValue) failure.get("message")).value()).hasSizeLessThan(17_000);
        }
    }
}
