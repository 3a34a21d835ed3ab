package skein.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.csv.CsvFormat;
import skein.cypher.csv.CsvReader;
import skein.cypher.csv.TextSource;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class ImportFilesTest {
    @TempDir
    Path directory;

    private Path imports;
    private ImportFiles files;

    @BeforeEach
    void prepare() throws IOException {
        imports = Files.createDirectory(directory.resolve("imports"));
        files = ImportFiles.in(imports);
        Files.createDirectory(imports.resolve("below"));
        Files.writeString(imports.resolve("a.csv"), "x,ä\n");
        Files.writeString(imports.resolve("below/b.csv"), "y\n");
        Files.writeString(directory.resolve("secret.csv"), "z\n");
        Files.createSymbolicLink(imports.resolve("link.csv"), directory.resolve("secret.csv"));
        Files.createSymbolicLink(imports.resolve("out"), directory);
        Files.createSymbolicLink(imports.resolve("inner.csv"), imports.resolve("a.csv"));
    }

    private static String firstField(TextSource source) {
        try (source) {
            CsvReader reader = new CsvReader(source, CsvFormat.STANDARD);
            assertThat(reader.next()).isTrue();
            return String.valueOf(reader.fields().getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, x",
        "/a.csv, x",
        "./a.csv, x",
        "file:///a.csv, x",
        "file:a.csv, x",
        "FILE:///below/b.csv, y",
        "below/b.csv, y"
    })
    void whatIsBelowTheDirectoryIsRead(String location, String field) {
        assertThat(firstField(files.open(location))).isEqualTo(field);
    }

    @Test
    void anAbsolutePathIntoTheDirectoryIsRead() {
        assertThat(firstField(files.open(imports.resolve("below/b.csv").toString())))
                .isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource({
        "../secret.csv, leads upwards",
        "below/../../secret.csv, leads upwards",
        "below/../a.csv, leads upwards",
        "file:///../secret.csv, leads upwards",
        "link.csv, symbolic link",
        "inner.csv, symbolic link",
        "out/secret.csv, symbolic link",
        "a.csv/b, symbolic link",
        "below, not a plain file",
        "'', is a directory",
        "/, is a directory",
        "http://example.org/a.csv, nothing from the network",
        "ftp://example.org/a.csv, nothing from the network",
        "s3://bucket/a.csv, nothing from the network"
    })
    void whateverElseIsRefused(String location, String words) {
        assertThatThrownBy(() -> files.open(location).close())
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void anAbsolutePathElsewhereIsLookedForBelowTheDirectory() {
        assertThatThrownBy(() -> files.open(directory.resolve("secret.csv").toString()))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXTERNAL_RESOURCE));
    }

    @Test
    void nothingIsReadWithoutTheSetting() {
        assertThatThrownBy(() -> ImportFiles.none().open("a.csv"))
                .hasMessageContaining("--import-directory")
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void bytesThatAreNoTextAreToldWithTheirLine() throws IOException {
        byte[] bytes = "a\nb\nc?\n".getBytes(StandardCharsets.UTF_8);
        bytes[5] = (byte) 0xFF;
        Files.write(imports.resolve("bad.csv"), bytes);
        try (TextSource source = files.open("bad.csv")) {
            CsvReader reader = new CsvReader(source, CsvFormat.STANDARD);
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next).hasMessageContaining("Line 3 ").hasMessageContaining("UTF-8");
        }
    }

    @Test
    void aLongFileIsReadInPieces() throws IOException {
        String line = "0123456789,ä𝄞\n";
        Files.writeString(imports.resolve("long.csv"), line.repeat(30_000));
        try (TextSource source = files.open("long.csv")) {
            CsvReader reader = new CsvReader(source, CsvFormat.STANDARD);
            int rows = 0;
            while (reader.next()) {
                assertThat(reader.fields()).containsExactly("0123456789", "ä𝄞");
                rows++;
            }
            assertThat(rows).isEqualTo(30_000);
        }
    }
}
