package skein.cypher.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Query text to syntax tree. Stateless and safe to use from any thread.
 *
 * <p>What is wrong with a text is told by a {@link SkeinException}: SYNTAX_ERROR with line, column, the line and a
 * caret, or LIMIT_EXCEEDED when the text is longer than {@link #LENGTH_MAX}.
 */
public final class CypherParser {
    /** Longest query text that is read, in characters. */
    public static final int LENGTH_MAX = 1 << 20;

    private CypherParser() {}

    /** Reads any statement. What Skein knows but does not offer comes back as {@link Statement.Unsupported}. */
    public static Statement parse(String text) {
        refuseLength(text);
        try {
            return read(text);
        } catch (SkeinException e) {
            throw SecretText.isSecret(text) ? SecretText.veiled(e) : e;
        }
    }

    private static Statement read(String text) {
        QuerySource source = new QuerySource(text);
        try {
            return new StatementBuilder(source).statement(script(source));
        } catch (UnsupportedSyntax unsupported) {
            return new Statement.Unsupported(unsupported.feature());
        }
    }

    /**
     * Reads the text if its first two words are those of an {@link AdminStatement}; costs almost nothing for any other
     * text, which is neither read nor judged.
     */
    public static Optional<AdminStatement> parseAdmin(String text) {
        if (!AdminWords.begin(text)) {
            return Optional.empty();
        }
        return parse(text) instanceof AdminStatement admin ? Optional.of(admin) : Optional.empty();
    }

    private static void refuseLength(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new SkeinException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The query is not read: it has " + text.length() + " characters, and " + LENGTH_MAX
                            + " are allowed. Pass large values as parameters.");
        }
    }

    /** The quick way of prediction first; where that fails, the thorough way decides what is wrong. */
    private static QueryGrammar.ScriptContext script(QuerySource source) {
        CommonTokenStream tokens = QueryTokens.read(source);
        BoundedGrammar grammar = new BoundedGrammar(tokens, source);
        grammar.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return grammar.script();
        } catch (FirstError.SyntaxFault quick) {
            grammar.restart(PredictionMode.LL);
            try {
                return grammar.script();
            } catch (FirstError.SyntaxFault thorough) {
                throw SyntaxReport.of(thorough.recognition(), source);
            }
        }
    }
}
