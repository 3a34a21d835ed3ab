package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.cypher.syntax.ParsedQueries.expression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.Expression.FloatLiteral;
import skein.cypher.syntax.Expression.IntegerLiteral;
import skein.cypher.syntax.Expression.StringLiteral;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "- 1, -1",
        "0x1F, 31",
        "0XaF, 175",
        "-0x8000000000000000, -9223372036854775808",
        "0x7FFFFFFFFFFFFFFF, 9223372036854775807",
        "0o17, 15",
        "-0o1000000000000000000000, -9223372036854775808"
    })
    void readsIntegersOfSixtyFourBits(String text, long value) {
        assertThat(expression(text)).isEqualTo(new IntegerLiteral(value, Span.NOWHERE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "0x8000000000000000",
                "-0x8000000000000001",
                "0o1000000000000000000000",
                "-(9223372036854775808)",
                "99999999999999999999999999999999"
            })
    void refusesIntegersThatDoNotFit(String text) {
        refuses(text, ErrorDetail.INTEGER_OVERFLOW);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", ".5, 0.5", "1e9, 1e9", "1E-3, 0.001", "-.5e-3, -0.0005", "1.0e+2, 100", "-0.0, -0.0"})
    void readsFloats(String text, double value) {
        assertThat(expression(text)).isEqualTo(new FloatLiteral(value, Span.NOWHERE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0xG", "1h2", "9223372h54775808", "1_000", "0x1A2b3j4D5E6f7", "1.5abc", "1e", "0b1"})
    void refusesDigitsThatRunIntoLetters(String text) {
        refuses(text, ErrorDetail.INVALID_NUMBER_LITERAL);
    }

    @Test
    void refusesFloatsThatDoNotFit() {
        refuses("1.34E999", ErrorDetail.FLOATING_POINT_OVERFLOW);
    }

    @Test
    void tellsRangesFromFloats() {
        assertThat(expression("[1, 2][0..1]")).isInstanceOfSatisfying(Expression.Slice.class, slice -> {
            assertThat(slice.from()).contains(new IntegerLiteral(0, Span.NOWHERE));
            assertThat(slice.to()).contains(new IntegerLiteral(1, Span.NOWHERE));
        });
    }

    @Test
    void resolvesEscapes() {
        assertThat(string("'a\\\\b\\'c\\\"d\\`e'")).isEqualTo("a\\b'c\"d`e");
        assertThat(string("\"\\b\\f\\n\\r\\t\"")).isEqualTo("\b\f\n\r\t");
        assertThat(string("'\\u00e4\\u00C4'")).isEqualTo("\u00e4\u00c4");
        assertThat(string("'\\U0001F600'")).isEqualTo("\uD83D\uDE00");
        assertThat(string("'it\"s'")).isEqualTo("it\"s");
        assertThat(string("''")).isEmpty();
        assertThat(string("'two\nlines'")).isEqualTo("two\nlines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\\uH'", "'\\u12'", "'\\u12G4'", "'\\U00110000'", "'\\UFFFFFFFF'", "'\\u'"})
    void refusesEscapesThatAreNoCharacter(String text) {
        refuses(text, ErrorDetail.INVALID_UNICODE_LITERAL);
    }

    @Test
    void refusesUnknownEscapes() {
        assertThatThrownBy(() -> expression("'\\d+'")).hasMessageContaining("Write '\\\\d'");
    }

    @Test
    void readsNamesInBackticks() {
        assertThat(expression("`a b``c`")).isEqualTo(new Expression.Variable("a b`c", Span.NOWHERE));
    }

    @Test
    void readsTrueFalseAndNullInAnyCase() {
        assertThat(expression("TrUe")).isEqualTo(new Expression.BooleanLiteral(true, Span.NOWHERE));
        assertThat(expression("FALSE")).isEqualTo(new Expression.BooleanLiteral(false, Span.NOWHERE));
        assertThat(expression("Null")).isEqualTo(new Expression.NullLiteral(Span.NOWHERE));
    }

    private static String string(String text) {
        return ((StringLiteral) expression(text)).value();
    }

    private static void refuses(String text, ErrorDetail detail) {
        assertThatThrownBy(() -> expression(text)).hasMessageContaining("[" + detail.word() + "]");
    }
}
