package skein.storage.mutant;

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

/** Every bug planted in storage is caught. {@code -Dskein.mutants=REGEX} plants some only. */
final class MutantsTest {
    private static final int MUTANTS_MIN = 30;
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-XX:+EnableDynamicAgentLoading",
            "-Dskein.history.transactions=5000",
            "-Dskein.histories=300");
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
                .expectToPass(chosen().stream().map(Mutant::test).distinct().toList());
    }

    @Execution(ExecutionMode.CONCURRENT) // each in a process of its own
    @ParameterizedTest
    @MethodSource("chosen")
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        new MutantTrial(directory, JVM).expectToBeCaught(mutant);
    }
}
