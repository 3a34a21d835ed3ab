package skein.replication.core;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.scenario.Scenario;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * Plays {@code scenario/stream}. {@code main SYNC|ASYNC LOG decided N} starts a stream (logs as in LogSketch; checks
 * every second, hang-up after 5, window of 1,000 bytes or 4 messages); {@code at MS} sets the clock; {@code shown}
 * prints what SHOW REPLICAS would; the other lines are the stream's inputs. A fetch is answered by {@code fetched TO
 * BYTES}; {@code start N} after the log, and {@code dropped N} for a fetch, say that MAIN's log begins after N.
 * {@code costs log MIB [graph MIB] [snapshot LSN MIB MIB]*} says what each way to catch up would take: log bytes, the
 * graph's when a snapshot can be made, and of each snapshot its own and those of the log after it.
 */
class StreamCoreScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("stream");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void streamAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, StreamPlayer::new);
    }

    private static final class StreamPlayer implements Scenario.Player {
        private static final long MIB = 1 << 20;
        private static final StreamLimits LIMITS =
                new StreamLimits(millis(1000), millis(3000), millis(5000), millis(5000), millis(2000), 1000, 4, 500);
        private StreamCore core = StreamCore.starting(LIMITS, ReplicationMode.SYNC, 0, 0);
        private LogSketch log = LogSketch.parse(List.of("end", "0"));
        private long start;
        private CatchUpCosts costs = CatchUpCosts.NONE;
        private long sent;
        private long nanos;

        private static long millis(long millis) {
            return Duration.ofMillis(millis).toNanos();
        }

        @SuppressWarnings("RefactorSwitch") // commands differ in length: one block each reads best
        @Override
        public List<String> play(String input) {
            List<String> words = Arrays.asList(input.split("\\s+"));
            switch (words.getFirst()) {
                case "main" -> {
                    log = LogSketch.parse(words);
                    long decided = number(words, "decided");
                    start = words.contains("start") ? number(words, "start") : 0;
                    costs = CatchUpCosts.NONE;
                    core = StreamCore.starting(
                            LIMITS,
                            ReplicationMode.valueOf(words.get(1)),
                            log.end().lsn(),
                            decided);
                    return List.of();
                }
                case "costs" -> {
                    costs = costs(words);
                    return List.of();
                }
                case "at" -> {
                    nanos = millis(Long.parseLong(words.get(1)));
                    return List.of();
                }
                case "shown" -> {
                    return List.of(core.shown(nanos).toString() + (core.isDrained() ? " drained" : ""));
                }
                default -> {
                    return step(parse(words));
                }
            }
        }

        private static CatchUpCosts costs(List<String> words) {
            List<CatchUpCosts.Candidate> snapshots = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).equals("snapshot")) {
                    snapshots.add(new CatchUpCosts.Candidate(
                            at(words, i + 1), MIB * at(words, i + 2), MIB * at(words, i + 3)));
                }
            }
            boolean canSnapshot = words.contains("graph");
            return new CatchUpCosts(
                    MIB * number(words, "log"), canSnapshot ? MIB * number(words, "graph") : 0, canSnapshot, snapshots);
        }

        private StreamInput parse(List<String> words) {
            return switch (words.getFirst()) {
                case "tick" -> new StreamInput.Tick();
                case "opened" -> new StreamInput.Opened();
                case "closed" -> new StreamInput.Closed("connection reset");
                case "welcome" ->
                    received(new Welcome(
                            new InstanceName("data2"),
                            new HostPort("127.0.0.1", 7688),
                            LogSketch.parse(words).report(number(words, "decided"), number(words, "settled"))));
                case "ack" -> received(new Ack(at(words, 1), at(words, 2), at(words, 3)));
                case "refusal" -> received(new Refusal(Reason.valueOf(words.get(1)), "words of the replica"));
                case "obeyed" -> received(new Obeyed());
                case "fetched" -> fetched(at(words, 1), (int) at(words, 2));
                case "dropped" -> new StreamInput.NotHeld(sent, at(words, 1), CatchUpCosts.NONE);
                case "snapshot" ->
                    new StreamInput.SnapshotOpened(new OfferSnapshot(log.position(at(words, 1)), 1, at(words, 2)));
                case "made" -> new StreamInput.SnapshotMade();
                case "no-snapshot" -> new StreamInput.NoSnapshot("the disk is full.");
                case "blocks" -> new StreamInput.BlocksFetched(ByteBuffer.allocate((int) at(words, 1)));
                case "received" -> received(new SnapshotProgress(at(words, 1), words.contains("rebuilding")));
                case "gave-up" -> received(new GaveUp(at(words, 1), at(words, 2), true));
                case "nothing" -> new StreamInput.FetchedNothing();
                case "grown" -> {
                    log.extendTo(at(words, 1));
                    yield new StreamInput.Grown(at(words, 1));
                }
                case "decided" -> new StreamInput.Decided(at(words, 1));
                case "left" -> new StreamInput.LeftSync();
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private StreamInput fetched(long to, int bytes) {
            return new StreamInput.Fetched(log.position(sent), log.position(to), ByteBuffer.allocate(bytes));
        }

        private StreamInput received(FromReplica message) {
            return new StreamInput.Received(message, log.reigns(), log.end());
        }

        private List<String> step(StreamInput input) {
            var step = core.step(input, nanos);
            core = step.state();
            var lines = new ArrayList<String>();
            for (StreamEffect effect : step.effects()) {
                lines.add(print(effect));
                if (effect instanceof StreamEffect.Locate(long lsn)) {
                    lines.addAll(step(locate(lsn)));
                }
            }
            return lines;
        }

        private StreamInput locate(long lsn) {
            return lsn < start
                    ? new StreamInput.NotHeld(lsn, start, costs)
                    : new StreamInput.Located(log.position(lsn), costs);
        }

        private String print(StreamEffect effect) {
            return switch (effect) {
                case StreamEffect.Connect() -> "connect";
                case StreamEffect.Disconnect() -> "disconnect";
                case StreamEffect.SayHello() -> "send hello";
                case StreamEffect.Send(FromMain message) -> "send " + print(message);
                case StreamEffect.Locate(long lsn) -> "locate " + lsn;
                case StreamEffect.Fetch(long after, long upTo, int max) ->
                    "fetch " + (after + 1) + ".." + upTo + " max " + max;
                case StreamEffect.OpenSnapshot(long lsn) -> "open snapshot " + lsn;
                case StreamEffect.MakeSnapshot() -> "make snapshot";
                case StreamEffect.FetchBlocks(long offset, int max) -> "fetch blocks from " + offset + " max " + max;
                case StreamEffect.CloseSnapshot(long received) -> "close snapshot at " + received;
                case StreamEffect.NoteGivenUp(GaveUp what) -> "note " + what.transactions() + " given up";
                case StreamEffect.CaughtUp(long durable, long applied) -> "caught up " + durable + " " + applied;
                case StreamEffect.Progress(long durable, long applied) -> "progress " + durable + " " + applied;
                case StreamEffect.Lost(Doubt doubt) -> "lost " + doubt;
                case StreamEffect.RetryAt(long at) ->
                    "retry at " + Duration.ofNanos(at).toMillis();
                case StreamEffect.Say(String text) -> "say " + text;
            };
        }

        private String print(FromMain message) {
            return switch (message) {
                case Match(var position) -> {
                    sent = position.lsn();
                    yield "match " + LogSketch.print(position);
                }
                case Append append -> {
                    sent = append.last().lsn();
                    String records = append.records().hasRemaining()
                            ? (append.previous().lsn() + 1) + ".."
                                    + append.last().lsn()
                            : "nothing";
                    yield "append " + records + " after " + LogSketch.print(append.previous()) + " decided "
                            + append.decidedLsn();
                }
                case OfferSnapshot offer ->
                    "offer snapshot of " + LogSketch.print(offer.position()) + ", " + offer.bytes() + " bytes";
                case SnapshotBlocks blocks ->
                    blocks.blocks().hasRemaining()
                            ? "blocks " + blocks.offset() + ".."
                                    + (blocks.offset() + blocks.blocks().remaining())
                            : "no blocks";
                case GiveUp(long lsn) -> "give up after " + lsn;
                default -> message.toString();
            };
        }

        private static long at(List<String> words, int index) {
            return Long.parseLong(words.get(index));
        }

        private static long number(List<String> words, String name) {
            return Long.parseLong(words.get(words.indexOf(name) + 1));
        }
    }
}
