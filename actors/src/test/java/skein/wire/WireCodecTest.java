package skein.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.ForwardingProtocol;
import skein.protocol.ManagementProtocol;
import skein.protocol.RaftPeerProtocol;
import skein.protocol.RelayProtocol;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

final class WireCodecTest {
    private static final Epoch EPOCH = new Epoch(7, new UUID(1, 2));
    private static final LogPosition POSITION = new LogPosition(EPOCH, 42, 0xCAFEBABE);
    private static final MainIdentity MAIN =
            new MainIdentity(new UUID(3, 4), new InstanceName("main"), new HostPort("localhost", 7687), EPOCH);
    private static final DatabaseIdentity DATABASE = new DatabaseIdentity(new DatabaseName("skein"), new UUID(5, 6));
    private static final LogReport LOG = new LogReport(POSITION, 40, 39, List.of(POSITION, LogPosition.START));
    private static final DatabaseReport REPORT = new DatabaseReport(DATABASE, LOG);
    static final List<WireMessage> ONE_OF_EACH = Stream.of(
                    replication(),
                    ForwardingMessages.all(),
                    ManagementMessages.all(),
                    RelayMessages.all(),
                    RaftMessages.all())
            .flatMap(messages -> messages)
            .toList();

    private static Stream<WireMessage> replication() {
        return Stream.of(
                new Enlist(1, MAIN, new ReplicaName("r1")),
                new Enlist(1, MAIN, new ReplicaName("r1"), List.of(new UUID(1, 2), new UUID(3, 4))),
                new Report(
                        new InstanceName("r"),
                        new UUID(5, 6),
                        new HostPort("h", 1),
                        9,
                        new UUID(7, 8),
                        REPORT,
                        List.of(REPORT, REPORT)),
                new Obey(MAIN, DATABASE, true, false),
                new Obey(MAIN, DATABASE, false, true),
                new Obey(MAIN, DATABASE, false, true, List.of(new UUID(1, 2), new UUID(3, 4)), 7),
                new Obeyed(),
                new Refusal(Reason.DIVERGED, "ä – no"),
                new Hello(1, MAIN, DATABASE),
                new Hello(1, MAIN, DATABASE, List.of(new UUID(1, 2), new UUID(3, 4)), new UUID(5, 6)),
                new Welcome(new InstanceName("r"), new HostPort("h", 1), LOG),
                new Match(POSITION),
                new Append(POSITION, new LogPosition(EPOCH, 44, 1), 43, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                new Append(POSITION, POSITION, 42, ByteBuffer.allocate(0)),
                new Ack(5, 4, 3),
                new Pledge(1, new UUID(3, 4), new InstanceName("p"), new UUID(5, 6), EPOCH, new UUID(7, 8)),
                new Pledged(new Report(
                        new InstanceName("r"),
                        new UUID(5, 6),
                        new HostPort("h", 1),
                        9,
                        new UUID(7, 8),
                        REPORT,
                        List.of())),
                new PledgeRefused(Reason.LOWER_EPOCH, 9, "no"),
                new WithdrawPledge(EPOCH),
                new Pull(EPOCH, new UUID(5, 6), POSITION),
                new Pulled(new UUID(5, 6), POSITION, new LogPosition(EPOCH, 44, 1), ByteBuffer.wrap(new byte[] {1, 2})),
                new Pulled(new UUID(5, 6), POSITION, POSITION, ByteBuffer.allocate(0)),
                new OfferSnapshot(POSITION, 1_700_000_000_000_000L, 1L << 40),
                new SnapshotBlocks(1L << 33, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                new SnapshotProgress(1L << 33, true),
                new GiveUp(0),
                new GaveUp(5, 4, false));
    }

    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();

    @Test
    void everyMessageComesBackEqual() {
        for (WireMessage message : ONE_OF_EACH) {
            assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void everyMessageOfTheProtocolIsRegistered() {
        Set<Class<?>> tried = new HashSet<>();
        ONE_OF_EACH.forEach(message -> tried.add(message.getClass()));
        Set<Class<?>> known = new HashSet<>();
        for (Class<?> protocol : List.of(
                ReplicationProtocol.Message.class,
                ForwardingProtocol.Message.class,
                ManagementProtocol.Message.class,
                RelayProtocol.Message.class,
                RaftPeerProtocol.Message.class)) {
            for (Class<?> side : protocol.getPermittedSubclasses()) {
                known.addAll(Arrays.asList(side.getPermittedSubclasses()));
            }
        }
        assertThat(tried).isEqualTo(known);
    }

    @Test
    void aRefusalIsRelayedInItsOwnWords() {
        var refusal = new SkeinException(ErrorCode.REPLICATION_REFUSED, "There is a MAIN – instance_1.");
        var message = new RelayedAnswer(9, new CoordinatorProtocol.Refused(refusal));

        assertThat(codec.decode(codec.encode(message)))
                .isInstanceOfSatisfying(
                        RelayedAnswer.class,
                        answer -> assertThat(answer.answer())
                                .isInstanceOfSatisfying(CoordinatorProtocol.Refused.class, refused -> {
                                    assertThat(refused.reason()).hasMessage(refusal.getMessage());
                                    assertThat(refused.reason().code()).isEqualTo(refusal.code());
                                }));
    }

    @Test
    void unregisteredClassesAreRefused() {
        byte[] unknownId = {(byte) 0x7F, 1};
        byte[] className = {1, 0, 'j', 'a', 'v', 'a', '.', 'i', 'o', '.', 'F', 'i', 'l', (byte) ('e' | 0x80)};
        byte[] registeredButNoMessage = {3, 2};
        for (byte[] bytes : List.of(unknownId, className, registeredButNoMessage)) {
            assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UnreadableMessage.class);
        }
    }

    @Test
    void cutOrLengthenedMessagesAreRefused() {
        for (WireMessage message : ONE_OF_EACH) {
            byte[] bytes = codec.encode(message);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(UnreadableMessage.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> codec.decode(longer)).isInstanceOf(UnreadableMessage.class);
        }
    }

    @Test
    void changedBytesAreReadAsAMessageOrRefused() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = codec.encode(ONE_OF_EACH.get(random.nextInt(ONE_OF_EACH.size())));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(codec.decode(bytes)).isNotNull();
            } catch (UnreadableMessage refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
    }
}
