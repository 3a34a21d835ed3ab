package skein.cypher.expression.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import skein.vocabulary.SkeinException;

final class RegularExpressionTest {
    private static void goOn() {}

    @Test
    void matchesTheWholeText() {
        assertThat(RegularExpression.compile("a.c").matches("abc", RegularExpressionTest::goOn))
                .isTrue();
        assertThat(RegularExpression.compile("b").matches("abc", RegularExpressionTest::goOn))
                .isFalse();
        assertThat(RegularExpression.compile("(?i)ABC").matches("abc", RegularExpressionTest::goOn))
                .isTrue();
        assertThat(RegularExpression.compile("(a)b\\1").matches("aba", RegularExpressionTest::goOn))
                .isTrue();
    }

    @Test
    void aPatternThatBacktracksEndlesslyIsGivenUp() {
        RegularExpression catastrophe = RegularExpression.compile("x*x*x*x*x*x*x*x*y");

        assertThatThrownBy(() -> catastrophe.matches("x".repeat(200), RegularExpressionTest::goOn))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("given up");
    }

    @Test
    void aLongMatchEndsWithItsQuery() {
        IllegalStateException end = new IllegalStateException("ended");

        assertThatThrownBy(() -> RegularExpression.compile("x*x*x*x*x*x*x*x*y").matches("x".repeat(200), () -> {
                    throw end;
                }))
                .isSameAs(end);
    }

    @Test
    void aTextThatExhaustsTheStackIsRefused() {
        assertThatThrownBy(() -> RegularExpression.compile("(a|b)*")
                        .matches("ab".repeat(1_000_000), RegularExpressionTest::goOn))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("too much memory");
    }

    @Test
    void aPatternWithoutMeaningIsAnArgumentError() {
        assertThatThrownBy(() -> RegularExpression.compile("(a"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("not a regular expression");
    }
}
