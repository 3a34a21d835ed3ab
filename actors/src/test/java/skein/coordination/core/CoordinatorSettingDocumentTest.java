package skein.coordination.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide names every setting of coordinators, in the order of SHOW COORDINATOR SETTINGS, with its default. */
class CoordinatorSettingDocumentTest {
    private static final Path GUIDE = Path.of("..", "docs", "operations", "high-availability.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\| `([^`]*)` \\| ", Pattern.MULTILINE);

    @Test
    void everySettingHasARowWithItsDefault() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult row) -> row.group(1) + "=" + row.group(2))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(CoordinatorSetting.values())
                        .map(setting -> setting.shown() + "=" + setting.initial())
                        .toList());
    }
}
