package skein.replication.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

class FailureTextTest {
    private static final long NOW = Duration.ofSeconds(60).toNanos();

    @Test
    void refusalNamesModeReplicaReasonOutcomeAndWhatToDo() {
        var refusal = FailureText.refusal(
                new WriteGate.Shut(List.of(absent("data2", ReplicationMode.STRICT_SYNC, Doubt.CONNECTION_LOST)), 0, 0),
                NOW);

        assertThat(refusal.code()).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        assertThat(refusal.code().isTransient()).isTrue();
        assertThat(refusal)
                .hasMessage("SKEIN-REPL-021: Not committed, on no instance: STRICT_SYNC replica data2 was not reachable"
                        + " or not in sync (last contact 50.0 s ago). It will catch up by itself. Until then this MAIN"
                        + " answers reads. Try again, or drop a replica that is gone for good. Check SHOW REPLICAS.");
    }

    @Test
    void refusalForWantOfAQuorumCountsWhoIsThere() {
        var refusal = FailureText.refusal(
                new WriteGate.Shut(
                        List.of(
                                absent("b", ReplicationMode.QUORUM, Doubt.TIMED_OUT),
                                absent("c", ReplicationMode.QUORUM, Doubt.DIVERGED)),
                        2,
                        3),
                NOW);

        assertThat(refusal)
                .hasMessageContaining("replication.quorum demands 2 QUORUM replicas in sync, and 1 of 3 is;")
                .hasMessageContaining("QUORUM replica b was not reachable")
                .hasMessageContaining("QUORUM replica c has diverged");
        assertThat(FailureText.refusal(new WriteGate.Shut(List.of(), 2, 1), NOW))
                .hasMessageContaining("demands 2 QUORUM replicas in sync, and 1 of 1 is. Bring back those that counted")
                .hasMessageContaining("SET REPLICATION ROLE TO MAIN FORCE");
    }

    @Test
    void unknownSaysWhoIsMissing() {
        var missing =
                new CommitWarning(new ReplicaName("data2"), ReplicationMode.STRICT_SYNC, Doubt.CONNECTION_LOST, 10, 10);

        assertThat(FailureText.unknown(List.of(missing)))
                .isEqualTo("STRICT_SYNC replica data2 lost the connection before confirming. The write is in the log of"
                        + " this MAIN and perhaps of others, and is committed as soon as that replica has it; check SHOW"
                        + " REPLICAS");
        assertThat(FailureText.unknown(List.of())).contains("fewer QUORUM replicas are registered");
    }

    private static WriteGate.Absence absent(String name, ReplicationMode mode, Doubt doubt) {
        return new WriteGate.Absence(
                new ReplicaName(name), mode, doubt, Duration.ofSeconds(10).toNanos());
    }
}
