package skein.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Role;
import skein.protocol.ManagementProtocol.Routes;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** One of each message between the coordinators' leader and a data instance, with every part it can have. */
final class ManagementMessages {
    private static final UUID CLUSTER = new UUID(11, 12);
    private static final Epoch EPOCH = new Epoch(7, new UUID(1, 2));

    private ManagementMessages() {}

    static Stream<WireMessage> all() {
        return Stream.of(
                assignment(new MainRole(
                        5,
                        true,
                        false,
                        true,
                        false,
                        List.of(
                                peer("instance_2", ReplicationMode.SYNC, true),
                                peer("instance_3", ReplicationMode.STRICT_SYNC, false)))),
                assignment(new MainRole(1, new UUID(5, 7), false, true, false, true, List.of())),
                assignment(new ReplicaRole(
                        5,
                        Optional.of(new InstanceName("instance_1")),
                        Optional.of(new HostPort("db1", 7687)),
                        10_000)),
                assignment(new ReplicaRole(0, Optional.empty(), Optional.empty(), 10_000)),
                new Report(
                        ManagementProtocol.VERSION,
                        17,
                        15,
                        new UUID(3, 4),
                        CLUSTER,
                        Kind.MAIN,
                        5,
                        true,
                        false,
                        true,
                        true,
                        Map.of(
                                new DatabaseName("memgraph"),
                                new LogEnd(EPOCH, 42, 40, 38),
                                new DatabaseName("other"),
                                new LogEnd(Epoch.NONE, 0, 0, 0)),
                        List.of(new ReplicaReport(
                                new InstanceName("instance_2"),
                                new UUID(3, 4),
                                true,
                                Map.of(new DatabaseName("memgraph"), 3L))),
                        "instance_3 was not reached"),
                new Report(
                        ManagementProtocol.VERSION,
                        1,
                        0,
                        new UUID(3, 4),
                        new UUID(0, 0),
                        Kind.CHANGING,
                        0,
                        false,
                        false,
                        false,
                        false,
                        Map.of(),
                        List.of(),
                        ""),
                new AssignmentRefused(CLUSTER, 9, 120, "an older leader"));
    }

    private static Assignment assignment(Role role) {
        return new Assignment(
                ManagementProtocol.VERSION,
                CLUSTER,
                9,
                120,
                18,
                16,
                Duration.ofSeconds(5),
                new InstanceName("instance_1"),
                new HostPort("db1", 7687),
                role,
                new Routes(
                        Duration.ofSeconds(10),
                        List.of(new HostPort("db1", 7687)),
                        List.of(new HostPort("db2", 7687), new HostPort("db3", 7687)),
                        List.of()),
                Map.of(new DatabaseName("skein"), 4711L));
    }

    private static Peer peer(String name, ReplicationMode mode, boolean resync) {
        return new Peer(new InstanceName(name), new HostPort("host-of-" + name, 10_000), mode, resync, new UUID(7, 8));
    }
}
