package skein.bolt.fuzz;

import java.nio.charset.StandardCharsets;
import skein.cypher.check.SemanticCheck;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Any text is a statement, or refused with a reason that is not the server's fault. */
public final class CypherTarget {
    private CypherTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Statement statement = CypherParser.parse(text);
            SemanticCheck.check(statement, text);
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERNAL || String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("refused without a reason: " + text, e);
            }
        }
    }
}
