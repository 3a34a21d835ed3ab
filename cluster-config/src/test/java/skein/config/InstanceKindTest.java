package skein.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

final class InstanceKindTest {
    @Test
    void withoutAnyPortOfTheClusterAnInstanceIsPlain() {
        assertThat(kind()).isEqualTo(new InstanceKind.Plain());
        assertThat(kind("management-port", "0", "coordinator-port", "0")).isEqualTo(new InstanceKind.Plain());
    }

    @Test
    void aManagementPortMakesAnInstanceManaged() {
        assertThat(kind("management-port", "10011"))
                .isEqualTo(new InstanceKind.Managed(new HostPort("127.0.0.1", 10011)));
        assertThat(kind("management-port", "10011", "management-address", "10.0.0.7", "bolt-address", "localhost"))
                .isEqualTo(new InstanceKind.Managed(new HostPort("10.0.0.7", 10011)));
    }

    @Test
    void idAndPortSufficeForACoordinator() {
        HostPort both = new HostPort("localhost", 10111);
        assertThat(kind("coordinator-id", "0", "coordinator-port", "10111", "bolt-address", "localhost"))
                .isEqualTo(new InstanceKind.Coordinator(0, both, both, "localhost", Optional.empty()));
    }

    @Test
    void theFourFlagsOfTheDocumentationMakeACoordinator() {
        assertThat(kind(
                        "coordinator-id",
                        "1",
                        "coordinator-port",
                        "10111",
                        "management-port",
                        "10121",
                        "coordinator-hostname",
                        "coord1",
                        "bolt-address",
                        "0.0.0.0"))
                .isEqualTo(new InstanceKind.Coordinator(
                        1, new HostPort("coord1", 10111), new HostPort("coord1", 10121), "0.0.0.0", Optional.empty()));
    }

    @Test
    void theEnvironmentNamesOfTheDocumentationAreUnderstood() {
        ResolvedSettings settings = ResolvedSettings.resolve(new SettingSources(
                Map.of(),
                Map.of(
                        "MEMGRAPH_COORDINATOR_ID", "2",
                        "MEMGRAPH_COORDINATOR_PORT", "10112",
                        "MEMGRAPH_COORDINATOR_HOSTNAME", "coord2",
                        "MEMGRAPH_MANAGEMENT_PORT", "10122",
                        "SKEIN_HA_CLUSTER_INIT_QUERIES", "cluster.cypherl"),
                Optional.empty(),
                Optional.empty()));
        assertThat(InstanceKind.of(settings))
                .isEqualTo(new InstanceKind.Coordinator(
                        2,
                        new HostPort("coord2", 10112),
                        new HostPort("coord2", 10122),
                        "127.0.0.1",
                        Optional.of(Path.of("cluster.cypherl"))));
        assertThat(settings.warnings()).hasSize(4).allMatch(warning -> warning.contains("SKEIN_"));
    }

    @Test
    void halfACoordinatorIsRefused() {
        assertRefused("--coordinator-id and --coordinator-port", "coordinator-id", "1");
        assertRefused("--coordinator-id and --coordinator-port", "coordinator-port", "10111", "management-port", "1");
        assertRefused("--coordinator-hostname", "coordinator-hostname", "here", "management-port", "10011");
        assertRefused("--ha-cluster-init-queries", "ha-cluster-init-queries", "file");
    }

    @Test
    void aCoordinatorOnAllAddressesNeedsAHostName() {
        assertRefused(
                "Set --coordinator-hostname",
                "coordinator-id",
                "1",
                "coordinator-port",
                "10111",
                "bolt-address",
                "0.0.0.0");
    }

    @Test
    void twoServicesOnOnePortAreRefused() {
        assertRefused("are both 7687", "management-port", "7687");
        assertRefused("--bolt-port and --http-port", "http-port", "7687");
        assertRefused("are both 9000", "coordinator-id", "1", "coordinator-port", "9000", "http-port", "9000");
    }

    @Test
    void aManagedInstanceHasToRememberItsRole() {
        assertRefused("remember its role", "management-port", "10011", "replication-restore-state-on-startup", "false");
    }

    @Test
    void experimentalEnabledIsIgnoredWithAWord() {
        ResolvedSettings settings = resolve("experimental-enabled", "high-availability");
        assertThat(settings.warnings()).singleElement().asString().contains("high-availability is ignored");
    }

    private static void assertRefused(String words, String... flags) {
        assertThatThrownBy(() -> resolve(flags))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining("CFG-010")
                .hasMessageContaining(words)
                .hasMessageContaining("Nothing was started");
    }

    private static InstanceKind kind(String... flags) {
        return InstanceKind.of(resolve(flags));
    }

    private static ResolvedSettings resolve(String... flags) {
        Map<String, String> written = new LinkedHashMap<>();
        for (int i = 0; i < flags.length; i += 2) {
            written.put(flags[i], flags[i + 1]);
        }
        return ResolvedSettings.resolve(SettingSources.ofFlags(written));
    }
}
