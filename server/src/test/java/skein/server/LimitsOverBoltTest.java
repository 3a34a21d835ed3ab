package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.vocabulary.HostPort;

/**
 * The limits of a whole instance, set as an operator sets them and exceeded as a client can: an error or the end of
 * that connection, and the next client is served.
 */
final class LimitsOverBoltTest {
    private static final String ENDLESS =
            "UNWIND range(1, 1000) AS i UNWIND range(1, 1000) AS j UNWIND range(1, 1000) AS k ";
    private static final String TOO_LARGE = "Neo.ClientError.General.LimitExceeded";
    private static final String NO_MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
    private static final String INVALID = "Neo.ClientError.Request.Invalid";

    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("bolt-connections-per-address-max", "20"),
            Map.entry("bolt-strangers-per-address-max", "10"),
            Map.entry("bolt-handshake-timeout-sec", "0.5"),
            Map.entry("bolt-login-timeout-sec", "1"),
            Map.entry("bolt-message-timeout-sec", "1"),
            Map.entry("bolt-write-timeout-sec", "1"),
            Map.entry("bolt-stranger-message-kib-max", "1"),
            Map.entry("bolt-message-mib-max", "1"),
            Map.entry("bolt-nesting-max", "10"),
            Map.entry("bolt-open-results-max", "3"),
            Map.entry("bolt-result-buffer-kib-max", "16"),
            Map.entry("query-length-max", "1000"),
            Map.entry("query-nesting-max", "20"),
            Map.entry("query-nodes-max", "200"),
            Map.entry("query-memory-mib-max", "2"),
            Map.entry("user-memory-mib-max", "5"),
            Map.entry("query-execution-timeout-sec", "1"),
            Map.entry("transaction-idle-timeout-sec", "1"),
            Map.entry("transaction-idle-write-timeout-sec", "0.5"),
            Map.entry("bookmark-timeout-sec", "0.2"),
            Map.entry("databases-max", "2"));

    @TempDir
    private static Path directory;

    private static @Nullable Node started;

    @BeforeAll
    static void start() {
        Map<String, String> flags = new HashMap<>(LIMITS);
        flags.put("bolt-port", "0");
        flags.put("data-directory", directory.toString());
        started = Node.start(
                ResolvedSettings.resolve(new SettingSources(flags, Map.of(), Optional.empty(), Optional.empty())));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(started).close();
    }

    private static HostPort address() {
        return Objects.requireNonNull(started).boltAddress();
    }

    private static Wire wire() throws IOException {
        return Wire.open(address(), 5, 4).login();
    }

    private static String refused(Wire wire, String query) throws IOException {
        wire.run(query).pull(-1);
        String atOnce = wire.refusalOrSuccess();
        if (!atOnce.isEmpty()) {
            return atOnce;
        }
        return wire.refusal();
    }

    @AfterEach
    void theNextClientIsServed() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Wire next = wire()) {
                next.run("RETURN 1").pull(-1).success();
                next.success();
                return true;
            }
        });
    }

    @Test
    void everyLimitIsShown() throws IOException {
        Map<String, String> shown = new HashMap<>();
        try (Wire wire = wire()) {
            int rows = 0;
            wire.run("SHOW CONFIG").pull(-1).success();
            for (List<Value> row = wire.rowOrEnd(); row != null; row = wire.rowOrEnd()) {
                shown.put(((Value.StringValue) row.getFirst()).value(), ((Value.StringValue) row.get(2)).value());
                rows++;
            }
            assertThat(rows).isGreaterThan(LIMITS.size());
        }
        assertThat(shown).containsAllEntriesOf(LIMITS);
        assertThat(shown)
                .containsKeys(
                        "memory-limit",
                        "storage-versions-mib-max",
                        "storage-wal-retention-replica-mib",
                        "storage-wal-retention-replica-hours",
                        "replication-frame-mib-max",
                        "replication-message-mib-max",
                        "replication-window-mib-max",
                        "log-lines-per-cause-max",
                        "bolt-connections-max",
                        "bolt-connections-reserved",
                        "bolt-message-rate-min",
                        "bolt-stranger-buffer-kib-max",
                        "bolt-request-memory-mib-max",
                        "bolt-ahead-mib-max",
                        "bolt-result-buffers-mib-max");
    }

    @Test
    void oneAddressHasItsShareOfConnections() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(wire());
            }
            try (Wire oneMore = Wire.connect(address())) {
                assertThat(oneMore.isClosedByServer()).isTrue();
            }
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    @Test
    void strangersOfOneAddressAreFew() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                open.add(Wire.connect(address()));
            }
            try (Wire oneMore = Wire.connect(address())) {
                assertThat(oneMore.isClosedByServer()).isTrue();
            }
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    @Test
    void whoSaysNothingIsClosed() throws IOException {
        try (Wire silent = Wire.connect(address())) {
            assertThat(silent.isClosedByServer()).isTrue();
        }
    }

    @Test
    void whoDoesNotLogInIsClosed() throws IOException {
        try (Wire stranger = Wire.open(address(), 5, 4)) {
            stranger.hello();
            assertThat(stranger.isClosedByServer()).isTrue();
        }
    }

    @Test
    void halfAMessageIsNotWaitedForLong() throws IOException {
        try (Wire wire = wire()) {
            wire.bytes(new byte[] {0, 20, (byte) 0xB3});
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aStrangersLargeMessageIsAnsweredAndItsConnectionEnds() throws IOException {
        try (Wire stranger = Wire.open(address(), 5, 4)) {
            assertThat(stranger.hello("x".repeat(2000)).refusal()).startsWith("Neo.ClientError.");
            assertThat(stranger.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aLargeMessageIsAnsweredAndItsConnectionGoesOn() throws IOException {
        try (Wire wire = wire()) {
            String large = "x".repeat(2 << 20);
            assertThat(wire.run("RETURN $p", Wire.map("p", Value.of(large)), MapValue.EMPTY)
                            .refusal())
                    .isEqualTo(TOO_LARGE);
            wire.reset().success();
            wire.run("RETURN 1").pull(-1).success();
            wire.success();
        }
    }

    @Test
    void deepValuesAreAnswered() throws IOException {
        Value deep = Value.TRUE;
        for (int i = 0; i < 12; i++) {
            deep = new ListValue(List.of(deep));
        }
        try (Wire wire = wire()) {
            assertThat(wire.run("RETURN $p", Wire.map("p", deep), MapValue.EMPTY)
                            .refusal())
                    .isEqualTo(INVALID);
            wire.reset().success();
        }
    }

    @Test
    void oneResultTooManyIsAnswered() throws IOException {
        try (Wire wire = wire()) {
            wire.begin().success();
            for (int i = 0; i < 3; i++) {
                wire.run("UNWIND range(1, 5) AS i RETURN i").success();
            }
            assertThat(wire.run("UNWIND range(1, 5) AS i RETURN i").refusal()).isEqualTo(TOO_LARGE);
            wire.reset().success();
        }
    }

    @ParameterizedTest
    @CsvSource({"length", "nesting", "nodes"})
    void queriesTooLargeAreAnswered(String kind) throws IOException {
        String query = switch (kind) {
            case "length" -> "RETURN '" + "x".repeat(1000) + "'";
            case "nesting" -> "RETURN " + "(".repeat(30) + "1" + ")".repeat(30);
            default -> "RETURN 1" + "+1".repeat(300);
        };
        try (Wire wire = wire()) {
            assertThat(wire.run(query).refusal()).startsWith("Neo.ClientError.");
            wire.reset().success();
        }
    }

    @Test
    void aQueryHoldsSoMuchAndNoMore() throws IOException {
        try (Wire wire = wire()) {
            assertThat(refused(wire, "UNWIND range(1, 200000) AS i RETURN i ORDER BY -i"))
                    .isEqualTo(NO_MEMORY);
        }
    }

    @Test
    void aUserHoldsSoMuchAndNoMore() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            String last = "";
            while (last.isEmpty() && open.size() < 15) {
                Wire wire = wire();
                open.add(wire);
                wire.run("UNWIND range(1, 8000) AS i RETURN i ORDER BY -i").pull(1);
                wire.success();
                last = wire.refusalOrSuccess();
            }
            assertThat(last).isEqualTo(NO_MEMORY);
            assertThat(open.size()).as("one alone has room").isGreaterThan(1);
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    @Test
    void aQueryTakesSoLongAndNoLonger() throws IOException {
        try (Wire wire = wire()) {
            assertThat(refused(wire, ENDLESS + "RETURN count(i)"))
                    .isEqualTo("Neo.ClientError.Transaction.TransactionTimedOut");
        }
    }

    @ParameterizedTest
    @CsvSource({"RETURN 1", "CREATE (:Idle)"})
    void anIdleTransactionIsEnded(String query) throws IOException {
        try (Wire wire = wire()) {
            wire.begin().success();
            wire.run(query).pull(-1).success();
            wire.success();
            await().atMost(Duration.ofSeconds(30)).until(() -> transactions() == 0);
            assertThat(wire.commit().refusal()).startsWith("Neo.ClientError.Transaction.");
            wire.reset().success();
        }
    }

    private static long transactions() throws IOException {
        try (Wire wire = wire()) {
            wire.run("SHOW TRANSACTIONS YIELD currentQuery AS q WHERE NOT q STARTS WITH 'SHOW' RETURN count(*)")
                    .pull(-1)
                    .success();
            return ((Value.IntegerValue) wire.row().getFirst()).value();
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosed() throws IOException {
        try (Wire wire = wire();
                Wire other = wire()) {
            wire.run(ENDLESS + "RETURN i", Wire.map("tx_timeout", Value.of(60_000)))
                    .pull(-1);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                other.run("SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q CONTAINS 'RETURN i' AND NOT q STARTS WITH"
                                + " 'SHOW' RETURN count(*)")
                        .pull(-1)
                        .success();
                boolean gone = other.row().getFirst().equals(Value.of(0));
                other.success();
                return gone;
            });
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @Test
    void oneDatabaseTooManyIsRefused() throws IOException {
        try (Wire wire = wire()) {
            wire.run("CREATE DATABASE other").pull(-1).success();
            wire.success();
            assertThat(refused(wire, "CREATE DATABASE another"))
                    .isEqualTo("Neo.ClientError.Database.DatabaseLimitReached");
        }
    }
}
