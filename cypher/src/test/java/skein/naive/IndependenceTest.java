package skein.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A judge that borrowed an operator, a function or a comparison of what it judges would find it right. */
class IndependenceTest {
    @Test
    void theEvaluatorSharesTheSyntaxTreeWithTheEngineAndNothingElse() throws IOException, URISyntaxException {
        Path classes = Path.of(NaiveRun.class.getResource("NaiveRun.class").toURI());
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes.resolveSibling(""))) {
            files.forEach(file -> packages.addAll(packagesUsedBy(file)));
        }
        assertThat(packages).containsExactlyInAnyOrder("skein/naive", "skein/graph", "skein/cypher/syntax");
    }

    private static Set<String> packagesUsedBy(Path file) {
        try {
            var constants = ClassFile.of().parse(file).constantPool();
            return StreamSupport.stream(constants.spliterator(), false)
                    .filter(ClassEntry.class::isInstance)
                    .map(entry -> ((ClassEntry) entry).asInternalName())
                    .filter(name -> name.startsWith("skein/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
