package skein.simulation.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.mutant.Mutant;
import skein.mutant.MutantTrial;

/**
 * Every bug planted in the shells is seen by the simulation, under a seed that the mutant names.
 * {@code -Dskein.mutants=REGEX} plants some only, {@code -Dskein.simulation.plantedSeeds=n} tries so many other seeds.
 */
final class ActorMutantsTest {
    private static final int MUTANTS_MIN = 6;
    private static final String KNOWN = "-Dskein.simulation.plantedSeed=";
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    @TempDir
    private Path directory;

    static List<Mutant> chosen() {
        return all().stream().filter(mutant -> mutant.name().matches(CHOSEN)).toList();
    }

    private static List<Mutant> all() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.test().equals(PlantedBugRun.class.getName()))
                .toList();
    }

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        options.addAll(ActorSimulation.options());
        Integer seeds = Integer.getInteger(PlantedBugRun.SEEDS);
        if (seeds != null) {
            options.add("-D" + PlantedBugRun.SEEDS + "=" + seeds);
        }
        return options;
    }

    @Test
    void thereAreMutants() {
        assertThat(all())
                .hasSizeGreaterThanOrEqualTo(MUTANTS_MIN)
                .allSatisfy(mutant -> assertThat(mutant.properties()).anyMatch(property -> property.startsWith(KNOWN)));
    }

    @Execution(ExecutionMode.CONCURRENT) // each in a process of its own
    @ParameterizedTest
    @MethodSource("chosen")
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        new MutantTrial(directory, jvm()).expectToBeCaught(mutant);
    }
}
