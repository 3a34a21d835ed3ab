package skein.replication.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import skein.replication.core.LedgerEffect.Complete;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** Who had said what when a commit was answered. */
final class CommitLedgerAcksTest {
    private static final ReplicaName FIRST = new ReplicaName("first");
    private static final ReplicaName SECOND = new ReplicaName("second");
    private static final ReplicaName ASYNC = new ReplicaName("async");
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private CommitLedger ledger = CommitLedger.startingAt(1, 1, new CommitRules(SyncAck.DURABLE, 1));

    private List<Complete> step(LedgerInput input, long nowMicros) {
        var step = ledger.step(input, TimeUnit.MICROSECONDS.toNanos(nowMicros));
        ledger = step.state();
        return step.effects().stream()
                .filter(Complete.class::isInstance)
                .map(Complete.class::cast)
                .toList();
    }

    private void register(ReplicaName name, ReplicationMode mode) {
        step(new LedgerInput.Registered(name, new AckRule(mode, TIMEOUT_NANOS, false), false), 0);
        if (mode == ReplicationMode.SYNC) {
            step(new LedgerInput.Ready(name, 1, 1), 0);
        }
    }

    @Test
    void everyReplicaIsNamedWithWhatItTookFromTheMainsOwnFsync() {
        register(FIRST, ReplicationMode.SYNC);
        register(SECOND, ReplicationMode.SYNC);
        register(ASYNC, ReplicationMode.ASYNC);
        assertThat(step(new LedgerInput.Acked(FIRST, 2, 1), 50)).isEmpty();
        assertThat(step(new LedgerInput.Fsynced(2), 100)).isEmpty();
        List<Complete> complete = step(new LedgerInput.Acked(SECOND, 2, 1), 350);
        assertThat(complete).hasSize(1);
        assertThat(complete.getFirst().acks())
                .containsExactly(
                        new ReplicaAck(FIRST, ReplicationMode.SYNC, true, 0),
                        new ReplicaAck(SECOND, ReplicationMode.SYNC, true, 250),
                        new ReplicaAck(ASYNC, ReplicationMode.ASYNC, false, 0));
    }

    @Test
    void aReplicaThatWasGivenUpHasNotAcknowledged() {
        register(FIRST, ReplicationMode.SYNC);
        register(SECOND, ReplicationMode.SYNC);
        step(new LedgerInput.Fsynced(2), 100);
        step(new LedgerInput.Acked(FIRST, 2, 1), 150);
        List<Complete> complete = step(new LedgerInput.Lost(SECOND, Doubt.CONNECTION_LOST), 400);
        assertThat(complete).hasSize(1);
        assertThat(complete.getFirst().acks())
                .containsExactly(
                        new ReplicaAck(FIRST, ReplicationMode.SYNC, true, 50),
                        new ReplicaAck(SECOND, ReplicationMode.SYNC, false, 0));
        assertThat(complete.getFirst().warnings()).hasSize(1);
    }

    @Test
    void withoutReplicasThereIsNothingToSay() {
        List<Complete> complete = step(new LedgerInput.Fsynced(2), 100);
        assertThat(complete.getFirst().acks()).isEmpty();
    }
}
