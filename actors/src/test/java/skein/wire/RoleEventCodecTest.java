package skein.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.role.core.Registration;
import skein.role.core.RoleEvent;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** The role journal is read for ever: every event comes back, and its bytes do not change. */
class RoleEventCodecTest {
    private static final Epoch EPOCH = new Epoch(7, new UUID(1, 2));
    private static final MainIdentity MAIN =
            new MainIdentity(new UUID(3, 4), new InstanceName("data1"), new HostPort("10.0.0.1", 7687), EPOCH);
    private static final HostPort ADDRESS = new HostPort("127.0.0.1", 10_001);
    private static final List<RoleEvent> EVENTS = List.of(
            new RoleEvent.BecameMain(new UUID(3, 4), EPOCH),
            new RoleEvent.ReignOpened(EPOCH),
            new RoleEvent.BecameReplica(10_000),
            new RoleEvent.MainObeyed(MAIN, new DatabaseIdentity(new DatabaseName("system"), new UUID(5, 6))),
            new RoleEvent.EpochAccepted(MAIN),
            new RoleEvent.ReplicaRegistered(
                    new Registration(new ReplicaName("r1"), ReplicationMode.SYNC, null, ADDRESS, new UUID(7, 8))),
            new RoleEvent.ReplicaRegistered(new Registration(
                    new ReplicaName("r2"), ReplicationMode.ASYNC, Duration.ofMillis(500), ADDRESS, new UUID(7, 8))),
            new RoleEvent.ReplicaDropped(new ReplicaName("r1")),
            new RoleEvent.EpochPledged(new UUID(3, 4), new InstanceName("data1"), new UUID(5, 6), EPOCH),
            new RoleEvent.PledgeWithdrawn(EPOCH),
            new RoleEvent.ReplicaJoined(new ReplicaName("r1")),
            new RoleEvent.Promoted(
                    new UUID(3, 4),
                    EPOCH,
                    List.of(new Registration(
                            new ReplicaName("r1"), ReplicationMode.QUORUM, null, ADDRESS, new UUID(7, 8))),
                    true),
            new RoleEvent.PathFollowed(List.of(new UUID(3, 4), new UUID(7, 8))),
            new RoleEvent.Commissioned(new UUID(3, 4)),
            new RoleEvent.ClusterChosen(new UUID(5, 6)));

    private final WireCodec<RoleEvent> codec = WireCodec.ofRoleEvents();

    @Test
    void everyEventComesBackEqual() {
        assertThat(EVENTS)
                .allSatisfy(
                        event -> assertThat(codec.decode(codec.encode(event))).isEqualTo(event));
        assertThat(EVENTS.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(RoleEvent.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    /** An old journal must be readable: when this fails, add a new event instead of changing an old one. */
    @Test
    void bytesOfEventsDoNotChange() {
        String golden = EVENTS.stream()
                .map(event -> HexFormat.of().formatHex(codec.encode(event)))
                .collect(Collectors.joining("\n"));

        assertThat(golden).isEqualTo("""
                ca0101030000000000000004000000000000000701000000000000000200000000000000
                cb01010701000000000000000200000000000000
                cc0101904e
                cd01010300000000000000040000000000000064617461b131302e302e302eb1873c0701000000000000000200\
                0000000000007379737465ed05000000000000000600000000000000
                ce01010300000000000000040000000000000064617461b131302e302e302eb1873c0701000000000000000200\
                000000000000
                cf010172b153594ec3003132372e302e302eb1914e07000000000000000800000000000000
                cf010172b24153594ec30180cab5ee013132372e302e302eb1914e07000000000000000800000000000000
                d0010172b1
                fc01010300000000000000040000000000000064617461b1050000000000000006000000000000000701000000000000\
                000200000000000000
                fd01010701000000000000000200000000000000
                7a0172b1
                9e0101030000000000000004000000000000000701000000000000000200000000000000\
                0172b151554f5255cd003132372e302e302eb1914e0700000000000000080000000000000001
                a20101020300000000000000040000000000000007000000000000000800000000000000
                d4010103000000000000000400000000000000
                d5010105000000000000000600000000000000""");
    }
}
