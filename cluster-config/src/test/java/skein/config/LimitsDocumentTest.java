package skein.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/limits.md shows the catalogue. {@code -Dskein.docs.write=true} writes the table anew. */
final class LimitsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "limits.md");
    private static final String HEAD = "| Setting | Default | What may be written | Meaning |\n|---|---|---|---|\n";

    /** Limits that stand elsewhere in the catalogue. */
    private static final List<Setting<?>> OTHERS = List.of(
            Settings.BOLT_CONNECTIONS_MAX,
            Settings.BOLT_LOGIN_TIMEOUT,
            Settings.BOLT_MESSAGE_MIB_MAX,
            Settings.QUERY_TIMEOUT,
            Settings.TRANSACTION_TIMEOUT_MAX,
            Settings.TRANSACTION_IDLE_TIMEOUT,
            Settings.TRANSACTION_IDLE_WRITE_TIMEOUT,
            Settings.BOOKMARK_TIMEOUT,
            Settings.MEMORY_LIMIT,
            Settings.VERSIONS_MIB_MAX,
            Settings.DATABASES_MAX,
            Settings.WAL_RETENTION_REPLICA_MIB,
            Settings.WAL_RETENTION_REPLICA_AGE);

    @Test
    void theDocumentIsTheCatalogue() throws IOException {
        String table = HEAD + limits().map(LimitsDocumentTest::row).collect(Collectors.joining());
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("skein.docs.write")) {
            Files.writeString(DOCUMENT, replaced(document, table));
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/limits.md; -Dskein.docs.write=true brings it up to date")
                .contains(table);
    }

    @Test
    void everyLimitHasATestThatExceedsIt() throws IOException {
        String document = Files.readString(DOCUMENT);
        String table = document.substring(document.indexOf("| What | Settings | Tests |"));
        for (Setting<?> setting : limits().toList()) {
            assertThat(table).contains("`--" + setting.flag() + "`");
        }
        Set<String> named = Pattern.compile("`([A-Za-z]+Test)`")
                .matcher(table)
                .results()
                .map(match -> match.group(1) + ".java")
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.find(
                Path.of(".."), Integer.MAX_VALUE, (file, _) -> file.toString().endsWith("Test.java"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsAll(named);
        }
    }

    private static Stream<Setting<?>> limits() {
        return Stream.concat(OTHERS.stream(), LimitSettings.ALL.stream());
    }

    private static String row(Setting<?> setting) {
        return "| `--%s` | %s | %s | %s |%n"
                .formatted(setting.flag(), setting.defaultText(), setting.values(), setting.description());
    }

    private static String replaced(String document, String table) {
        int start = document.indexOf(HEAD);
        int end = document.indexOf("\n\n", start);
        return document.substring(0, start) + table.stripTrailing() + document.substring(end);
    }
}
