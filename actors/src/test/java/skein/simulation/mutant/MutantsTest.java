package skein.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.mutant.Mutant;
import skein.mutant.MutantTrial;
import skein.simulation.Probes;
import skein.simulation.cores.CoreRun;

/**
 * Every bug planted in a core is found by the simulation, under a seed that the mutant names, or by a scenario.
 * {@code -Dskein.mutants=REGEX} plants some only; {@code -Dskein.mutants.search=5000} looks for the first seed that
 * finds each, among so many, and prints it.
 */
final class MutantsTest {
    private static final int MUTANTS_MIN = 12;
    private static final String SEEDS = "-Dskein.simulation.seeds=";
    private static final String SEARCH = "skein.mutants.search";
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    /** What no run comes to, because a second rule holds where the first was taken away. */
    private static final Set<String> SCENARIOS = Set.of(
            "skein.replication.core.CommitLedgerScenarioTest",
            "skein.replication.core.FollowerCoreScenarioTest",
            "skein.role.DatabaseSetTest",
            "skein.role.core.RoleCoreScenarioTest");

    @TempDir
    private Path directory;

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow"));
        Long search = Long.getLong(SEARCH);
        if (search != null) {
            options.add("-D" + SEARCH + "=" + search);
        }
        return options;
    }

    static List<Mutant> chosen() {
        return all().stream().filter(mutant -> mutant.name().matches(CHOSEN)).toList();
    }

    private static List<Mutant> all() {
        return Mutant.all().stream()
                .filter(mutant -> isSimulated(mutant) || SCENARIOS.contains(mutant.test()))
                .toList();
    }

    private static boolean isSimulated(Mutant mutant) {
        return mutant.test().equals(CoreSeedsTest.class.getName());
    }

    static List<Long> seeds(String list) {
        return Arrays.stream(list.split(",")).map(Long::parseLong).toList();
    }

    private static List<Long> seedsOf(Mutant mutant) {
        return mutant.properties().stream()
                .filter(property -> property.startsWith(SEEDS))
                .flatMap(property -> seeds(property.substring(SEEDS.length())).stream())
                .toList();
    }

    @Test
    void thereAreMutants() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(MUTANTS_MIN);
        assertThat(all())
                .filteredOn(MutantsTest::isSimulated)
                .allSatisfy(mutant -> assertThat(seedsOf(mutant)).isNotEmpty());
    }

    @Test
    void theSameSeedsPassWithoutAMutant() {
        chosen().stream()
                .flatMap(mutant -> seedsOf(mutant).stream())
                .distinct()
                .forEach(seed -> CoreRun.of(seed, new Probes()));
    }

    @Execution(ExecutionMode.CONCURRENT) // each in a process of its own
    @ParameterizedTest
    @MethodSource("chosen")
    @SuppressWarnings("SystemOut") // what a search is for
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        String said = new MutantTrial(directory, jvm()).expectToBeCaught(mutant);
        if (Long.getLong(SEARCH) != null) {
            System.out.println(mutant.name() + ": "
                    + said.lines()
                            .filter(line -> line.contains("seed "))
                            .findFirst()
                            .orElse("?"));
        }
    }
}
