package skein.cypher.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.vocabulary.SkeinException;

/**
 * Query text to syntax tree. Stateless and safe to use from any thread.
 *
 * <p>What is wrong with a text is told by a {@link SkeinException}: SYNTAX_ERROR with line, column, the line and a
 * caret, or LIMIT_EXCEEDED when it is larger than {@link QueryLimits} allow.
 */
public final class CypherParser {
    private CypherParser() {}

    /** Reads any statement. What Skein knows but does not offer comes back as {@link Statement.Unsupported}. */
    public static Statement parse(String text) {
        return parse(text, QueryLimits.STANDARD);
    }

    /** As above, within other limits. */
    public static Statement parse(String text, QueryLimits limits) {
        limits.checkLength(text);
        try {
            return read(text, limits);
        } catch (SkeinException e) {
            throw SecretText.isSecret(text) ? SecretText.veiled(e) : e;
        }
    }

    /**
     * A query twice: as it is written, and with its literals as parameters.
     *
     * @param shared empty when some literal is no expression, so that the query cannot do without it
     */
    public record Lifted(Statement statement, Optional<Statement> shared) {}

    /** Reads a text whose literals have been taken out as well. */
    public static Lifted parse(String text, LiftedText lifted, QueryLimits limits) {
        limits.checkLength(text);
        QuerySource source = new QuerySource(text);
        QuerySource sharing = new QuerySource(text, lifted);
        try {
            QueryGrammar.ScriptContext script = script(source, limits);
            Statement statement = new StatementBuilder(source).statement(script);
            Statement shared = new StatementBuilder(sharing).statement(script);
            return new Lifted(statement, sharing.allLifted() ? Optional.of(shared) : Optional.empty());
        } catch (UnsupportedSyntax unsupported) {
            return new Lifted(new Statement.Unsupported(unsupported.feature()), Optional.empty());
        }
    }

    private static Statement read(String text, QueryLimits limits) {
        QuerySource source = new QuerySource(text);
        try {
            return new StatementBuilder(source).statement(script(source, limits));
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

    /** The quick way of prediction first; where that fails, the thorough way decides what is wrong. */
    private static QueryGrammar.ScriptContext script(QuerySource source, QueryLimits limits) {
        CommonTokenStream tokens = QueryTokens.read(source, limits.nestingMax());
        BoundedGrammar grammar = new BoundedGrammar(tokens, source, limits);
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
