package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import skein.cypher.SurfaceTable.Kind;
import skein.cypher.SurfaceTable.Line;
import skein.cypher.SurfaceTable.Section;

/** The page for users lists what {@code surface.txt} has. */
final class CypherDocumentTest {
    private static final Path PAGE = Path.of("../docs/cypher.md");
    private static final String BEGIN = "<!-- surface:";
    private static final String END = "<!-- end of surface -->";

    @Test
    void thePageListsEveryConstruct() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf('\n', page.indexOf(BEGIN)) + 1;
        String made = page.substring(0, begin)
                + SurfaceTable.sections().stream().map(CypherDocumentTest::text).collect(Collectors.joining("\n"))
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("skein.docs.write")) {
            Files.writeString(PAGE, made);
            return;
        }
        assertThat(page).as("run with -Dskein.docs.write=true").isEqualTo(made);
    }

    private static String text(Section section) {
        return "### " + section.title() + "\n\n" + list(section, false) + list(section, true);
    }

    private static String list(Section section, boolean refused) {
        String lines = section.lines().stream()
                .filter(line -> line.kind() != Kind.GRAPH && line.kind() != Kind.ERROR)
                .filter(line -> (line.kind() == Kind.REFUSED) == refused)
                .map(Line::statement)
                .distinct()
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "" : (refused ? "Refused:\n\n" : "") + "```\n" + lines + "\n```\n\n";
    }
}
