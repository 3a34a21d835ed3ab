package skein.raft.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.HandOver;
import skein.protocol.RaftPeerProtocol.Header;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Invited;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Opened;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftPeerProtocol.Stranger;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Member;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftEvent.GroupEntered;
import skein.raft.core.RaftEvent.IdentityTaken;
import skein.raft.core.RaftEvent.VoteRecorded;
import skein.scenario.Scenario;
import skein.vocabulary.HostPort;

/**
 * Plays {@code scenario/raft}: server 1 is the core. {@code group 1,2,3 term T log TERM:TEXT...} gives it a log after a
 * first entry of term 1 that seats those members; {@code at MILLIS} is the time from now on; {@code from 2 ...} is a
 * message of server 2, {@code from 2* ...} of that server with another data directory. {@code stored} says that the
 * disk is done. Heartbeats every 100 ms, elections after 500 to 1000 ms.
 */
class RaftCoreScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("raft");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void memberAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, RaftPlayer::new);
    }

    private static final class RaftPlayer implements Scenario.Player {
        private static final UUID GROUP = new UUID(7, 7);
        private static final UUID OTHER_GROUP = new UUID(8, 8);
        private static final RaftSettings SETTINGS =
                new RaftSettings(100_000_000, 500_000_000, 1_000_000_000, 1000, 2, 4, 1);

        private RaftCore core = RaftCore.recovered(SETTINGS, DurableState.empty());
        private RaftInput.Stored stored = new RaftInput.Stored(0, 0);
        private long now;
        private long ticket;

        @Override
        public List<String> play(String input) {
            List<String> words = Arrays.asList(input.split("\\s+"));
            switch (words.getFirst()) {
                case "at" -> now = Long.parseLong(words.get(1)) * 1_000_000;
                case "group" -> core = RaftCore.recovered(SETTINGS, durable(words));
                default -> {
                    return step(parse(words));
                }
            }
            return List.of();
        }

        private static DurableState durable(List<String> words) {
            List<Entry> entries = new ArrayList<>();
            List<Seat> seats = Arrays.stream(words.get(1).split(","))
                    .map(id -> seat(id, true))
                    .toList();
            entries.add(new Entry(1, new Seated(seats)));
            if (words.contains("log")) {
                words.subList(words.indexOf("log") + 1, words.size()).forEach(word -> entries.add(entry(word)));
            }
            return DurableState.empty()
                    .evolve(new Checkpointed(
                            server("1"), GROUP, number(words, "term"), null, null, Position.START, entries));
        }

        private static Seat seat(String id, boolean voting) {
            return new Seat(member(id), server(id).instance(), voting);
        }

        private static Member member(String id) {
            int number = server(id).id();
            return new Member(number, new HostPort("c" + number, 12_000), null);
        }

        private static Server server(String word) {
            boolean other = word.endsWith("*");
            int id = Integer.parseInt(other ? word.substring(0, word.length() - 1) : word);
            return new Server(id, new UUID(other ? 1 : 0, id));
        }

        private static Entry entry(String word) {
            String[] parts = word.split(":");
            long term = Long.parseLong(parts[0]);
            return new Entry(term, parts[1].equals("opened") ? new Opened() : new Owned(bytes(parts[1])));
        }

        private static ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        private RaftInput parse(List<String> words) {
            return switch (words.getFirst()) {
                case "start" -> new RaftInput.Started(Integer.parseInt(words.get(1)), new UUID(0, 1), 1);
                case "tick" -> new RaftInput.Ticked();
                case "stored" -> stored;
                case "found" -> new RaftInput.ToFound(ticket++, member("1"), GROUP);
                case "propose" ->
                    new RaftInput.Proposed(words.stream()
                            .skip(1)
                            .map(word -> new RaftInput.Proposal(ticket++, bytes(word)))
                            .toList());
                case "confirm" -> new RaftInput.ToConfirm(ticket++);
                case "add" -> new RaftInput.ToAdd(ticket++, member(words.get(1)));
                case "remove" -> new RaftInput.ToRemove(ticket++, Integer.parseInt(words.get(1)));
                case "transfer" ->
                    new RaftInput.ToTransfer(
                            ticket++, words.size() > 1 ? Optional.of(Integer.valueOf(words.get(1))) : Optional.empty());
                case "state" -> new RaftInput.StateTaken(Long.parseLong(words.get(1)), bytes(words.get(2)));
                case "line-opened" -> new RaftInput.LineOpened(Integer.parseInt(words.get(1)));
                case "line-closed" -> new RaftInput.LineClosed(Integer.parseInt(words.get(1)));
                case "from" -> new RaftInput.Heard(message(words));
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private static Message message(List<String> words) {
            Server from = server(words.get(1));
            UUID group = words.contains("foreign") ? OTHER_GROUP : GROUP;
            Server to = words.contains("to-another-directory") ? server("1*") : server("1");
            Header header = new Header(group, from, to, number(words, "term"));
            return switch (words.get(2)) {
                case "invite" -> new Invite(1, group, from, member("1"));
                case "invited" ->
                    new Invited(
                            1,
                            from,
                            words.contains("of-group") || words.contains("foreign")
                                    ? Optional.of(group)
                                    : Optional.empty(),
                            member(words.get(1)));
                case "ask-vote" ->
                    new AskVote(
                            header,
                            position(words, "last"),
                            words.contains("in-advance"),
                            words.contains("handed-over"));
                case "vote" -> new Vote(header, words.contains("in-advance"), words.contains("granted"));
                case "append" ->
                    new Append(
                            header,
                            position(words, "after"),
                            words.stream()
                                    .filter(word -> word.indexOf(':') > 0)
                                    .map(RaftPlayer::entry)
                                    .toList(),
                            number(words, "committed"),
                            number(words, "round"));
                case "appended" ->
                    new Appended(
                            header,
                            number(words, "matched"),
                            number(words, "rejected"),
                            number(words, "hint"),
                            number(words, "round"));
                case "install" ->
                    new Install(
                            header,
                            position(words, "last"),
                            List.of(seat("1", true), seat("2", true)),
                            (int) number(words, "total"),
                            (int) number(words, "offset"),
                            bytes(words.getLast()),
                            0);
                case "installing" ->
                    new Installing(
                            header, number(words, "state"), (int) number(words, "received"), words.contains("done"), 0);
                case "hand-over" -> new HandOver(header);
                case "stranger" -> new Stranger(from, null);
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private static Position position(List<String> words, String name) {
            String[] parts = words.get(words.indexOf(name) + 1).split("/");
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        private static long number(List<String> words, String name) {
            int at = words.indexOf(name);
            return at < 0 ? 0 : Long.parseLong(words.get(at + 1));
        }

        private List<String> step(RaftInput input) {
            var step = core.step(input, now);
            core = step.state();
            var lines = new ArrayList<String>();
            step.effects().forEach(effect -> print(effect, lines));
            return lines;
        }

        private void print(RaftEffect effect, List<String> lines) {
            switch (effect) {
                case RaftEffect.Send(int to, Message message) -> lines.add("to " + to + ": " + print(message));
                case RaftEffect.Persist(var events, long term, long index) -> {
                    stored = new RaftInput.Stored(term, index);
                    events.forEach(event -> lines.add("persist " + print(event)));
                }
                case RaftEffect.Tell(RaftProtocol.Event event) -> lines.add("tell " + print(event));
                case RaftEffect.Reply(long number, RaftProtocol.Reply reply) ->
                    lines.add("reply " + number + ": " + print(reply));
                case RaftEffect.KeepLines(var members) ->
                    lines.add("lines to " + members.stream().map(Member::id).toList());
                case RaftEffect.Warn(String message) -> lines.add("warn " + message);
                case RaftEffect.GiveUp(String message) -> lines.add("give up: " + message);
            }
        }

        private static String print(RaftProtocol.Event event) {
            return switch (event) {
                case RaftProtocol.Applied applied ->
                    "applied " + applied.index() + " " + new String(applied.entry(), StandardCharsets.UTF_8);
                case RaftProtocol.Installed installed ->
                    "installed " + installed.index() + " " + new String(installed.state(), StandardCharsets.UTF_8);
                case RaftProtocol.Elected(long term) -> "elected in " + term;
                case RaftProtocol.Following(long term, var leader) ->
                    "following " + leader.map(member -> "" + member.id()).orElse("nobody") + " in " + term;
                case RaftProtocol.MembersChanged(var members) ->
                    "members " + members.stream().map(Member::id).toList();
            };
        }

        private static String print(RaftProtocol.Reply reply) {
            return switch (reply) {
                case RaftProtocol.Committed(long index) -> "committed " + index;
                case RaftProtocol.NotLeading(var leader) ->
                    "not leading"
                            + leader.map(member -> ", " + member.id() + " is").orElse("");
                case RaftProtocol.Unknown() -> "unknown";
                case RaftProtocol.Refused(var reason) -> "refused " + reason.getMessage();
            };
        }

        private static String print(RaftEvent event) {
            return switch (event) {
                case IdentityTaken(Server self) -> "identity " + self.id();
                case GroupEntered(UUID group) -> group.equals(GROUP) ? "group entered" : "foreign group entered";
                case VoteRecorded(long term, var candidate) ->
                    "term " + term + " vote " + (candidate == null ? "none" : "" + candidate.id());
                case EntriesStored(long from, var entries) -> "from " + from + print(entries);
                case Checkpointed all ->
                    "all: term " + all.term() + ", state "
                            + (all.snapshot() == null
                                    ? "none"
                                    : text(all.snapshot().state()) + " of "
                                            + print(all.snapshot().last()))
                            + ", after " + print(all.base()) + print(all.entries());
            };
        }

        private static String print(List<Entry> entries) {
            StringBuilder text = new StringBuilder();
            for (Entry entry : entries) {
                text.append(' ').append(entry.term()).append(':');
                switch (entry.content()) {
                    case Opened() -> text.append("opened");
                    case Owned owned -> text.append(text(owned.bytes()));
                    case Seated(var seats) ->
                        seats.forEach(seat -> text.append(seat.member().id()).append(seat.voting() ? ";" : "-;"));
                }
            }
            return text.toString();
        }

        private static String print(Position position) {
            return position.index() + "/" + position.term();
        }

        private static String print(Message message) {
            return switch (message) {
                case Invite _ -> "invite";
                case Invited invited ->
                    "invited, in " + invited.group().map(_ -> "a group").orElse("no group");
                case AskVote ask ->
                    "ask-vote term " + ask.header().term() + " last " + print(ask.last())
                            + (ask.inAdvance() ? " in-advance" : "") + (ask.handedOver() ? " handed-over" : "");
                case Vote vote ->
                    "vote term " + vote.header().term() + (vote.granted() ? " granted" : " refused")
                            + (vote.inAdvance() ? " in-advance" : "");
                case Append append ->
                    "append term " + append.header().term() + " after " + print(append.previous())
                            + print(append.entries()) + " committed " + append.committed() + " round "
                            + append.round();
                case Appended answer ->
                    "appended term " + answer.header().term()
                            + (answer.rejected() > 0
                                    ? " rejected " + answer.rejected() + " hint " + answer.hint()
                                    : " matched " + answer.matched())
                            + " round " + answer.round();
                case Install install ->
                    "install term " + install.header().term() + " last " + print(install.last()) + " offset "
                            + install.offset() + " of " + install.total() + " " + text(install.piece());
                case Installing answer ->
                    "installing " + answer.index() + " received " + answer.received() + (answer.done() ? " done" : "");
                case HandOver over -> "hand-over term " + over.header().term();
                case Stranger _ -> "stranger";
            };
        }
    }
}
