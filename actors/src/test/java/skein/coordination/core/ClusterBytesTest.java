package skein.coordination.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.ClusterChange.ClusterNamed;
import skein.coordination.core.ClusterChange.CoordinatorForgotten;
import skein.coordination.core.ClusterChange.CoordinatorNamed;
import skein.coordination.core.ClusterChange.Ended;
import skein.coordination.core.ClusterChange.FailoverPaused;
import skein.coordination.core.ClusterChange.GaveUp;
import skein.coordination.core.ClusterChange.InstanceRegistered;
import skein.coordination.core.ClusterChange.InstanceUnregistered;
import skein.coordination.core.ClusterChange.InstanceUpdated;
import skein.coordination.core.ClusterChange.Joined;
import skein.coordination.core.ClusterChange.Opened;
import skein.coordination.core.ClusterChange.SettingChanged;
import skein.coordination.core.ClusterChange.UserKept;
import skein.coordination.core.ClusterChange.UserRemoved;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.user.core.Account;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

class ClusterBytesTest {
    private static final InstanceName DATA1 = new InstanceName("data1");
    private static final InstanceName DATA2 = new InstanceName("dätä2");
    private static final HostPort ADDRESS = new HostPort("host", 1);
    private static final FailoverRow ROW = new FailoverRow(
            1, "", "data1", "SET INSTANCE TO MAIN", 1_700_000_000_000L, -1, List.of("data1: ok"), "named", -1);
    private static final List<ClusterChange> CHANGES = List.of(
            new ClusterNamed(new UUID(1, 2)),
            new InstanceRegistered(instance(DATA1)),
            new InstanceRegistered(instance(DATA2)),
            new InstanceUpdated(DATA1, new HostPort("elsewhere", 65_535), true),
            new CoordinatorNamed(new CoordinatorAddress(0, ADDRESS)),
            new CoordinatorNamed(new CoordinatorAddress(Integer.MAX_VALUE, ADDRESS)),
            new CoordinatorForgotten(0),
            new SettingChanged("global_read_only", "true"),
            new SettingChanged("of a later release", "1"),
            new FailoverPaused(true),
            new UserKept(new Account(new UserName("ann"), new UUID(1, 1), new UUID(2, 2), "$argon2id$x", false)),
            new UserKept(new Account(new UserName("bob"), new UUID(3, 1), new UUID(4, 2), "", true)),
            new UserKept(new Account(new UserName("ANN"), new UUID(1, 1), new UUID(2, 3), "$argon2id$y", true)),
            new UserRemoved(new UserName("bob"), new UUID(5, 5)),
            new Appointed(ROW),
            new Opened(1, new UUID(3, 4), 812),
            new Joined(1, new Holder(DATA2, new UUID(5, 6))),
            new GaveUp(1, 17),
            new Ended(1),
            new InstanceUnregistered(DATA1));

    private static RegisteredInstance instance(InstanceName name) {
        return new RegisteredInstance(name, ADDRESS, ADDRESS, ADDRESS, ReplicationMode.SYNC, true, false);
    }

    @Test
    void everyChangeComesBackEqual() {
        for (ClusterChange change : CHANGES) {
            assertThat(ClusterBytes.change(ClusterBytes.of(change))).isEqualTo(change);
        }
        assertThat(CHANGES.stream().map(ClusterChange::getClass).distinct())
                .hasSameSizeAs(ClusterChange.class.getPermittedSubclasses());
    }

    @Test
    void everyStateComesBackEqual() {
        ClusterState state = ClusterState.EMPTY;
        assertThat(ClusterBytes.state(ClusterBytes.of(state))).isEqualTo(state);
        for (ClusterChange change : CHANGES) {
            state = state.evolve(change);
            assertThat(ClusterBytes.state(ClusterBytes.of(state))).isEqualTo(state);
        }
    }

    @Test
    void whatIsCutLengthenedOrOfAnotherReleaseIsRefusedInWords() {
        for (ClusterChange change : CHANGES) {
            byte[] bytes = ClusterBytes.of(change);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> ClusterBytes.change(cut)).isInstanceOf(SkeinException.class);
            }
            assertThatThrownBy(() -> ClusterBytes.change(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(SkeinException.class);
        }
        assertThatThrownBy(() -> ClusterBytes.change(new byte[] {2, 1}))
                .hasMessageContaining("does not know the format 2");
        assertThatThrownBy(() -> ClusterBytes.change(new byte[] {1, 99}))
                .hasMessageContaining("does not know an entry of kind 99");
    }

    @Test
    void aChangeThatDoesNotFitChangesNothing() {
        ClusterState state = ClusterState.EMPTY
                .evolve(new InstanceRegistered(instance(DATA1)))
                .evolve(new InstanceRegistered(instance(DATA2)))
                .evolve(new Appointed(ROW));
        for (ClusterChange late : List.of(
                new InstanceRegistered(instance(DATA1)),
                new Appointed(ROW),
                new Opened(2, new UUID(3, 4), 1),
                new Joined(1, new Holder(DATA2, new UUID(5, 6))),
                new UserRemoved(new UserName("nobody"), new UUID(5, 5)),
                new Ended(7))) {
            assertThat(state.evolve(late)).as(late.toString()).isEqualTo(state);
        }
        ClusterState opened = state.evolve(new Opened(1, new UUID(3, 4), 1));
        assertThat(opened.evolve(new Opened(1, new UUID(9, 9), 1))).isEqualTo(opened);
        assertThat(opened.evolve(new Joined(1, new Holder(DATA1, new UUID(9, 9)))))
                .isEqualTo(opened);
    }
}
