package skein.replication.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.ReplicationProtocol.Ack;
import skein.scenario.Scenario;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.Step;

/**
 * Plays {@code scenario/relay}. {@code start LSN DURABLE|APPLIED} starts a relay over a log that is applied up to
 * there; {@code at MS} sets the clock; {@code own LSN} prints what is said above when this replica itself has all up to
 * there applied; the other lines are the relay's inputs.
 */
class RelayCoreScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("relay");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void relayAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, RelayPlayer::new);
    }

    private static final class RelayPlayer implements Scenario.Player {
        private RelayCore core = RelayCore.startingAt(0, new CommitRules(SyncAck.DURABLE, 1));
        private long millis;

        @Override
        public List<String> play(String input) {
            List<String> words = List.of(input.split("\\s+"));
            return switch (words.getFirst()) {
                case "start" -> {
                    SyncAck ack = SyncAck.valueOf(words.get(2).toUpperCase(Locale.ROOT));
                    core = RelayCore.startingAt(number(words, 1), new CommitRules(ack, 1));
                    yield List.of();
                }
                case "at" -> {
                    millis = number(words, 1);
                    yield List.of();
                }
                case "own" -> {
                    Ack said = core.said(new Ack(number(words, 1), number(words, 1), number(words, 1)));
                    yield List.of("durable " + said.durableLsn() + ", applied " + said.appliedLsn());
                }
                default -> step(parse(words));
            };
        }

        private static RelayInput parse(List<String> words) {
            return switch (words.getFirst()) {
                case "released" -> new RelayInput.Released(number(words, 1));
                case "anew" -> new RelayInput.Anew(number(words, 1));
                default -> new RelayInput.Below(parseBelow(words));
            };
        }

        private static LedgerInput parseBelow(List<String> words) {
            ReplicaName name = new ReplicaName(words.size() > 1 ? words.get(1) : "none");
            return switch (words.getFirst()) {
                case "register" -> new LedgerInput.Registered(name, rule(words), false);
                case "drop" -> new LedgerInput.Dropped(name);
                case "ready" -> new LedgerInput.Ready(name, number(words, 2), number(words, 3));
                case "ack" -> new LedgerInput.Acked(name, number(words, 2), number(words, 3));
                case "lost" -> new LedgerInput.Lost(name, Doubt.CONNECTION_LOST);
                case "tick" -> new LedgerInput.Tick();
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private static AckRule rule(List<String> words) {
            boolean timed = words.contains("TIMEOUT");
            long timeoutMillis = timed ? Long.parseLong(words.getLast()) : 10_000;
            return new AckRule(
                    ReplicationMode.valueOf(words.get(2)),
                    Duration.ofMillis(timeoutMillis).toNanos(),
                    !timed);
        }

        private List<String> step(RelayInput input) {
            Step<RelayCore, RelayEffect> step =
                    core.step(input, Duration.ofMillis(millis).toNanos());
            core = step.state();
            return step.effects().stream().map(RelayPlayer::print).toList();
        }

        private static String print(RelayEffect effect) {
            return switch (effect) {
                case RelayEffect.PassOn(long lsn) -> "pass on up to " + lsn;
                case RelayEffect.ApplyNow(long lsn) -> "apply " + lsn;
                case RelayEffect.Confirm() -> "confirm";
                case RelayEffect.LeaveSync(ReplicaName name) -> name + " left";
                case RelayEffect.WakeAt(long nanos) ->
                    "wake at " + Duration.ofNanos(nanos).toMillis();
            };
        }

        private static long number(List<String> words, int at) {
            return Long.parseLong(words.get(at));
        }
    }
}
