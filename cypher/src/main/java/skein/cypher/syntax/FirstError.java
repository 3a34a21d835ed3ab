package skein.cypher.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends parsing at the first error: a query that is half understood is of no use. */
final class FirstError extends DefaultErrorStrategy {
    @Override
    public void recover(Parser recognizer, RecognitionException error) {
        throw new SyntaxFault(error);
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw new SyntaxFault(new InputMismatchException(recognizer));
    }

    @Override
    public void sync(Parser recognizer) {
        // Looking ahead for an error costs time on every query; the next match finds it just as well.
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException error) {
        throw new SyntaxFault(error);
    }

    /** Carries the first error out of the generated parser. */
    static final class SyntaxFault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient RecognitionException recognition;

        SyntaxFault(RecognitionException recognition) {
            super(null, null, false, false);
            this.recognition = recognition;
        }

        RecognitionException recognition() {
            return recognition;
        }
    }
}
