package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

class SyntaxErrorTest {
    @Test
    void quotesTheLineAndPointsAtThePlace() {
        assertThat(message("MATCH (n)\nRETRUN n\nLIMIT 1")).isEqualTo("""
                        Unexpected 'RETRUN'. Did you mean RETURN? [UnexpectedSyntax] (line 2, column 1)
                        RETRUN n
                        ^""");
    }

    @Test
    void pointsBehindTabsAndWideCharacters() {
        assertThat(message("RETURN\t'\uD83D\uDE00' + ]")).isEqualTo("""
                        Unexpected ']'. [UnexpectedSyntax] (line 1, column 14)
                        RETURN\t'\uD83D\uDE00' + ]
                              \t      ^""");
    }

    @Test
    void showsOnlyThePlaceOfALongLine() {
        String message = message("RETURN " + "1, ".repeat(1_000) + "]" + ", 1".repeat(1_000));

        assertThat(message.lines().skip(1)).allMatch(line -> line.length() <= 130);
        assertThat(message.lines().toList().get(1)).startsWith("...").endsWith("...");
        assertThat(message.lines()
                        .toList()
                        .get(1)
                        .charAt(message.lines().toList().get(2).indexOf('^')))
                .isEqualTo(']');
    }

    @Test
    void shortensNamesThatFillAMessage() {
        assertThat(message("RETURN 1" + "x".repeat(100_000))).hasSizeLessThan(700);
        assertThat(message("RETURN " + "x".repeat(100_000) + " y")).hasSizeLessThan(700);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "RETURN | The query ends too early.",
                "RETURN 1 2 | Unexpected '2'",
                "RETURN 1; RETURN 2 | Send statements one at a time.",
                "RETURN 'abc | Close it with '.",
                "RETURN \"abc | Close it with \".",
                "RETURN `abc | Close it with `.",
                "RETURN 1 /* abc | Close it with */.",
                "MATCH (n) WEHRE n.x = 1 RETURN n | Did you mean WHERE?",
                "MATCH (n RETURN n | Unexpected 'RETURN'",
                "MATCH (n] RETURN n | Unexpected ']'",
                "RETURN (1 | Expected ')'",
                "RETURN [1, 2 | Expected",
                "MTACH (n) RETURN n | Did you mean MATCH?",
                "RETURN 1 AS | The query ends too early.",
                "FROBNICATE | Unexpected 'FROBNICATE'.",
                "MATCH (a)-[:A*-2]->(b) RETURN a | This is not a path length.",
                "RETURN 1 \u2014 2 | [InvalidUnicodeCharacter]",
                "RETURN \u20AC | [InvalidUnicodeCharacter]",
                "RETURN 1 # 2 | [UnexpectedSyntax]"
            })
    void saysWhatIsWrong(String text, String part) {
        assertThat(message(text)).contains(part);
    }

    @Test
    void saysThatAQueryIsEmpty() {
        assertThat(message("")).isEqualTo("The query is empty. [UnexpectedSyntax] (line 1, column 1)");
        assertThat(message(" // nothing\n")).startsWith("The query is empty.");
        assertThat(message(";")).contains("[UnexpectedSyntax]");
    }

    private static String message(String text) {
        SkeinException error = catchThrowableOfType(SkeinException.class, () -> CypherParser.parse(text));
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        return String.valueOf(error.getMessage());
    }
}
