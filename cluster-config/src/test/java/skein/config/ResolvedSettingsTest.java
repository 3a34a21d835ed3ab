package skein.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.config.Setting.Origin;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class ResolvedSettingsTest {
    @TempDir
    Path directory;

    @Test
    void everyDefaultIsUsable() {
        ResolvedSettings settings = ResolvedSettings.resolve(SettingSources.ofFlags(Map.of()));
        assertThat(settings.all()).hasSameSizeAs(Settings.all()).allMatch(chosen -> chosen.origin() == Origin.DEFAULT);
        assertThat(settings.get(Settings.BOLT_PORT)).isEqualTo(7687);
        assertThat(settings.get(Settings.REPLICATION_CHECK_INTERVAL)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void flagsAndKeysAreUniqueAndEveryDescriptionIsASentence() {
        Set<String> names = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            assertThat(names.add(setting.flag())).as(setting.flag()).isTrue();
            assertThat(names.add(setting.key())).as(setting.key()).isTrue();
            assertThat(setting.flag()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(setting.key()).startsWith("skein.");
            assertThat(setting.description()).endsWith(".");
        }
    }

    @Test
    void flagWinsOverEnvironmentOverFlagFileOverConfigurationFile() throws IOException {
        Path flagFile = Files.writeString(directory.resolve("flags"), "# comment\n--bolt-port=3\n--log-level=ERROR\n");
        Path hocon = Files.writeString(
                directory.resolve("skein.conf"),
                "skein { bolt.port = 4, log.level = DEBUG, databases.default = movies }");
        ResolvedSettings settings = ResolvedSettings.resolve(new SettingSources(
                Map.of("bolt-port", "1"),
                Map.of("SKEIN_BOLT_PORT", "2", "SKEIN_BOLT_ADDRESS", "localhost"),
                Optional.of(flagFile),
                Optional.of(hocon)));
        assertThat(settings.get(Settings.BOLT_PORT)).isEqualTo(1);
        assertThat(settings.originOf(Settings.BOLT_PORT)).isEqualTo(Origin.FLAG);
        assertThat(settings.get(Settings.BOLT_ADDRESS)).isEqualTo("localhost");
        assertThat(settings.originOf(Settings.BOLT_ADDRESS)).isEqualTo(Origin.ENVIRONMENT);
        assertThat(settings.get(Settings.LOG_LEVEL)).isEqualTo("ERROR");
        assertThat(settings.originOf(Settings.LOG_LEVEL)).isEqualTo(Origin.FLAG_FILE);
        assertThat(settings.get(Settings.DEFAULT_DATABASE)).isEqualTo("movies");
        assertThat(settings.originOf(Settings.DEFAULT_DATABASE)).isEqualTo(Origin.CONFIGURATION_FILE);
    }

    @Test
    void memgraphEnvironmentNamesAreAcceptedWithAWarning() {
        ResolvedSettings settings = ResolvedSettings.resolve(
                new SettingSources(Map.of(), Map.of("MEMGRAPH_BOLT_PORT", "7000"), Optional.empty(), Optional.empty()));
        assertThat(settings.get(Settings.BOLT_PORT)).isEqualTo(7000);
        assertThat(settings.warnings()).singleElement().asString().contains("SKEIN_BOLT_PORT");
    }

    @Test
    void unknownFlagIsRefusedWithTheNearestName() {
        assertRefused(SettingSources.ofFlags(Map.of("bolt-prot", "1")), "--bolt-prot", "Did you mean --bolt-port?");
    }

    @Test
    void unknownKeyIsRefusedWithLineAndNearestName() throws IOException {
        Path hocon = Files.writeString(directory.resolve("skein.conf"), "skein {\n bolt.prot = 4\n}");
        assertRefused(
                new SettingSources(Map.of(), Map.of(), Optional.empty(), Optional.of(hocon)),
                "skein.bolt.prot (line 2",
                "Did you mean skein.bolt.port?");
    }

    @Test
    void unknownNameInAFlagFileIsRefusedWithItsLine() throws IOException {
        Path flagFile = Files.writeString(directory.resolve("flags"), "\n--bolt-prot=3\n");
        assertRefused(
                new SettingSources(Map.of(), Map.of(), Optional.of(flagFile), Optional.empty()),
                "--bolt-prot (line 2",
                "Did you mean --bolt-port?");
    }

    @Test
    void unusableValuesSayWhatMayBeWritten() {
        for (Map<String, String> flags : List.of(
                Map.of("bolt-port", "70000"),
                Map.of("bolt-port", "x"),
                Map.of("log-level", "LOUD"),
                Map.of("insecure-cluster", "maybe"),
                Map.of("bolt-address", "::1"),
                Map.of("default-database", "1x"),
                Map.of("data-directory", ""),
                Map.of("replication-replica-check-frequency-sec", "NaN"))) {
            assertRefused(SettingSources.ofFlags(flags), "CFG-002", "Write ");
        }
    }

    @Test
    void secretsAreNotTakenFromTheCommandLineAndNeverShown() throws IOException {
        assertRefused(SettingSources.ofFlags(Map.of("password", "hunter2")), "CFG-008", "SKEIN_PASSWORD");
        Path flagFile = Files.writeString(directory.resolve("flags"), "--password=hunter2\n");
        for (SettingSources sources : List.of(
                new SettingSources(Map.of(), Map.of("SKEIN_PASSWORD", "hunter2"), Optional.empty(), Optional.empty()),
                new SettingSources(Map.of(), Map.of(), Optional.of(flagFile), Optional.empty()))) {
            ResolvedSettings settings = ResolvedSettings.resolve(sources);
            assertThat(settings.get(Settings.FIRST_PASSWORD)).isEqualTo("hunter2");
            assertThat(settings.all().toString()).doesNotContain("hunter2");
            assertThat(settings.all()).noneMatch(chosen -> chosen.shown().contains("hunter2"));
        }
    }

    @Test
    void missingFilesAreNamed() {
        Path missing = directory.resolve("nowhere.conf");
        assertRefused(
                new SettingSources(Map.of(), Map.of(), Optional.empty(), Optional.of(missing)), "CFG-003", "nowhere");
        assertRefused(
                new SettingSources(Map.of(), Map.of(), Optional.of(missing), Optional.empty()), "CFG-003", "nowhere");
    }

    private static void assertRefused(SettingSources sources, String... words) {
        assertThatThrownBy(() -> ResolvedSettings.resolve(sources))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContainingAll(words);
    }
}
