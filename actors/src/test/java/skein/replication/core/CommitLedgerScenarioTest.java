package skein.replication.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.scenario.Scenario;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * Plays {@code scenario/ledger}. Inputs: {@code start LSN durable|applied [epoch LSN]}, {@code quorum K} before
 * anything else, {@code at MS} sets the clock, {@code register NAME MODE [joined] [WITH TIMEOUT MS]} (10,000 ms
 * without), and the ledger's own inputs by name. What sessions are let do is printed when it changes.
 */
class CommitLedgerScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("ledger");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void ledgerAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, LedgerPlayer::new);
    }

    private static final class LedgerPlayer implements Scenario.Player {
        private static final long PLAIN_TIMEOUT_MILLIS = 10_000;

        private CommitLedger ledger = CommitLedger.startingAt(0, 0, new CommitRules(SyncAck.DURABLE, 1));
        private WriteGate gate = ledger.gate();
        private long millis;

        @Override
        public List<String> play(String input) {
            String[] words = input.split("\\s+");
            switch (words[0]) {
                case "start" -> ledger = start(words);
                case "quorum" -> ledger = CommitLedger.startingAt(ledger.decidedLsn(), ledger.reignLsn(), rules(words));
                case "covered" -> {
                    return List.of(ledger.isCovered() ? "yes" : "no");
                }
                case "at" -> millis = number(words[1]);
                default -> {
                    return step(parse(words));
                }
            }
            gate = ledger.gate();
            return List.of();
        }

        /** {@code quorum 3}, {@code quorum 3 needed}, {@code quorum 3 needed 2}. */
        private CommitRules rules(String[] words) {
            int quorum = Integer.parseInt(words[1]);
            int needed = words.length > 3 ? Integer.parseInt(words[3]) : words.length > 2 ? quorum : 0;
            return ledger.rules().of(quorum, needed);
        }

        private static CommitLedger start(String[] words) {
            long lsn = number(words[1]);
            long epoch = words.length > 4 ? number(words[4]) : lsn;
            return CommitLedger.startingAt(
                    lsn, epoch, new CommitRules(SyncAck.valueOf(words[2].toUpperCase(Locale.ROOT)), 1));
        }

        private LedgerInput parse(String[] words) {
            var name = words.length > 1 ? words[1] : "";
            return switch (words[0]) {
                case "register" ->
                    new LedgerInput.Registered(
                            new ReplicaName(name), rule(words), List.of(words).contains("joined"));
                case "drop" -> new LedgerInput.Dropped(new ReplicaName(name));
                case "fsynced" -> new LedgerInput.Fsynced(number(name));
                case "ready" -> new LedgerInput.Ready(new ReplicaName(name), number(words[2]), number(words[3]));
                case "ack" -> new LedgerInput.Acked(new ReplicaName(name), number(words[2]), number(words[3]));
                case "lost" -> new LedgerInput.Lost(new ReplicaName(name), Doubt.valueOf(words[2]));
                case "tick" -> new LedgerInput.Tick();
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        private static AckRule rule(String[] words) {
            boolean timed = List.of(words).contains("TIMEOUT");
            long timeoutMillis = timed ? number(words[words.length - 1]) : PLAIN_TIMEOUT_MILLIS;
            return new AckRule(
                    ReplicationMode.valueOf(words[2]),
                    Duration.ofMillis(timeoutMillis).toNanos(),
                    !timed);
        }

        private List<String> step(LedgerInput input) {
            var step = ledger.step(input, Duration.ofMillis(millis).toNanos());
            ledger = step.state();
            var lines = new ArrayList<String>();
            step.effects().forEach(effect -> lines.addAll(print(effect)));
            if (!ledger.gate().equals(gate)) {
                gate = ledger.gate();
                lines.add(CommitLedgerScenarioTest.print(gate));
            }
            return lines;
        }

        private static List<String> print(LedgerEffect effect) {
            return switch (effect) {
                case LedgerEffect.Decide(long lsn) -> List.of("decide " + lsn);
                case LedgerEffect.Complete(long first, long last, var warnings, var acks) ->
                    List.of("complete " + first + ".." + last
                            + warnings.stream()
                                    .map(CommitLedgerScenarioTest::print)
                                    .collect(Collectors.joining()));
                case LedgerEffect.Unknown(long first, long last, var missing) ->
                    List.of("unknown " + first + ".." + last
                            + missing.stream()
                                    .map(CommitLedgerScenarioTest::print)
                                    .collect(Collectors.joining()));
                case LedgerEffect.Holds(ReplicaName name) -> List.of(name + " holds");
                case LedgerEffect.JoinedSync(ReplicaName name) -> List.of(name + " joined");
                case LedgerEffect.LeftSync(ReplicaName name) -> List.of(name + " left");
                case LedgerEffect.WakeAt(long nanos) ->
                    List.of("wake at " + Duration.ofNanos(nanos).toMillis());
            };
        }
    }

    private static String print(WriteGate gate) {
        return switch (gate) {
            case WriteGate.Open() -> "writes open";
            case WriteGate.Opening() -> "writes open soon";
            case WriteGate.Shut(var absences, int needed, int joined) ->
                "writes refused"
                        + (needed == 0 ? "" : ", " + needed + " of " + joined + " needed")
                        + absences.stream()
                                .map(a -> " | " + a.replica() + " " + a.doubt())
                                .collect(Collectors.joining());
        };
    }

    private static String print(CommitWarning w) {
        return " | " + w.replica() + " " + w.doubt() + " waited " + w.waitedMillis() + " silent " + w.silentMillis();
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }
}
