package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.packstream.Bytes;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The server over real sockets, byte for byte. */
final class BoltServerTest {
    private final FakeQueries queries = new FakeQueries();
    private final FakeAdmin admin = new FakeAdmin();
    private BoltServer server;

    @BeforeEach
    void start() {
        server = BoltServer.start(BoltSettings.listeningOn("127.0.0.1", 0), queries, admin);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aQueryOnItsOwn() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("ROWS 2").pull(-1).flush();
            assertThat(client.expectSuccess().get("fields")).isEqualTo(Value.of(List.of(Value.of("n"))));
            assertThat(client.expectRow()).containsExactly(Value.of(0));
            assertThat(client.expectRow()).containsExactly(Value.of(1));
            MapValue summary = client.expectSuccess();
            assertThat(summary.get("type")).isEqualTo(Value.of("r"));
            assertThat(summary.get("db")).isEqualTo(Value.of("skein"));
            assertThat(summary.get("has_more")).isEqualTo(Value.NULL);
            assertThat(summary.get("bookmark")).isNotEqualTo(Value.NULL);
        }
    }

    @Test
    void rowsComeOnlyOnDemand() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("ROWS 1000000").pull(3).flush();
            client.expectSuccess();
            for (int i = 0; i < 3; i++) {
                client.expectRow();
            }
            assertThat(client.expectSuccess().get("has_more")).isEqualTo(Value.TRUE);
            assertThat(queries.rowsMade).hasValue(3);
        }
    }

    @Test
    void theHandshakeMayComeOneByteAtATime() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            for (byte one : Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00")) {
                client.sendBytes(new byte[] {one});
            }
            client.expectBytes("00 00 04 05");
            for (byte one : client.hello().logon().pending()) {
                client.sendBytes(new byte[] {one});
            }
            client.expectSuccess();
            client.expectSuccess();
        }
    }

    @Test
    void everythingMayComeInOnePiece() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            byte[] opening = Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00");
            client.hello().logon().run("ROWS 1").pull(-1);
            client.sendBytes(Bytes.join(opening, client.pending()));
            client.expectBytes("00 00 04 05");
            client.expectSuccess();
            client.expectSuccess();
            client.expectSuccess();
            client.expectRow();
            client.expectSuccess();
        }
    }

    @Test
    void aVersionChosenFromTheManifestIsConfirmedByHello() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.sendBytes(Bytes.of("60 60 B0 17 00 00 01 FF 00 08 08 05 00 02 04 04 00 00 00 03"));
            client.expectBytes("00 00 01 FF 0B 00 00 01 04 00 00 03 04 00 00 04 04 00 00 00 05 00 00 01 05"
                    + " 00 00 02 05 00 00 03 05 00 00 04 05 00 00 06 05 00 00 07 05 00 00 08 05 00");
            client.hello().logon();
            client.sendBytes(Bytes.join(Bytes.of("00 00 04 05 00"), client.pending()));
            assertThat(client.expectSuccess().get("protocol_version")).isEqualTo(Value.of("5.4"));
            client.expectSuccess();
        }
    }

    @Test
    void aClientOfVersion41IsServedWithoutLogon() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.sendBytes(Bytes.of("60 60 B0 17 00 00 01 04 00 00 00 01 00 00 00 00 00 00 00 00"));
            client.expectBytes("00 00 01 04");
            client.hello().flush();
            client.expectSuccess();
            client.run("ROWS 1").flush();
            client.expectSuccess();
            client.pull(-1).flush();
            client.expectRow();
            client.expectSuccess();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 00", "47 45 54 20 2F 20", "16 03 01 00 05", "60 60 B0 18"})
    void whoDoesNotSpeakBoltIsClosed(String hex) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.sendBytes(Bytes.of(hex));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientWithoutACommonVersionIsToldAndClosed() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.sendBytes(Bytes.of("60 60 B0 17 00 00 00 03 00 00 00 02 00 00 00 01 00 00 00 00"));
            client.expectBytes("00 00 00 00");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 02 B0 55 00 00",
                "00 01 90 00 00",
                "00 05 B3 10 82 C3 28 00 00",
                "00 06 B3 10 D2 7F FF FF 00 00"
            })
    void malformedBytesCloseTheirConnectionAndNoOther(String hex) throws IOException {
        try (RawClient other = RawClient.loggedIn(server.address());
                RawClient client = RawClient.loggedIn(server.address())) {
            client.sendBytes(Bytes.of(hex));
            assertThat(client.isClosedByServer()).isTrue();
            other.run("ROWS 0").pull(-1).flush();
            other.expectSuccess();
            other.expectSuccess();
        }
    }

    @Test
    void aFailureLetsWhatWasSentBehindItBeIgnored() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("BOOM 2").pull(-1).run("ROWS 1").pull(-1).flush();
            client.expectSuccess();
            client.expectRow();
            client.expectRow();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Statement.ArithmeticError");
            client.expect(RawClient.IGNORED);
            client.expect(RawClient.IGNORED);
            client.reset().run("ROWS 1").pull(-1).flush();
            client.expectSuccess();
            client.expectSuccess();
            client.expectRow();
            client.expectSuccess();
        }
    }

    @Test
    void aFailureRollsBackTheTransactionAtOnce() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.begin().run("FAIL TYPE_ERROR").pull(-1).commit().flush();
            client.expectSuccess();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Statement.TypeError");
            client.expect(RawClient.IGNORED);
            client.expect(RawClient.IGNORED);
            assertThat(queries.events).containsExactly("open", "begin", "rollback");
        }
    }

    @Test
    void aFaultOfTheServerIsAnswered() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("BUG").flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.DatabaseError.General.UnknownError");
            client.reset().flush();
            client.expectSuccess();
        }
    }

    @Test
    void resetEndsALongQuery() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("WAIT").pull(-1).flush();
            client.expectSuccess();
            await().until(() -> queries.waiting.get() == 1);
            client.reset().flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Transaction.Terminated");
            client.expectSuccess();
            client.run("ROWS 1").pull(-1).flush();
            client.expectSuccess();
            client.expectRow();
            client.expectSuccess();
        }
    }

    /** Either the query is ignored, or it is ended although sessions forget interruptions that come too early. */
    @Test
    void resetRightBehindALongQueryEndsItToo() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            for (int i = 0; i < 200; i++) {
                client.run("WAIT").pull(-1).reset().run("ROWS 0").pull(-1).flush();
                client.next();
                client.next();
                client.expectSuccess();
                client.expectSuccess();
                client.expectSuccess();
            }
            assertThat(queries.waiting).hasValue(0);
        }
    }

    @Test
    void aQueryWithoutColumnsAndItsEndAreAnsweredOneAfterTheOther() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            for (int i = 0; i < 200; i++) {
                client.run("CREATE").pull(-1).run("CREATE").pull(-1);
                client.begin().run("CREATE").pull(-1).commit().flush();
                assertThat(client.expectSuccess().get("fields")).isEqualTo(Value.of(List.of()));
                assertThat(client.expectSuccess().get("type")).isEqualTo(Value.of("w"));
                client.expectSuccess();
                assertThat(client.expectSuccess().get("type")).isEqualTo(Value.of("w"));
                client.expectSuccess();
                client.expectSuccess();
                assertThat(client.expectSuccess().get("type")).isEqualTo(Value.of("w"));
                assertThat(client.expectSuccess().get("bookmark")).isNotEqualTo(Value.NULL);
            }
        }
    }

    /** Its end may be worked on before the client has heard of its beginning. */
    @Test
    void resetEndsAQueryWithoutColumnsToo() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            for (int i = 0; i < 100; i++) {
                client.run("LINGER").pull(-1).flush();
                await().until(() -> queries.waiting.get() == 1);
                client.reset().run("ROWS 1").pull(-1).flush();
                client.expectSuccess();
                assertThat(client.next().tag()).isIn(RawClient.IGNORED, RawClient.FAILURE);
                client.expectSuccess();
                client.expectSuccess();
                client.expectRow();
                client.expectSuccess();
            }
        }
    }

    @Test
    void resetIsRepeatedUntilTheQueryListens() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("DOZE").pull(-1).flush();
            client.expectSuccess();
            client.reset().flush();
            await().until(() -> queries.interruptions.get() > 0);
            queries.dozing.countDown();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Transaction.Terminated");
            client.expectSuccess();
        }
    }

    @Test
    void resetEndsAnEndlessStreamThatNobodyReads() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("BIG 1000000000 1000").pull(-1).flush();
            client.expectSuccess();
            await().until(() -> queries.rowsMade.get() > 100);
            client.reset().flush();
            int tag = RawClient.RECORD;
            while (tag == RawClient.RECORD) {
                tag = client.next().tag();
            }
            assertThat(tag).isEqualTo(RawClient.FAILURE);
            client.expectSuccess();
        }
    }

    @Test
    void aSlowReaderHoldsNoMoreThanABoundedBuffer() throws IOException {
        int rowBytes = 1_000;
        try (RawClient client = new RawClient(server.address(), 16 * 1024).login()) {
            client.run("BIG 1000000 " + rowBytes).pull(-1).flush();
            client.expectSuccess();
            long limit = BoltSettings.Limits.DEFAULT.outboundBytesMax();
            await().until(() -> queries.rowsMade.get() * rowBytes > limit);
            long made = rowsMadeWhenStill();
            // what the sockets' buffers took on top is the system's, a few MiB at most
            assertThat(made * rowBytes).isLessThan(16L * 1024 * 1024);
            for (int i = 0; i < 50_000; i++) {
                client.expectRow();
            }
            await().until(() -> queries.rowsMade.get() > made);
        }
        await().until(() -> queries.events.contains("close"));
    }

    private long rowsMadeWhenStill() {
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            long now = queries.rowsMade.get();
            boolean still = now == last[0];
            last[0] = now;
            return still;
        });
        return last[0];
    }

    @Test
    void aDroppedSocketEndsTheQueryAndRollsBack() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.begin().run("WAIT").pull(-1).flush();
            client.expectSuccess();
            client.expectSuccess();
            await().until(() -> queries.waiting.get() == 1);
        }
        await().until(() -> queries.waiting.get() == 0);
        await().untilAsserted(() -> assertThat(queries.events).containsExactly("open", "begin", "rollback", "close"));
        await().until(() -> server.connections() == 0);
    }

    @Test
    void goodbyeClosesWithoutAnAnswer() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("WAIT").pull(-1).flush();
            client.expectSuccess();
            await().until(() -> queries.waiting.get() == 1);
            client.goodbye().flush();
            assertThat(client.isClosedByServer()).isTrue();
        }
        await().until(() -> queries.events.contains("close"));
    }

    @Test
    void aTransactionBegunByTextDoesNotOutliveReset() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("BEGIN").pull(-1).flush();
            client.expectSuccess();
            client.expectSuccess();
            assertThat(queries.events).containsExactly("open");
            client.reset().flush();
            client.expectSuccess();
            assertThat(queries.events).containsExactly("open", "rollback");
        }
    }

    @Test
    void adminStatementsAreAnsweredLikeQueries() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("show replication role;").pull(-1).flush();
            assertThat(client.expectSuccess().get("fields")).isEqualTo(Value.of(List.of(Value.of("statement"))));
            assertThat(client.expectRow()).containsExactly(Value.of("ShowReplicationRole"));
            assertThat(client.expectSuccess().get("type")).isEqualTo(Value.of("r"));
        }
    }

    @Test
    void adminStatementsAreRefusedInTransactions() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.begin().run("SHOW REPLICAS").flush();
            client.expectSuccess();
            assertThat(client.expectFailure()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION.status());
            assertThat(queries.events).containsExactly("open", "begin", "rollback");
            client.reset().run("BEGIN").pull(-1).run("SHOW REPLICAS").flush();
            client.expectSuccess();
            client.expectSuccess();
            client.expectSuccess();
            assertThat(client.expectFailure()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION.status());
        }
    }

    @Test
    void resetEndsTheWaitForAnAdminStatement() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            client.run("DROP REPLICA r").flush();
            client.reset().flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Transaction.Terminated");
            client.expectSuccess();
        }
    }

    @Test
    void theTableOfRoutesFollowsTheRole() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.address())) {
            MapValue context = new MapValue(Map.of("address", Value.of("example.com:9")));
            client.message(0x66, context, Value.ListValue.EMPTY, MapValue.EMPTY).flush();
            assertThat(client.expectSuccess().toString())
                    .contains("example.com:9")
                    .contains("WRITE");
            queries.main = false;
            client.message(0x66, context, Value.ListValue.EMPTY, MapValue.EMPTY).flush();
            MapValue table = (MapValue) client.expectSuccess().get("rt");
            Value.ListValue servers = (Value.ListValue) table.get("servers");
            assertThat(servers.values().getFirst())
                    .isEqualTo(new MapValue(Map.of("role", Value.of("WRITE"), "addresses", Value.ListValue.EMPTY)));
        }
    }

    @Test
    void closingTheServerRollsBackAndClosesSessions() throws IOException {
        try (RawClient idle = RawClient.loggedIn(server.address());
                RawClient busy = RawClient.loggedIn(server.address())) {
            busy.begin().run("WAIT").pull(-1).flush();
            busy.expectSuccess();
            busy.expectSuccess();
            await().until(() -> queries.waiting.get() == 1);
            server.close();
            assertThat(queries.events).containsExactly("open", "begin", "rollback", "close");
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(busy.isClosedByServer()).isTrue();
            assertThatThrownBy(() -> new RawClient(server.address())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortInUseIsExplained() {
        BoltSettings same =
                BoltSettings.listeningOn("127.0.0.1", server.address().port());
        assertThatThrownBy(() -> BoltServer.start(same, queries, admin))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining("NET-001")
                .hasMessageContaining(":" + server.address().port())
                .hasMessageContaining("--bolt-port");
    }
}
