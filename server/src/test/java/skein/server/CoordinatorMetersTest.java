package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.coordination.core.ClusterChange;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorSetting;
import skein.coordination.core.CoordinatorSettings;
import skein.coordination.core.Happening;
import skein.coordination.core.RegisteredInstance;
import skein.http.InstanceMetrics;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** What a coordinator counts, told as its actors tell it. */
final class CoordinatorMetersTest {
    private static final long STARTED_MILLIS = 1_000_000;

    private final InstanceMetrics metrics = new InstanceMetrics();
    private final CoordinatorMeters meters = new CoordinatorMeters(metrics, STARTED_MILLIS);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void anElectionThatIsFollowedByAnotherTermWasLost() {
        meters.stood();
        meters.standsAt(3, 7, 7, false);
        meters.standsAt(3, 7, 7, false);
        assertThat(value("skein_failed_to_become_leader")).isZero();
        meters.standsAt(4, 7, 7, false);
        assertThat(value("skein_failed_to_become_leader")).isEqualTo(1);
        meters.stood();
        meters.standsAt(5, 7, 7, false);
        meters.stood();
        assertThat(value("skein_failed_to_become_leader")).isEqualTo(2);
        meters.standsAt(6, 7, 7, false);
        meters.elected();
        meters.standsAt(6, 8, 8, true);
        meters.standsAt(9, 8, 8, false);
        assertThat(value("skein_failed_to_become_leader")).isEqualTo(2);
        assertThat(value("skein_become_leader_success")).isEqualTo(1);
        assertThat(value("skein_raft_elections")).isEqualTo(3);
    }

    @Test
    void theModesOfAllInstancesAreTold() {
        meters.changed(registered());
        assertThat(value("skein_instance_mode{mg_instance=data1,mode=SYNC}")).isEqualTo(1);
        assertThat(value("skein_instance_mode{mg_instance=data2,mode=ASYNC}")).isEqualTo(1);
    }

    @Test
    void aFailoverThatCouldNotBeginIsCountedAndNothingElseIs() {
        for (Happening happening : Happening.values()) {
            meters.happened(happening);
        }
        assertThat(value("skein_no_alive_instance_failed_failovers")).isEqualTo(1);
    }

    @Test
    void whatPeopleHaveSwitchedOffIsSeen() {
        assertThat(value("skein_paused")).isZero();
        assertThat(value("skein_read_only")).isZero();
        meters.changed(
                state(new CoordinatorSettings(Map.of(CoordinatorSetting.GLOBAL_READ_ONLY, "true")), true, List.of()));
        assertThat(value("skein_paused")).isEqualTo(1);
        assertThat(value("skein_read_only")).isEqualTo(1);
        meters.changed(
                state(new CoordinatorSettings(Map.of(CoordinatorSetting.GLOBAL_READ_ONLY, "false")), false, List.of()));
        assertThat(value("skein_paused")).isZero();
        assertThat(value("skein_read_only")).isZero();
    }

    /** A log that is replayed at a start has changes of the time before. */
    @Test
    void changesOfMainAreCountedOnceAndOnlyThoseSinceTheStart() {
        List<FailoverRow> rows = List.of(
                failover(4, "no answer for 5.0 s", STARTED_MILLIS + 9, -1, -1),
                failover(3, "no answer for 5.0 s", STARTED_MILLIS + 5, 6_000, 2),
                failover(2, "SWITCHOVER", STARTED_MILLIS - 5, 100, 0));
        meters.changed(state(ClusterState.EMPTY.settings(), false, rows));
        meters.changed(state(ClusterState.EMPTY.settings(), false, rows.subList(1, 3)));
        assertThat(value("skein_successful_failovers")).isEqualTo(1);
        assertThat(value("skein_failover_lost_transactions")).isEqualTo(2);
        assertThat(metrics.scrape()).contains("skein_data_failover_seconds_sum{cause=\"no_answer\"} 6.0");
    }

    @ParameterizedTest
    @CsvSource({
        "no answer for 5.0 s, no_answer",
        "'it answers, but has not reigned for 5.0 s', not_reigning",
        "it was not promoted within 5.0 s, not_promoted",
        "data1 was asked to end, planned_stop",
        "SWITCHOVER, switchover",
        "SET INSTANCE TO MAIN, command"
    })
    void causesAreOfFewKinds(String cause, String kind) {
        assertThat(CoordinatorMeters.kindOf(failover(1, cause, 0, 0, 0))).isEqualTo(kind);
    }

    private static ClusterState registered() {
        return ClusterState.EMPTY
                .evolve(registration("data1", ReplicationMode.SYNC))
                .evolve(registration("data2", ReplicationMode.ASYNC));
    }

    private static ClusterChange registration(String name, ReplicationMode mode) {
        HostPort address = new HostPort(name, 1);
        return new ClusterChange.InstanceRegistered(
                new RegisteredInstance(new InstanceName(name), address, address, address, mode, false, false));
    }

    private double value(String name) {
        Optional<InstanceMetrics.Metric> found = metrics.all().stream()
                .filter(metric -> metric.name().startsWith(name))
                .findFirst();
        assertThat(found).as(name).isPresent();
        return found.orElseThrow().value();
    }

    private static ClusterState state(CoordinatorSettings settings, boolean paused, List<FailoverRow> failovers) {
        ClusterState empty = ClusterState.EMPTY;
        return new ClusterState(
                empty.cluster(),
                empty.instances(),
                empty.coordinators(),
                settings,
                empty.leaseMillisBefore(),
                empty.appointment(),
                empty.holders(),
                paused,
                failovers,
                empty.users());
    }

    private static FailoverRow failover(long reign, String cause, long startedAt, long durationMillis, long givenUp) {
        return new FailoverRow(reign, "data1", "data2", cause, startedAt, durationMillis, List.of(), "", givenUp);
    }
}
