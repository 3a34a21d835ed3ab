package skein.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
 * Every bug planted in what coordinators and managed instances decide is seen, by the simulation of both or by a
 * scenario. {@code -Dskein.mutants=REGEX} plants some only.
 */
final class FailoverMutantsTest {
    private static final int MUTANTS_MIN = 10;
    private static final String PREFIX = "failover-";
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    @TempDir
    private Path directory;

    static List<Mutant> chosen() {
        return all().stream().filter(mutant -> mutant.name().matches(CHOSEN)).toList();
    }

    private static List<Mutant> all() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.name().startsWith(PREFIX))
                .toList();
    }

    @Test
    void thereAreMutants() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(MUTANTS_MIN);
    }

    @Execution(ExecutionMode.CONCURRENT) // each in a process of its own
    @ParameterizedTest
    @MethodSource("chosen")
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        new MutantTrial(
                        directory,
                        List.of(
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx512m",
                                "--sun-misc-unsafe-memory-access=allow"))
                .expectToBeCaught(mutant);
    }
}
