package skein.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.mutant.Mutant;
import skein.mutant.MutantTrial;

/**
 * Every bug planted in a core is found by the simulation. {@code -Dskein.mutants=REGEX} plants some only. A mutant names
 * the first seed to try, near one that finds it; {@code -Dskein.mutants.seeds=5000} tries so many from there.
 */
final class MutantsTest {
    private static final int MUTANTS_MIN = 12;
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dskein.simulation.seeds=" + Integer.getInteger("skein.mutants.seeds", 20));
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    @TempDir
    private Path directory;

    static List<Mutant> chosen() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.name().matches(CHOSEN))
                .toList();
    }

    @Test
    void thereAreMutants() {
        assertThat(Mutant.all()).hasSizeGreaterThanOrEqualTo(MUTANTS_MIN);
    }

    @Test
    void allTestsPassWithoutAMutant() throws IOException, InterruptedException {
        new MutantTrial(directory, JVM)
                .expectToPass(
                        chosen().stream().map(Mutant::test).distinct().toList());
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        new MutantTrial(directory, JVM).expectToBeCaught(mutant);
    }
}
