package skein.instance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.vocabulary.SkeinException;

/** An instance that cannot know what it was. */
class RoleJournalTest {
    @RegisterExtension
    final Cluster cluster = new Cluster();

    @Test
    void anInstanceWhoseJournalCannotBeOpenedSaysSoInsteadOfWaiting() throws IOException {
        Path directory = Files.createDirectories(cluster.directory("main"));
        Files.writeString(directory.resolve("role"), "a file where a directory has to be");
        assertThatThrownBy(() -> cluster.start("main"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("did not start", "role");
    }
}
