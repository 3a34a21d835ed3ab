package skein.storage.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FailPointDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Za-z.]+)` \\| (disk|) \\| .+ \\|$", Pattern.MULTILINE);

    @Test
    void theTableListsEveryFailPointInOrder() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "testing.md"));
        List<String> rows = ROW.matcher(document)
                .results()
                .map((MatchResult row) -> row.group(1) + row.group(2))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(FailPoint.values())
                        .map(point -> point.title() + (point.isAtDisk() ? "disk" : ""))
                        .toList());
    }
}
