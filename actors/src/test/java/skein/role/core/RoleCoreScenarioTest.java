package skein.role.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Report;
import skein.scenario.Scenario;
import skein.setting.core.SettingRecord;
import skein.user.core.UserRecord;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * Plays {@code scenario/role}. {@code start} and {@code start forgetting} replay the journal so far and recover, with
 * or without {@code --replication-restore-state-on-startup}; {@code quorum K} is the setting; {@code logs N} says which
 * epoch number the logs have reached. {@code start managed}: coordinators say what the instance is, in {@code assigned
 * ...} lines; {@code reign N with data2 ADDRESS} is a promotion that they want. Fresh ids are T1, T2, ... (tenures) and
 * R1, R2, ... (reigns). A report is one of: {@code empty}, {@code behind} (a prefix of this MAIN's history),
 * {@code diverged}, {@code foreign} (data of its own), {@code system-diverged}. {@code members-decided} and
 * {@code members-recorded} say that the record of members written last is decided, the first of one that is waited for.
 * Of databases, see {@link DatabaseSketch}, of promotions {@link PromotionSketch}, of users {@link UserSketch}.
 * {@code hello T1 3:R3} names tenure and epoch. After every step the state is compared with what the journal replays
 * to.
 */
class RoleCoreScenarioTest {
    static Stream<Path> scenarios() {
        return Scenario.files("role");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void roleAnswersAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, RolePlayer::new);
    }

    private static final class RolePlayer implements Scenario.Player {
        private static final DatabaseIdentity SYSTEM = new DatabaseIdentity(new DatabaseName("system"), id('S', 1));
        private static final DatabaseIdentity GRAPH = new DatabaseIdentity(new DatabaseName("skein"), id('D', 1));
        private static final LogPosition REIGN = new LogPosition(new Epoch(1, id('R', 1)), 1, 11);
        private static final OwnDatabase OWN = new OwnDatabase(GRAPH, List.of(REIGN), 9);

        private final DatabaseSketch databases = new DatabaseSketch(GRAPH);
        private final UserSketch users = new UserSketch();
        private final List<RoleEvent> journal = new ArrayList<>();
        private RoleCore core = RoleCore.starting();
        private long tickets;
        private long tenures;
        private long reigns;
        private long epochInLogs;
        private int quorum = 1;
        private Members members = Members.none();
        private Members recording = Members.none();
        private final List<Members> undecided = new ArrayList<>();

        @Override
        public List<String> play(String input) {
            List<String> words = Arrays.asList(input.split("\\s+"));
            if (words.getFirst().equals("quorum")) {
                quorum = Integer.parseInt(words.get(1));
                return List.of();
            }
            if (words.getFirst().equals("logs")) {
                epochInLogs = PromotionSketch.number(words.get(1));
                return List.of();
            }
            if (words.getFirst().equals("learn")) {
                members = PromotionSketch.learn(members, words);
                return List.of();
            }
            if (words.getFirst().equals("undecided")) {
                undecided.add(PromotionSketch.learn(
                        undecided.isEmpty() ? members : undecided.getLast(), words.subList(1, words.size())));
                return List.of();
            }
            if (words.getFirst().equals("all-decided")) {
                members = undecided.getLast();
                undecided.clear();
                core = core.step(new RoleInput.MembersRecorded(members)).state();
                return List.of();
            }
            if (databases.takes(words)) {
                return List.of();
            }
            if (words.getFirst().equals("start")) {
                core = RoleCore.starting().withState(replayed());
            }
            if (words.getFirst().equals("members-recorded") || words.getFirst().equals("members-decided")) {
                members = recording;
                core = core.step(new RoleInput.MembersRecorded(members)).state();
            }
            var step = core.step(parse(words));
            core = step.state();
            var lines = new ArrayList<String>();
            boolean persisting = true;
            for (RoleEffect effect : step.effects()) {
                boolean persist = effect instanceof RoleEffect.Persist;
                assertThat(persisting || !persist)
                        .as("persisted first: " + effect)
                        .isTrue();
                persisting = persist;
                lines.add(print(effect));
            }
            assertThat(core.state()).isEqualTo(replayed());
            return lines;
        }

        private List<Members> memberships() {
            List<Members> all = new ArrayList<>(List.of(members));
            all.addAll(undecided);
            return all;
        }

        private RoleState replayed() {
            RoleState state = RoleState.fresh();
            for (RoleEvent event : journal) {
                state = state.evolve(event);
            }
            return state;
        }

        private RoleInput parse(List<String> words) {
            return switch (words.getFirst()) {
                case "start" ->
                    new RoleInput.Recovered(
                            !words.contains("forgetting"),
                            words.contains("managed"),
                            fresh(),
                            epochInLogs,
                            memberships(),
                            quorum);
                case "members-decided" -> new RoleInput.CatalogueChanged(List.of());
                case "members-recorded", "members-written" -> new RoleInput.MembersWritten();
                case "covered" -> new RoleInput.Covered(Long.parseLong(words.get(1)));
                case "not-covered" -> new RoleInput.NotCovered(Long.parseLong(words.get(1)));
                case "check-members" -> new RoleInput.CheckMembers();
                case "reign-stands" -> new RoleInput.ReignStands();
                case "bound" -> new RoleInput.PortBound(new HostPort("127.0.0.1", 10_000));
                case "port-refused" -> new RoleInput.PortRefused("port 10000 is in use.");
                case "drained" -> new RoleInput.Drained();
                case "set-main" ->
                    new RoleInput.SetMain(
                            ++tickets,
                            words.contains("force"),
                            new InstanceName("data1"),
                            fresh(),
                            epochInLogs,
                            memberships(),
                            PromotionSketch.system());
                case "assigned" -> new RoleInput.Assigned(parse(words.subList(1, words.size())));
                case "join" -> new RoleInput.JoinCluster(++tickets, id(words.get(1)));
                case "reign" ->
                    new RoleInput.SetMain(
                            ++tickets,
                            false,
                            Long.parseLong(words.get(1)),
                            others(words),
                            new InstanceName("data1"),
                            fresh(),
                            epochInLogs,
                            memberships(),
                            PromotionSketch.system());
                case "set-replica" -> new RoleInput.SetReplica(++tickets, Integer.parseInt(words.get(1)));
                case "register" -> new RoleInput.Register(++tickets, registration(words), words.contains("resync"));
                case "drop" -> new RoleInput.Drop(++tickets, new ReplicaName(words.get(1)));
                case "set-setting" ->
                    new RoleInput.ChangeSetting(
                            ++tickets, words.get(1), words.size() < 3 ? "" : words.get(2), id('V', tickets));
                case "show-replicas" -> new RoleInput.ShowReplicas(++tickets);
                case "show-lag" -> new RoleInput.ShowLag(++tickets);
                case "show-role" -> new RoleInput.ShowRole(++tickets);
                default -> parseConversation(words);
            };
        }

        private RoleInput parseConversation(List<String> words) {
            return switch (words.getFirst()) {
                case "reported" ->
                    new RoleInput.Reported(
                            report(words),
                            new RoleInput.OwnDatabases(
                                    new OwnDatabase(SYSTEM, List.of(REIGN), 5),
                                    List.of(OWN),
                                    !words.getLast().equals("while-writes-are-refused")),
                            id('R', ++reigns));
                case "caught-up" -> new RoleInput.ReplicaCaughtUp(new ReplicaName(words.get(1)));
                case "obeys" -> new RoleInput.ReplicaObeys();
                case "enlist-failed" -> new RoleInput.EnlistFailed("no connection to 127.0.0.1:10001");
                case "enlist" ->
                    new RoleInput.EnlistReceived(
                            Long.parseLong(words.get(1)),
                            new Enlist(version(words), main(words), new ReplicaName("r1"), path(words)));
                case "obey" ->
                    new RoleInput.ObeyReceived(
                            Long.parseLong(words.get(1)),
                            new Obey(
                                    main(words),
                                    SYSTEM,
                                    words.contains("anew"),
                                    words.contains("resync"),
                                    path(words),
                                    since(words)));
                case "hello" ->
                    new RoleInput.HelloReceived(
                            Long.parseLong(words.get(1)),
                            new Hello(
                                    version(words),
                                    main(words),
                                    words.contains("system") ? SYSTEM : GRAPH,
                                    path(words),
                                    words.contains("foreign") ? id('S', 2) : SYSTEM.id()),
                            words.contains("unknown")
                                    ? RoleInput.Held.MISSING
                                    : words.contains("broken") ? RoleInput.Held.BROKEN : RoleInput.Held.SERVED);
                case "offer" ->
                    new RoleInput.ForwardingOffered(
                            Long.parseLong(words.get(1)),
                            new OfferForwarding(version(words), main(words), 1000),
                            !words.contains("unwanted"));
                case "create-database", "drop-database", "rename-database" -> databases.change(++tickets, words);
                case "create-user", "set-password", "drop-user" -> users.change(++tickets, words);
                case "user-decided" -> users.decided();
                case "catalogue-decided", "catalogue-refused" -> databases.outcome(words);
                default -> PromotionSketch.parse(words, memberships(), core);
            };
        }

        private RoleInput.FreshIds fresh() {
            return new RoleInput.FreshIds(id('T', ++tenures), id('R', ++reigns));
        }

        /** {@code with data2 127.0.0.1:10002 data3 ...}: whom else to ask. */
        private static List<Peer> others(List<String> words) {
            List<Peer> others = new ArrayList<>();
            for (int i = words.indexOf("with") + 1; i > 0 && i + 1 < words.size(); i += 2) {
                others.add(Peer.named(words.get(i), HostPort.parse(words.get(i + 1), 10_000)));
            }
            return others;
        }

        private static Registration registration(List<String> words) {
            int timeout = words.indexOf("timeout");
            return Registration.asked(
                    new ReplicaName(words.get(1)),
                    ReplicationMode.valueOf(words.get(2)),
                    timeout < 0 ? null : Duration.ofMillis(Long.parseLong(words.get(timeout + 1))),
                    HostPort.parse(words.getLast(), 10_000));
        }

        private static int version(List<String> words) {
            return words.contains("old") ? 0 : ReplicationProtocol.VERSION;
        }

        /** {@code via T3,T2,T1}: instances by their first tenures, from who speaks up to the MAIN. */
        private static List<UUID> path(List<String> words) {
            int via = words.indexOf("via");
            return via < 0
                    ? List.of()
                    : Arrays.stream(words.get(via + 1).split(","))
                            .map(word -> id(word))
                            .toList();
        }

        private static long since(List<String> words) {
            int since = words.indexOf("since");
            return since < 0 ? 0 : Long.parseLong(words.get(since + 1));
        }

        /** {@code hello CONNECTION TENURE NUMBER:REIGN}. */
        private static MainIdentity main(List<String> words) {
            String[] epoch = words.get(3).split(":");
            return new MainIdentity(
                    id(words.get(2)),
                    new InstanceName("data1"),
                    new HostPort("127.0.0.1", 7687),
                    new Epoch(PromotionSketch.number(epoch[0]), id(epoch[1])));
        }

        /** {@code reported INSTANCE epoch N KIND}, perhaps {@code kin} and {@code obeying T9}. */
        private static Report report(List<String> words) {
            String kind = words.contains("kin") ? "empty" : words.get(4);
            int obeying = words.indexOf("obeying");
            var foreign = new LogPosition(new Epoch(1, id('X', 1)), 1, 99);
            DatabaseReport system = words.contains("kin")
                    ? new DatabaseReport(SYSTEM, log(REIGN, 5, 5))
                    : kind.equals("system-diverged")
                            ? new DatabaseReport(SYSTEM, log(foreign, 3, 3))
                            : new DatabaseReport(new DatabaseIdentity(SYSTEM.name(), id('S', 2)), log(foreign, 2, 2));
            var other = new DatabaseIdentity(GRAPH.name(), id('D', 2));
            var database = switch (kind) {
                case "behind" -> new DatabaseReport(GRAPH, log(REIGN, 7, 7));
                case "diverged" -> new DatabaseReport(GRAPH, parted(foreign, 12));
                case "unrelated" -> new DatabaseReport(GRAPH, log(foreign, 12, 12));
                case "foreign" -> new DatabaseReport(other, log(foreign, 4, 4));
                default -> new DatabaseReport(other, log(foreign, 1, 0));
            };
            return new Report(
                    new InstanceName("data2"),
                    id(words.get(1)),
                    new HostPort("127.0.0.1", 7688),
                    PromotionSketch.number(words.get(3)),
                    obeying < 0 ? new UUID(0, 0) : id(words.get(obeying + 1)),
                    system,
                    List.of(database));
        }

        /** Of this MAIN's history first, then of another. */
        private static LogReport parted(LogPosition foreign, long end) {
            LogPosition own = new LogPosition(foreign.epoch(), 8, foreign.crc());
            return new LogReport(new LogPosition(own.epoch(), end, (int) end), end, end, List.of(own, REIGN));
        }

        private static LogReport log(LogPosition reign, long end, long settled) {
            return new LogReport(new LogPosition(reign.epoch(), end, (int) end), settled, settled, List.of(reign));
        }

        private static UUID id(char letter, long number) {
            return new UUID(letter, number);
        }

        private static UUID id(String word) {
            return id(word.charAt(0), Long.parseLong(word.substring(1)));
        }

        private String print(RoleEffect effect) {
            return switch (effect) {
                case RoleEffect.Persist(RoleEvent event) -> {
                    journal.add(event);
                    yield "persist " + print(event);
                }
                case RoleEffect.Reply(long ticket, RoleReply reply) -> "reply " + ticket + ": " + print(reply);
                case RoleEffect.ReplyWhenSettled(long ticket, var name, RoleReply reply) ->
                    "when " + name + " has settled, reply " + ticket + ": " + print(reply);
                case RoleEffect.ReplyWhenLetGo(long ticket, var name, RoleReply reply) ->
                    "when " + name + " is let go, reply " + ticket + ": " + print(reply);
                case RoleEffect.ReplyWhenCovered(long ticket, RoleReply reply) ->
                    "when all is decided, reply " + ticket + ": " + print(reply);
                case RoleEffect.ReplyLag(long ticket) -> "reply " + ticket + ": the lag";
                case RoleEffect.ReplyReplicas(long ticket) -> "reply " + ticket + ": the replicas";
                case RoleEffect.ReplyWhenFollowed(long ticket, UUID id, RoleReply reply) ->
                    "when " + print(id) + " is followed, reply " + ticket + ": " + print(reply);
                case RoleEffect.ChangeCatalogue(SystemRecord.OfDatabases(CatalogueRecord record)) ->
                    databases.write(record);
                case RoleEffect.ChangeCatalogue(SystemRecord.OfMembers(Members said)) -> {
                    recording = said;
                    yield "write members " + print(said);
                }
                case RoleEffect.RecordMembers(Members said) -> {
                    recording = said;
                    yield "record members " + print(said);
                }
                case RoleEffect.ChangeCatalogue(SystemRecord.OfUsers(UserRecord record)) -> users.write(record);
                case RoleEffect.ChangeCatalogue(SystemRecord.OfSettings(SettingRecord record)) ->
                    "write setting " + record.name() + " '" + record.value() + "'";
                case RoleEffect.OpenReign(Epoch epoch, int wanted, int inForce) ->
                    "open reign " + print(epoch)
                            + (wanted == quorum ? "" : ", quorum " + wanted)
                            + (inForce > 0 ? ", needs a quorum" + (inForce == wanted ? "" : " of " + inForce) : "");
                case RoleEffect.AwaitCover(long round) -> "await cover " + round;
                case RoleEffect.StartStreams(Registration registration) -> "start streams to " + print(registration);
                case RoleEffect.Joined(ReplicaName name) -> "decisions depend on " + name;
                case RoleEffect.StopStreams(ReplicaName name) -> "stop streams to " + name;
                case RoleEffect.Drain() -> "drain";
                case RoleEffect.Follow() -> "follow";
                case RoleEffect.BindPort(int port) -> "bind port " + port;
                case RoleEffect.ClosePort() -> "close port";
                case RoleEffect.StartEnlisting(Registration registration) -> "say enlist to " + registration.address();
                case RoleEffect.TellToObey(boolean anew, boolean resync, long epoch) ->
                    "say obey" + (anew ? ", system anew" : "") + (resync ? ", resync" : "")
                            + (core.state() instanceof RoleState.Replica ? ", since " + epoch : "");
                case RoleEffect.GreetAnew() ->
                    "greet replicas anew as " + way(core.state().path());
                case RoleEffect.EndEnlisting() -> "end the conversation";
                default -> printAsReplica(effect);
            };
        }

        private static String printAsReplica(RoleEffect effect) {
            return switch (effect) {
                case RoleEffect.Answer(long connection, var message) -> "answer " + connection + ": " + message;
                case RoleEffect.AnswerReport(long connection) -> "answer " + connection + ": report";
                case RoleEffect.Refuse(long connection, var reason, String message) ->
                    "refuse " + connection + ": " + reason + ", " + message;
                case RoleEffect.Admit(long connection, var _) -> "admit " + connection;
                case RoleEffect.UseLine(long connection, var _) -> "forward on " + connection;
                case RoleEffect.Depose(var reason, String message) -> "depose: " + reason + ", " + message;
                case RoleEffect.AdoptSystem(DatabaseIdentity system, boolean anew, boolean resync) ->
                    "adopt system " + print(system.id()) + (anew ? " anew" : "") + (resync ? ", resync" : "");
                case RoleEffect.PointTo(MainIdentity main) -> "point writers to " + main.name() + " at " + main.bolt();
                case RoleEffect.GiveUp(String message) -> "give up: " + message;
                default -> PromotionSketch.print(effect);
            };
        }

        private static String print(RoleEvent event) {
            return switch (event) {
                case RoleEvent.BecameMain(UUID tenure, Epoch epoch) ->
                    "BecameMain tenure " + print(tenure) + " epoch " + print(epoch);
                case RoleEvent.Promoted(UUID tenure, Epoch epoch, List<Registration> replicas, boolean needsQuorum) ->
                    "Promoted tenure " + print(tenure) + " epoch " + print(epoch) + " with "
                            + replicas.stream().map(RolePlayer::print).collect(Collectors.joining(", ", "[", "]"))
                            + (needsQuorum ? ", needs a quorum" : "");
                case RoleEvent.ReignOpened(Epoch epoch) -> "ReignOpened " + print(epoch);
                case RoleEvent.BecameReplica(int port) -> "BecameReplica on " + port;
                case RoleEvent.MainObeyed(MainIdentity main, DatabaseIdentity system) ->
                    "MainObeyed " + print(main) + " system " + print(system.id());
                case RoleEvent.EpochAccepted(MainIdentity main) -> "EpochAccepted " + print(main);
                case RoleEvent.PathFollowed(var path) -> "PathFollowed " + way(path);
                case RoleEvent.EpochPledged(UUID instance, var name, UUID ignored, Epoch epoch) ->
                    "EpochPledged " + print(epoch) + " to " + name + ", instance " + print(instance);
                case RoleEvent.PledgeWithdrawn(Epoch epoch) -> "PledgeWithdrawn " + print(epoch);
                case RoleEvent.ReplicaRegistered(Registration registration) ->
                    "ReplicaRegistered " + print(registration);
                case RoleEvent.Commissioned(UUID instance) -> "Commissioned " + print(instance);
                case RoleEvent.ClusterChosen(UUID cluster) -> "ClusterChosen " + print(cluster);
                case RoleEvent.ReplicaJoined(ReplicaName name) -> "ReplicaJoined " + name;
                case RoleEvent.ReplicaDropped(ReplicaName name) -> "ReplicaDropped " + name;
            };
        }

        private static String way(List<UUID> path) {
            return path.stream().map(one -> print(one)).collect(Collectors.joining(","));
        }

        private static String print(MainIdentity main) {
            return main.name() + " tenure " + print(main.tenure()) + " epoch " + print(main.epoch());
        }

        private static String print(Registration registration) {
            return registration.name() + " " + registration.mode() + print(registration.ackTimeout()) + " at "
                    + registration.address() + " instance " + print(registration.instance());
        }

        private static String print(Members members) {
            String replicas =
                    members.replicas().stream().map(one -> "; " + print(one)).collect(Collectors.joining());
            return "of " + print(members.main()) + " at " + members.mainAddress() + ", quorum " + members.quorum()
                    + replicas;
        }

        private static String print(@Nullable Duration timeout) {
            return timeout == null ? "" : " timeout " + timeout.toMillis();
        }

        private static String print(RoleReply reply) {
            return switch (reply) {
                case RoleReply.Done(var notes) ->
                    "done " + notes.stream().map(Notification::code).collect(Collectors.joining(" "));
                case RoleReply.Refused(var reason) -> "refused " + reason.code() + ", " + reason.getMessage();
                case RoleReply.Role(boolean main) -> main ? "main" : "replica";
            };
        }

        private static String print(Epoch epoch) {
            return epoch.text() + ":" + print(epoch.reign());
        }

        private static String print(UUID id) {
            return id.getMostSignificantBits() == 0
                    ? "unknown"
                    : (char) id.getMostSignificantBits() + "" + id.getLeastSignificantBits();
        }
    }
}
