package skein.replication.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

class WarningTextTest {
    @Test
    void confirmedCommitSaysNothing() {
        assertThat(WarningText.notifications(List.of())).isEmpty();
    }

    @Test
    void warningNamesModeReplicaReasonTimeAndWhatToDo() {
        assertThat(text(warning("data2", Doubt.TIMED_OUT, 30_000, 41_000)))
                .isEqualTo(
                        "SKEIN-REPL-001: Committed on MAIN and on every replica that answered, but SYNC replica data2"
                                + " did not confirm within 30.0 s (last contact 41.0 s ago). It will catch up by itself."
                                + " Do not repeat the write. Check SHOW REPLICAS.");
        assertThat(text(warning("data2", Doubt.NOT_IN_SYNC, 0, -1))).contains("was not reachable or not in sync.");
        assertThat(text(warning("data2", Doubt.CONNECTION_LOST, 5, 1))).contains("lost the connection");
    }

    @Test
    void replicasAreGroupedByReason() {
        assertThat(text(
                        warning("a", Doubt.NOT_IN_SYNC, 0, 10),
                        warning("b", Doubt.TIMED_OUT, 1_000, 1_000),
                        warning("c", Doubt.NOT_IN_SYNC, 0, 10)))
                .contains("SYNC replicas a and c were not reachable or not in sync and SYNC replica b did not confirm")
                .contains("They will catch up by themselves.");
    }

    @Test
    void divergedReplicaIsToldPlainly() {
        assertThat(text(warning("data2", Doubt.DIVERGED, 0, -1)))
                .contains("data2 has diverged", "rebuilt by itself", "DROP REPLICA")
                .doesNotContain("catch up by itself");
    }

    private static CommitWarning warning(String name, Doubt doubt, long waitedMillis, long silentMillis) {
        return new CommitWarning(new ReplicaName(name), ReplicationMode.SYNC, doubt, waitedMillis, silentMillis);
    }

    private static String text(CommitWarning... warnings) {
        List<Notification> notifications = WarningText.notifications(List.of(warnings));
        assertThat(notifications).hasSize(1);
        assertThat(notifications.getFirst().code()).isEqualTo("SyncReplicationFailure");
        assertThat(notifications.getFirst().severity()).isEqualTo(Notification.Severity.WARNING);
        return notifications.getFirst().title();
    }
}
