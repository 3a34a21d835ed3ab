package skein.raft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol.Member;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftEvent.GroupEntered;
import skein.raft.core.RaftEvent.IdentityTaken;
import skein.raft.core.RaftEvent.VoteRecorded;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** A survivor of a lost majority becomes a group of its own. */
class RecoveryTest {
    private static final UUID GROUP = new UUID(1, 1);
    private static final UUID NEXT = new UUID(2, 2);

    private static Seat seat(int id, boolean voting) {
        return new Seat(new Member(id, new HostPort("c" + id, 12_000), null), new UUID(9, id), voting);
    }

    private static Entry owned(long term, int value) {
        return new Entry(term, new Owned(ByteBuffer.wrap(new byte[] {(byte) value})));
    }

    private static DurableState member(int id, Seat... seats) {
        return DurableState.empty()
                .evolve(new IdentityTaken(new Server(id, new UUID(9, id))))
                .evolve(new GroupEntered(GROUP))
                .evolve(new VoteRecorded(7, null))
                .evolve(new EntriesStored(
                        1, List.of(new Entry(3, new Seated(List.of(seats))), owned(3, 1), owned(7, 2))));
    }

    @Test
    void itKeepsAllItHoldsInAnotherGroupOfWhichItIsTheOnlyMember() {
        DurableState before = member(2, seat(1, true), seat(2, true), seat(3, true));

        DurableState after = before.evolve(Recovery.alone(before, NEXT, List.of(new byte[] {3})));

        assertThat(after.configuration().members())
                .containsExactly(seat(2, true).member());
        assertThat(after.group()).isEqualTo(NEXT);
        assertThat(after.term()).isGreaterThan(before.term() + 1000);
        assertThat(after.log().entries()).startsWith(before.log().entries().toArray(Entry[]::new));
        assertThat(after.log().entries().getLast()).isEqualTo(owned(after.term(), 3));
        RaftCore core = RaftCore.recovered(RaftSettings.standard(), after);
        assertThat(core.step(new RaftInput.Started(2, new UUID(9, 2), 1), 0)
                        .state()
                        .isLeading())
                .isTrue();
    }

    @Test
    void whoHasNoVoteOrNeedsNoRecoveryIsRefused() {
        for (DurableState state : List.of(
                DurableState.empty(),
                member(2, seat(1, true), seat(2, false), seat(3, true)),
                member(2, seat(1, true), seat(3, true)),
                member(2, seat(2, true)))) {
            assertThatThrownBy(() -> Recovery.alone(state, NEXT, List.of()))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("Nothing was recovered");
        }
    }
}
