package skein.management.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Role;
import skein.protocol.ManagementProtocol.Routes;
import skein.replication.core.WriteGrant;
import skein.role.core.Registration;
import skein.role.core.RoleView;
import skein.scenario.Scenario;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * Plays {@code scenario/management}. {@code at MS} sets the time. {@code is KIND reign N stands busy port P of C1 with
 * d2 d3} says what the role is from now on, {@code ready d2} which replicas keep up, {@code quiet} and {@code writing}
 * whether commits are under way. {@code main 1 opened handing-over read-only restricted with d2 d3} and {@code replica
 * PORT} are assignments, perhaps with {@code term}, {@code index}, {@code number}, {@code stamp}, {@code lease MS},
 * {@code from C2} and {@code on CONNECTION}; {@code data D2} says, in either, whose data the replicas have;
 * {@code async} that they are registered as ASYNC, not as SYNC. {@code done N} and {@code trouble N words} answer a
 * step.
 */
class ManagementCoreScenarioTest {
    private static final Set<String> KEYS =
            Set.of("term", "index", "number", "stamp", "lease", "from", "on", "reign", "port", "of", "data", "async");

    static Stream<Path> scenarios() {
        return Scenario.files("management");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void instanceFollowsAsTheScenarioSays(Path scenario) {
        Scenario.check(scenario, ManagementPlayer::new);
    }

    private static final class ManagementPlayer implements Scenario.Player {
        private static final long MILLI = 1_000_000;

        private ManagementCore core = ManagementCore.starting();
        private RoleView role = RoleView.starting();
        private List<String> ready = List.of();
        private boolean quiet = true;
        private long now;

        @Override
        public List<String> play(String input) {
            List<String> words = Arrays.asList(input.split("\\s+"));
            if (words.getFirst().equals("at")) {
                now = Long.parseLong(words.get(1)) * MILLI;
                return List.of();
            }
            var step = core.step(parse(words), sighting(), now);
            core = step.state();
            return step.effects().stream().map(ManagementPlayer::print).toList();
        }

        private Sighting sighting() {
            return new Sighting(
                    role,
                    Map.of(),
                    role.replicas().stream()
                            .map(one -> new Sighting.ReplicaSeen(
                                    one.name(), ready.contains(one.name().value()), Map.of()))
                            .toList(),
                    quiet);
        }

        private ManagementInput parse(List<String> words) {
            switch (words.getFirst()) {
                case "is" -> role = roleOf(words);
                case "ready" -> ready = words.subList(1, words.size());
                case "quiet" -> quiet = true;
                case "writing" -> quiet = false;
                default -> {}
            }
            return switch (words.getFirst()) {
                case "main", "replica" -> new ManagementInput.Assigned(number(words, "on", 1), assignment(words));
                case "done" -> new ManagementInput.Answered(Long.parseLong(words.get(1)), "");
                case "trouble" ->
                    new ManagementInput.Answered(
                            Long.parseLong(words.get(1)), String.join(" ", words.subList(2, words.size())));
                case "hang-up" -> new ManagementInput.Disconnected(Long.parseLong(words.get(1)));
                case "leave" -> new ManagementInput.Leaving();
                case "is", "ready", "quiet", "writing", "look" -> new ManagementInput.Looked();
                default -> throw new IllegalArgumentException(words.toString());
            };
        }

        private static RoleView roleOf(List<String> words) {
            int of = words.indexOf("of");
            return new RoleView(
                    new UUID('I', 1),
                    of < 0 ? new UUID(0, 0) : cluster(words.get(of + 1)),
                    Kind.valueOf(words.get(1)),
                    number(words, "reign", 0),
                    words.contains("stands"),
                    words.contains("busy"),
                    (int) number(words, "port", 0),
                    names(words).stream()
                            .map(name -> new Registration(
                                    new ReplicaName(name),
                                    words.contains("async") ? ReplicationMode.ASYNC : ReplicationMode.SYNC,
                                    null,
                                    new HostPort(name, 10_000),
                                    words.contains("data")
                                            ? cluster(words.get(words.indexOf("data") + 1))
                                            : new UUID(0, 0)))
                            .toList(),
                    List.of());
        }

        private static Assignment assignment(List<String> words) {
            int from = words.indexOf("from");
            return new Assignment(
                    ManagementProtocol.VERSION - (words.contains("old-version") ? 1 : 0),
                    from < 0 ? cluster("C1") : cluster(words.get(from + 1)),
                    number(words, "term", 1),
                    number(words, "index", 1),
                    number(words, "number", 1),
                    number(words, "stamp", 0),
                    Duration.ofMillis(number(words, "lease", 0)),
                    new InstanceName("d1"),
                    new HostPort("d1", 7687),
                    role(words),
                    new Routes(Duration.ofSeconds(10), List.of(), List.of(), List.of()),
                    Map.of());
        }

        private static Role role(List<String> words) {
            return words.getFirst().equals("replica")
                    ? new ReplicaRole(0, Optional.empty(), Optional.empty(), Integer.parseInt(words.get(1)))
                    : new MainRole(
                            Long.parseLong(words.get(1)),
                            words.contains("as") ? cluster(words.get(words.indexOf("as") + 1)) : new UUID(0, 0),
                            words.contains("opened"),
                            words.contains("read-only"),
                            words.contains("handing-over"),
                            words.contains("restricted"),
                            names(words).stream()
                                    .map(name -> new Peer(
                                            new InstanceName(name),
                                            new HostPort(name, 10_000),
                                            ReplicationMode.SYNC,
                                            words.contains("resync"),
                                            words.contains("data")
                                                    ? cluster(words.get(words.indexOf("data") + 1))
                                                    : new UUID(0, 0)))
                                    .toList());
        }

        /** What follows {@code with}, up to the next key. */
        private static List<String> names(List<String> words) {
            List<String> names = new ArrayList<>();
            for (int i = words.indexOf("with") + 1; i > 0 && i < words.size() && !KEYS.contains(words.get(i)); i++) {
                names.add(words.get(i));
            }
            return names;
        }

        private static long number(List<String> words, String key, long otherwise) {
            int at = words.indexOf(key);
            return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
        }

        private static UUID cluster(String word) {
            return new UUID(word.charAt(0), Long.parseLong(word.substring(1)));
        }

        private static String print(ManagementEffect effect) {
            return switch (effect) {
                case ManagementEffect.Grant(WriteGrant grant) -> print(grant);
                case ManagementEffect.Take(long number, RoleStep step) -> "take " + number + ": " + print(step);
                case ManagementEffect.Send(long connection, Report report) ->
                    "report on " + connection + ": " + print(report);
                case ManagementEffect.Send(long connection, AssignmentRefused refused) ->
                    "refuse on " + connection + ": " + refused.message();
                case ManagementEffect.WakeAt(long nanos) -> "wake at " + nanos / MILLI;
            };
        }

        private static String print(WriteGrant grant) {
            String until = grant.leaseEndNanos() == Long.MIN_VALUE
                    ? "no lease"
                    : "lease until " + grant.leaseEndNanos() / MILLI;
            return grant.takes()
                    ? "writes open, " + until + (grant.restricted() ? ", then what is confirmed" : ", then closed")
                    : "writes closed, " + until + ": " + grant.words();
        }

        private static String print(RoleStep step) {
            return switch (step) {
                case RoleStep.Join(UUID cluster) -> "belong to " + name(cluster);
                case RoleStep.Reign(long reign, var others) ->
                    "reign " + reign + ", asking "
                            + others.stream().map(one -> one.name().value()).toList();
                case RoleStep.Serve(int port) -> "serve on " + port;
                case RoleStep.Enlist(Peer peer) -> "enlist " + peer.name() + (peer.resync() ? ", resync" : "");
                case RoleStep.Drop(ReplicaName name) -> "drop " + name;
            };
        }

        private static String print(Report report) {
            return "stamp " + report.stamp() + ", answers " + report.answered() + ", " + report.kind() + " of reign "
                    + report.reign()
                    + (report.stands() ? ", stands" : "") + (report.writable() ? ", writable" : "")
                    + (report.handedOver() ? ", handed over" : "") + (report.leaving() ? ", leaving" : "")
                    + report.replicas().stream()
                            .map(one -> ", " + one.name() + (one.joined() ? " joined" : ""))
                            .reduce("", String::concat)
                    + (report.trouble().isEmpty() ? "" : ": " + report.trouble());
        }

        private static String name(UUID id) {
            return (char) id.getMostSignificantBits() + "" + id.getLeastSignificantBits();
        }
    }
}
