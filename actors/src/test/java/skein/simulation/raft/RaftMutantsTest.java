package skein.simulation.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.mutant.Mutant;
import skein.mutant.MutantTrial;

/**
 * Every bug planted in the Raft core, and in what coordinators read above it, is seen: by the simulation under a seed
 * that the mutant names, or by a scenario. {@code -Dskein.mutants=REGEX} plants some only;
 * {@code -Dskein.mutants.search=1000} looks for the first seed that finds each, among so many, and prints it.
 */
final class RaftMutantsTest {
    private static final int MUTANTS_MIN = 13;
    private static final String CORE = "skein/raft/core/";
    private static final String SEEDS = "-Dskein.simulation.seeds=";
    private static final String COORDINATORS = "-Dskein.simulation.coordinators=true";
    private static final String SEARCH = "skein.mutants.search";
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    @TempDir
    private Path directory;

    static List<Mutant> chosen() {
        return all().stream().filter(mutant -> mutant.name().matches(CHOSEN)).toList();
    }

    private static List<Mutant> all() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.file().startsWith(CORE) || isSimulated(mutant))
                .toList();
    }

    private static boolean isSimulated(Mutant mutant) {
        return mutant.test().equals(PlantedRaftBugRun.class.getName());
    }

    private static LongStream seedsOf(Mutant mutant) {
        return mutant.properties().stream()
                .filter(property -> property.startsWith(SEEDS))
                .flatMapToLong(property -> PlantedRaftBugRun.seeds(property.substring(SEEDS.length())));
    }

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        Long search = Long.getLong(SEARCH);
        if (search != null) {
            options.add("-D" + SEARCH + "=" + search);
        }
        return options;
    }

    @Test
    void thereAreMutants() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(MUTANTS_MIN);
        assertThat(all())
                .filteredOn(RaftMutantsTest::isSimulated)
                .allSatisfy(mutant -> assertThat(seedsOf(mutant).count()).isPositive());
    }

    @Test
    void theSameSeedsPassWithoutAMutant() {
        for (boolean coordinators : List.of(false, true)) {
            chosen().stream()
                    .filter(mutant -> mutant.properties().contains(COORDINATORS) == coordinators)
                    .flatMapToLong(RaftMutantsTest::seedsOf)
                    .distinct()
                    .forEach(seed -> PlantedRaftBugRun.play(seed, coordinators));
        }
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
