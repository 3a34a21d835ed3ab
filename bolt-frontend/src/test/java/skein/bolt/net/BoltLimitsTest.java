package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.net.BoltSettings.Limits;
import skein.bolt.net.BoltSettings.Timeouts;
import skein.bolt.packstream.Bytes;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;

/** What a client may take, in bytes, connections and time. */
final class BoltLimitsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FakeQueries queries = new FakeQueries();
    private @Nullable BoltServer started;

    @AfterEach
    void stop() {
        server().close();
    }

    private void start(Limits limits, Timeouts timeouts) {
        started = BoltServer.start(
                BoltSettings.listeningOn("127.0.0.1", 0).with(limits).with(timeouts), queries, new FakeAdmin());
    }

    private BoltServer server() {
        return Objects.requireNonNull(started);
    }

    private static Timeouts timeouts(Duration handshake, Duration login, Duration message) {
        return new Timeouts(handshake, login, message, LONG, LONG, Duration.ofSeconds(10), LONG);
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        start(Limits.DEFAULT, timeouts(SHORT, LONG, LONG));
        try (RawClient client = new RawClient(server().address())) {
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void loginHasATimeInAll() throws IOException {
        start(Limits.DEFAULT, timeouts(LONG, SHORT, LONG));
        try (RawClient client = new RawClient(server().address())) {
            client.sendBytes(Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
            client.expectBytes("00 00 04 05");
            client.hello().flush();
            client.expectSuccess();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void loginHasATimeAfterLogoffToo() throws IOException {
        start(Limits.DEFAULT, timeouts(LONG, SHORT, LONG));
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.message(0x6B).flush();
            client.expectSuccess();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void whoIsLoggedInMayBeSilent() throws IOException {
        start(Limits.DEFAULT, timeouts(SHORT, SHORT, SHORT));
        try (RawClient client = RawClient.loggedIn(server().address());
                RawClient silent = new RawClient(server().address())) {
            assertThat(silent.isClosedByServer()).isTrue();
            client.run("ROWS 0").pull(-1).flush();
            client.expectSuccess();
            client.expectSuccess();
        }
    }

    @Test
    void aMessageThatNeverEndsIsCutOff() throws IOException {
        start(Limits.DEFAULT, timeouts(LONG, LONG, SHORT));
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.sendBytes(Bytes.of("00 05 B3"));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aTransactionEndedFromOutsideIsRolledBackAtOnceAndItsClientIsToldWhenItAsks() throws IOException {
        start(Limits.DEFAULT, timeouts(LONG, LONG, LONG));
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.begin().flush();
            client.expectSuccess();
            queries.endTransactions(ErrorCode.TRANSACTION_TIMED_OUT);
            await().until(() -> queries.events.contains("rollback"));
            client.commit().flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Transaction.TransactionTimedOut");
            client.reset().run("ROWS 0").flush();
            client.expectSuccess();
            client.expectSuccess();
        }
    }

    @Test
    void whoWaitsForASlowClientIsToldThatItsTransactionWasEnded() throws IOException {
        start(Limits.DEFAULT, timeouts(LONG, LONG, LONG));
        try (RawClient client = new RawClient(server().address(), 16 * 1024).login()) {
            client.begin().run("BIG 1000000 1000").pull(-1).flush();
            await().until(() -> queries.rowsMade.get() > 1000);
            queries.endTransactions(ErrorCode.TRANSACTION_TERMINATED);
            await().until(() -> queries.events.contains("rollback"));
        }
    }

    @Test
    void whoDoesNotReadWhatItAskedForIsClosed() throws IOException {
        start(Limits.DEFAULT, new Timeouts(LONG, LONG, LONG, SHORT, LONG, Duration.ofSeconds(10), LONG));
        try (RawClient client = new RawClient(server().address(), 16 * 1024).login()) {
            client.run("BIG 1000000 1000").pull(-1).flush();
            await().until(() -> queries.events.contains("close"));
            assertThat(server().connections()).isZero();
        }
    }

    @Test
    void aWaitingClientHearsASignOfLife() throws IOException {
        start(
                Limits.DEFAULT,
                new Timeouts(LONG, LONG, LONG, LONG, Duration.ofMillis(300), Duration.ofSeconds(10), LONG));
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.run("WAIT").pull(-1).flush();
            client.expectSuccess();
            for (int i = 0; i < 6; i++) {
                assertThat(client.readByte()).isZero();
            }
            client.reset().flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Transaction.Terminated");
            client.expectSuccess();
        }
    }

    @Test
    void strangersMaySendLittle() throws IOException {
        start(Limits.DEFAULT, Timeouts.DEFAULT);
        try (RawClient client = new RawClient(server().address())) {
            client.sendBytes(Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
            client.expectBytes("00 00 04 05");
            client.message(0x01, new MapValue(Map.of("user_agent", Value.of("x".repeat(9_000)))));
            client.flush();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void messagesAreBoundedAfterLoginToo() throws IOException {
        start(Limits.with(Map.of("bolt-message-mib-max", "1")), Timeouts.DEFAULT);
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.run("x".repeat(900_000)).reset().flush();
            client.next();
            client.expectSuccess();
            client.run("x".repeat(1_100_000)).reset().run("ROWS 0").flush();
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.General.LimitExceeded");
            client.expectSuccess();
            client.expectSuccess();
        }
    }

    @Test
    void largeParametersAreTaken() throws IOException {
        start(Limits.DEFAULT, Timeouts.DEFAULT);
        try (RawClient client = RawClient.loggedIn(server().address())) {
            Value text = Value.of("ä".repeat(2_500_000));
            List<Value> many = new ArrayList<>();
            for (int i = 0; i < 300_000; i++) {
                many.add(Value.of(i));
            }
            MapValue parameters = new MapValue(Map.of("p", Value.of(List.of(text, Value.of(many)))));
            client.message(0x10, Value.of("ECHO"), parameters, MapValue.EMPTY)
                    .pull(-1)
                    .flush();
            client.expectSuccess();
            assertThat(client.expectRow()).containsExactly(parameters.get("p"));
            client.expectSuccess();
        }
    }

    @Test
    void valuesNestedTooDeepAreRefusedAndTheConnectionLives() throws IOException {
        start(Limits.DEFAULT, Timeouts.DEFAULT);
        try (RawClient client = RawClient.loggedIn(server().address())) {
            byte[] nested = Bytes.of("B3 10 81 51 A1 81 70" + "91".repeat(50_000) + "01 A0");
            client.sendBytes(new byte[] {(byte) (nested.length >> 8), (byte) nested.length});
            client.sendBytes(Bytes.join(nested, new byte[2]));
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Request.Invalid");
            client.reset().flush();
            client.expectSuccess();
        }
    }

    @Test
    void moreConnectionsThanAllowedAreClosedAtOnce() throws IOException {
        start(Limits.with(Map.of("bolt-connections-max", "2")), Timeouts.DEFAULT);
        try (RawClient first = RawClient.loggedIn(server().address());
                RawClient second = RawClient.loggedIn(server().address())) {
            try (RawClient third = new RawClient(server().address())) {
                assertThat(third.isClosedByServer()).isTrue();
            }
            first.goodbye().flush();
            assertThat(first.isClosedByServer()).isTrue();
            await().until(() -> server().connections() == 1);
            try (RawClient fourth = RawClient.loggedIn(server().address())) {
                fourth.reset().flush();
                fourth.expectSuccess();
            }
            second.reset().flush();
            second.expectSuccess();
        }
    }

    @Test
    void everyRequestOfALongFloodIsAnswered() throws IOException {
        start(Limits.DEFAULT, Timeouts.DEFAULT);
        try (RawClient client = RawClient.loggedIn(server().address())) {
            int resets = 20_000;
            for (int i = 0; i < resets; i++) {
                client.reset();
            }
            client.flush();
            for (int i = 0; i < resets; i++) {
                client.expectSuccess();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 2_000})
    void whatIsSentAheadIsNotLostWhenReadingPauses(int waitingRequestsMax) throws IOException {
        start(waiting(1, waitingRequestsMax), Timeouts.DEFAULT);
        try (RawClient client = RawClient.loggedIn(server().address())) {
            int queriesSent = 3_000;
            for (int i = 0; i < queriesSent; i++) {
                client.run("ROWS 1").pull(-1);
            }
            client.flush();
            for (int i = 0; i < queriesSent; i++) {
                client.expectSuccess();
                client.expectRow();
                client.expectSuccess();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000", "100, 100"})
    void whatIsSentAheadIsBounded(int waitingMebibytes, int waitingRequestsMax) throws Exception {
        start(
                waiting(waitingMebibytes, waitingRequestsMax),
                new Timeouts(LONG, LONG, LONG, LONG, SHORT, Duration.ofSeconds(10), LONG));
        try (RawClient client = RawClient.loggedIn(server().address())) {
            client.run("WAIT").pull(-1).flush();
            client.expectSuccess();
            byte[] ahead = client.run("x".repeat(10_000)).pending();
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofVirtual().start(() -> sendWithoutEnd(client, ahead, sent));
            // the sockets' buffers take a few MiB on top
            long still = valueWhenStill(sent);
            assertThat(still).isBetween(1L, 16L * 1024 * 1024);
            client.hangUp();
            sender.join();
        }
        await().until(() -> queries.events.contains("close"));
    }

    private static void sendWithoutEnd(RawClient client, byte[] message, AtomicLong sent) {
        try {
            while (sent.get() < 1L << 30) {
                client.sendBytes(message);
                sent.addAndGet(message.length);
            }
        } catch (IOException e) {
            // the test has closed the socket
        }
    }

    private static long valueWhenStill(AtomicLong value) {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> last.getAndSet(value.get()) == value.get());
        return value.get();
    }

    private static Limits waiting(int mebibytes, int requests) {
        return Limits.with(Map.of(
                "bolt-ahead-mib-max", String.valueOf(mebibytes), "bolt-ahead-requests-max", String.valueOf(requests)));
    }
}
