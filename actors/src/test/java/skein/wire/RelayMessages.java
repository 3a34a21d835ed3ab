package skein.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.RelayProtocol;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.protocol.RelayProtocol.RelayedRequest;
import skein.protocol.UserWish;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.UserName;

/** One of each request to coordinators and of each answer, as coordinators relay them. */
final class RelayMessages {
    private static final UserName USER = new UserName("ann");
    private static final UserWish.Fresh FRESH = new UserWish.Fresh(new UUID(1, 2), new UUID(3, 4));

    private static final InstanceName NAME = new InstanceName("instance_1");
    private static final HostPort ADDRESS = new HostPort("db1", 7687);

    private RelayMessages() {}

    static Stream<WireMessage> all() {
        return Stream.of(
                        requests().map(request -> new RelayedRequest(RelayProtocol.VERSION, 7, request)),
                        answers().map(answer -> new RelayedAnswer(7, answer)),
                        Stream.of(
                                new RelayedElsewhere(7, Optional.empty()),
                                new RelayedElsewhere(8, Optional.of(ADDRESS))))
                .flatMap(messages -> messages);
    }

    static Stream<Request> requests() {
        return Stream.of(
                new CoordinatorProtocol.AddCoordinator(0, ADDRESS, ADDRESS, Optional.empty()),
                new CoordinatorProtocol.AddCoordinator(Integer.MAX_VALUE, ADDRESS, ADDRESS, Optional.of(ADDRESS)),
                new CoordinatorProtocol.RemoveCoordinator(3),
                new CoordinatorProtocol.RegisterInstance(
                        NAME, ReplicationMode.STRICT_SYNC, ADDRESS, ADDRESS, ADDRESS, true),
                new CoordinatorProtocol.UnregisterInstance(NAME),
                new CoordinatorProtocol.SetInstanceToMain(NAME, true),
                new CoordinatorProtocol.DemoteInstance(NAME),
                new CoordinatorProtocol.RegisterInstance(
                        NAME, ReplicationMode.ASYNC, ADDRESS, ADDRESS, ADDRESS, false, true),
                new CoordinatorProtocol.UpdateInstance(NAME, Optional.of(ADDRESS), Optional.empty()),
                new CoordinatorProtocol.UpdateInstance(NAME, Optional.empty(), Optional.of(true)),
                new CoordinatorProtocol.UpdateCoordinator(2, ADDRESS),
                new CoordinatorProtocol.ChangeUser(
                        new UserWish.Create(USER, Optional.of("$argon2id$x"), true, false, FRESH)),
                new CoordinatorProtocol.ChangeUser(new UserWish.Create(USER, Optional.empty(), false, true, FRESH)),
                new CoordinatorProtocol.ChangeUser(
                        new UserWish.Alter(USER, Optional.of("$argon2id$x"), true, true, FRESH)),
                new CoordinatorProtocol.ChangeUser(new UserWish.ChangeOwn(USER, new UUID(5, 6), "h", FRESH)),
                new CoordinatorProtocol.ChangeUser(new UserWish.Drop(USER, true, FRESH)),
                new CoordinatorProtocol.ChangeUser(new UserWish.RenewHash(USER, new UUID(5, 6), "h", FRESH)),
                new CoordinatorProtocol.ShowUsers(),
                new CoordinatorProtocol.ForceReset(),
                new CoordinatorProtocol.YieldLeadership(),
                new CoordinatorProtocol.SetSetting("global_read_only", "true"),
                new CoordinatorProtocol.PauseFailover(true),
                new CoordinatorProtocol.ShowSettings(),
                new CoordinatorProtocol.ShowInstances(),
                new CoordinatorProtocol.ShowInstance(),
                new CoordinatorProtocol.ShowLag(),
                new CoordinatorProtocol.ShowRouting(Optional.empty()),
                new CoordinatorProtocol.ShowRouting(Optional.of(new DatabaseName("memgraph"))),
                new CoordinatorProtocol.ShowFailovers(),
                new CoordinatorProtocol.ShowCandidates());
    }

    /** Refused holds an exception, which equals only itself; see {@link WireCodecTest}. */
    static Stream<Answer> answers() {
        var notification =
                new Notification("LeaderNotReachable", "No leader", "Try again", Notification.Severity.WARNING);
        return Stream.of(
                new CoordinatorProtocol.Done(List.of(notification)),
                new CoordinatorProtocol.Done(List.of()),
                new CoordinatorProtocol.Unavailable(notification),
                new CoordinatorProtocol.Instances(List.of(
                        new CoordinatorProtocol.InstanceRow("coordinator_1", "a:1", "b:2", "c:3", true, "leader", 0),
                        new CoordinatorProtocol.InstanceRow("instance_1", "a:1", "", "c:3", false, "replica", -1))),
                new CoordinatorProtocol.Settings(List.of(new CoordinatorProtocol.SettingRow("routing_ttl_sec", "10"))),
                new CoordinatorProtocol.Lags(List.of(new CoordinatorProtocol.LagRow(
                        "instance_1",
                        Map.of(new DatabaseName("memgraph"), new CoordinatorProtocol.DatabaseLag(3, 2))))),
                new CoordinatorProtocol.RoutingTable(
                        Duration.ofMillis(1500), List.of(ADDRESS), List.of(ADDRESS, ADDRESS), List.of()),
                new CoordinatorProtocol.Failovers(List.of(new CoordinatorProtocol.FailoverRow(
                        4,
                        "instance_1",
                        "instance_2",
                        "no answer for 5 s",
                        1_700_000_000_000L,
                        -1,
                        List.of("instance_2: (4, 17)"),
                        "the longest log",
                        -1))),
                new CoordinatorProtocol.Candidates(
                        List.of(new CoordinatorProtocol.CandidateRow("instance_2", true, "in sync", 0, true))));
    }
}
