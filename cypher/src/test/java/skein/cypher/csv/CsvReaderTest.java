package skein.cypher.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skein.cypher.fixture.TestEnvironment;
import skein.vocabulary.SkeinException;

final class CsvReaderTest {
    private static CsvReader reader(String text, CsvFormat format) {
        return new CsvReader(new TestEnvironment().withText("f", text).openText("f"), format, 20);
    }

    private static List<List<@Nullable String>> rows(String text) {
        return rows(text, CsvFormat.STANDARD);
    }

    private static List<List<@Nullable String>> rows(String text, CsvFormat format) {
        CsvReader reader = reader(text, format);
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (reader.next()) {
            rows.add(reader.fields());
        }
        return rows;
    }

    @Test
    void linesEndInThreeWaysAndEmptyOnesAreNoRows() {
        assertThat(rows("a,b\nc,d\r\n\r\n\ne\rf"))
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"), List.of("f"));
        assertThat(rows("")).isEmpty();
        assertThat(rows("\n")).isEmpty();
    }

    @Test
    void emptyFieldsAreFields() {
        assertThat(rows(",a,\n\"\",,\n")).containsExactly(List.of("", "a", ""), List.of("", "", ""));
    }

    @Test
    void quotesHoldAnythingAndAreDoubledInside() {
        assertThat(rows("\"a,\"\"b\"\"\",\"c\nd\r\n\"\nx"))
                .containsExactly(List.of("a,\"b\"", "c\nd\r\n"), List.of("x"));
        assertThat(rows("it's \"fine\",b")).containsExactly(List.of("it's \"fine\"", "b"));
    }

    @Test
    void delimiterQuoteAndNullAreChosen() {
        assertThat(rows("a;'b;c';-\n'-';", new CsvFormat(';', '\'', "-")))
                .containsExactly(Arrays.asList("a", "b;c", null), List.of("-", ""));
    }

    @Test
    void aMarkOfByteOrderIsNoText() {
        assertThat(rows("\uFEFFa\n")).containsExactly(List.of("a"));
    }

    @Test
    void failuresNameTheLine() {
        assertThatThrownBy(() -> rows("a\n\"b\nc\nd"))
                .hasMessageContaining("Line 2 ")
                .hasMessageContaining("never closed");
        assertThatThrownBy(() -> rows("a\n\"b\nc\"d\n"))
                .hasMessageContaining("Line 3 ")
                .hasMessageContaining("written twice");
        assertThatThrownBy(() -> rows("a\nb\nabcdefghijklmnopqrstu")).hasMessageContaining("Line 3 ");
        assertThatThrownBy(() -> rows("a\nb\nc" + TestEnvironment.MALFORMED_MARK))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("Line 3 ")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void readingGoesOnBehindABadRow() {
        CsvReader reader = reader("\"a\"b\nc\n", CsvFormat.STANDARD);
        assertThatThrownBy(reader::next).isInstanceOf(BadRow.class);
        reader.skipLine();
        assertThat(reader.next()).isTrue();
        assertThat(reader.fields()).containsExactly("c");
        assertThat(reader.line()).isEqualTo(2);
    }
}
