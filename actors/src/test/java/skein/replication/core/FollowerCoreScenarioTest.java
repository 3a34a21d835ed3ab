package skein.replication.core;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.scenario.Scenario;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;

/**
 * Plays {@code scenario/follower}. {@code main LOG} draws MAIN's log (LogSketch); {@code replica LOG durable N applied
 * N settled N} starts the replica; {@code CONN hello}, {@code CONN match LSN}, {@code CONN append FIRST..LAST|nothing
 * after LSN decided N} are MAIN's messages over a numbered connection, with positions from MAIN's log.
 */
class FollowerCoreScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("follower");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void followerAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, FollowerPlayer::new);
    }

    private static final class FollowerPlayer implements Scenario.Player {
        private LogSketch main = LogSketch.parse(List.of("end", "0"));
        private LogSketch own = main;
        private long settled;
        private FollowerCore core = core(LogPosition.START, 0, 0);

        private static FollowerCore core(LogPosition end, long durable, long applied) {
            return FollowerCore.starting(
                    new InstanceName("data2"), new HostPort("127.0.0.1", 7688), end, durable, applied);
        }

        @Override
        public List<String> play(String input) {
            List<String> words = Arrays.asList(input.split("\\s+"));
            switch (words.getFirst()) {
                case "main" -> main = LogSketch.parse(words);
                case "replica" -> {
                    own = LogSketch.parse(words);
                    settled = number(words, "settled");
                    core = core(own.end(), number(words, "durable"), number(words, "applied"));
                }
                default -> {
                    return step(parse(words));
                }
            }
            return List.of();
        }

        private FollowerInput parse(List<String> words) {
            return switch (words.getFirst()) {
                case "durable" -> new FollowerInput.Durable(Long.parseLong(words.get(1)));
                case "log-refused-after" ->
                    new FollowerInput.LogRefused(
                            own.position(Long.parseLong(words.get(1))), "the checksum does not fit");
                case "stored" -> new FollowerInput.Stored(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
                case "verified" -> {
                    LogSketch snapshot = LogSketch.parse(words);
                    yield new FollowerInput.Verified(
                            Long.parseLong(words.get(1)), snapshot.end(), snapshot.reigns(), report());
                }
                case "not-received" ->
                    new FollowerInput.NotReceived(Long.parseLong(words.get(1)), Reason.UNAVAILABLE, "the disk is full");
                case "rebuilt" -> rebuilt(words);
                case "deposed" -> new FollowerInput.Deposed(Reason.valueOf(words.get(1)), "words of the role");
                case "cut" -> new FollowerInput.TailCut(main.position(Long.parseLong(words.get(1))));
                case "take" -> {
                    String[] range = words.get(1).split("\\.\\.");
                    yield new FollowerInput.TailTaken(
                            main.position(Long.parseLong(range[0]) - 1),
                            main.position(Long.parseLong(range[1])),
                            ByteBuffer.allocate(8));
                }
                case "known-decided" -> new FollowerInput.TailDecided(Long.parseLong(words.get(1)));
                default -> fromMain(Long.parseLong(words.getFirst()), words);
            };
        }

        private FollowerInput rebuilt(List<String> words) {
            own = LogSketch.parse(words);
            settled = own.end().lsn();
            GaveUp gaveUp = words.contains("gave-up") ? new GaveUp(number(words, "gave-up"), 1, true) : null;
            return new FollowerInput.Rebuilt(
                    own.report(settled, settled),
                    settled,
                    settled,
                    gaveUp,
                    words.contains("failed") ? "the disk is full" : null);
        }

        private FollowerInput fromMain(long connection, List<String> words) {
            return switch (words.get(1)) {
                case "hello" -> new FollowerInput.Greeted(connection, report());
                case "match" -> {
                    long lsn = Long.parseLong(words.get(2));
                    var ours = lsn <= core.end().lsn() ? Optional.of(own.position(lsn)) : Optional.<LogPosition>empty();
                    yield new FollowerInput.Matched(connection, main.position(lsn), ours, settled);
                }
                case "append" -> new FollowerInput.Appended(connection, append(words));
                case "offer" -> {
                    var offer =
                            new OfferSnapshot(main.position(Long.parseLong(words.get(2))), 1, number(words, "bytes"));
                    yield new FollowerInput.Offered(connection, offer, settled);
                }
                case "blocks" -> {
                    long offset = Long.parseLong(words.get(2));
                    ByteBuffer blocks = ByteBuffer.allocate(Integer.parseInt(words.get(3)));
                    yield new FollowerInput.BlocksCame(connection, new SnapshotBlocks(offset, blocks));
                }
                case "give-up-after" ->
                    new FollowerInput.ToGiveUp(
                            connection, Long.parseLong(words.get(2)), settled, words.contains("system"));
                case "closed" -> new FollowerInput.Closed(connection);
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private LogReport report() {
            return new LogReport(
                    core.end(), core.appliedLsn(), settled, own.reigns().reversed());
        }

        private Append append(List<String> words) {
            long previous = number(words, "after");
            long decided = number(words, "decided");
            if (words.get(2).equals("nothing")) {
                LogPosition at = main.position(previous);
                return new Append(at, at, decided, ByteBuffer.allocate(0));
            }
            long last = Long.parseLong(words.get(2).split("\\.\\.")[1]);
            return new Append(main.position(previous), main.position(last), decided, ByteBuffer.allocate(8));
        }

        private List<String> step(FollowerInput input) {
            var step = core.step(input);
            core = step.state();
            var lines = new ArrayList<String>();
            step.effects().forEach(effect -> lines.add(print(effect)));
            return lines;
        }

        private String print(FollowerEffect effect) {
            return switch (effect) {
                case FollowerEffect.Send(long connection, FromReplica message) ->
                    "send to " + connection + ": " + print(message);
                case FollowerEffect.HangUp(long connection) -> "hang up " + connection;
                case FollowerEffect.Truncate(long lsn) -> {
                    own.extendTo(lsn);
                    yield "truncate after " + lsn;
                }
                case FollowerEffect.Log(ByteBuffer _, LogPosition last) -> {
                    own = main;
                    yield "log up to " + LogSketch.print(last);
                }
                case FollowerEffect.Apply(long lsn) -> "apply up to " + lsn;
                case FollowerEffect.OpenIncoming(long _, OfferSnapshot offer) ->
                    "open incoming snapshot of " + LogSketch.print(offer.position());
                case FollowerEffect.Store(long _, long offset, ByteBuffer blocks) ->
                    "store " + blocks.remaining() + " bytes at " + offset;
                case FollowerEffect.Verify(long _) -> "verify";
                case FollowerEffect.StopReceiving() -> "stop receiving";
                case FollowerEffect.Install(long lsn) -> "install, keep what follows " + lsn;
                case FollowerEffect.GiveUpAfter(long lsn) -> "give up after " + lsn;
            };
        }

        private static String print(FromReplica message) {
            return switch (message) {
                case Welcome(var _, var _, var log) -> "welcome " + LogSketch.print(log.end());
                case Ack(long received, long durable, long applied) ->
                    "ack received " + received + " durable " + durable + " applied " + applied;
                case SnapshotProgress(long bytes, boolean rebuilding) ->
                    "has " + bytes + " bytes" + (rebuilding ? ", rebuilding" : "");
                case GaveUp gaveUp -> "gave up " + gaveUp.records();
                case Refusal(Reason reason, String text) ->
                    "refusal " + reason + ": " + text.replaceAll("LogPosition\\[.*?\\]\\S*( \\S*\\])?", "...");
                default -> message.toString();
            };
        }

        private static long number(List<String> words, String name) {
            return Long.parseLong(words.get(words.indexOf(name) + 1));
        }
    }
}
