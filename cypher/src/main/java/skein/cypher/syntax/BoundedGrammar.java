package skein.cypher.syntax;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import skein.cypher.syntax.grammar.QueryGrammar;

/** The generated parser, kept from descending deeper than a thread's stack allows. */
final class BoundedGrammar extends QueryGrammar {
    /** Rules that may be open at once; a level of brackets opens at most five, so brackets are refused first. */
    private static final int RULE_DEPTH_MAX = 6 * QueryTokens.BRACKET_DEPTH_MAX;

    private final QuerySource source;
    private int ruleDepth;

    BoundedGrammar(CommonTokenStream tokens, QuerySource source) {
        super(tokens);
        this.source = source;
        removeErrorListeners();
        setErrorHandler(new FirstError());
    }

    /** Begins again at the first token. */
    void restart(PredictionMode mode) {
        reset();
        ruleDepth = 0;
        getInterpreter().setPredictionMode(mode);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        descend();
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        ruleDepth--;
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        descend();
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        ruleDepth--;
        super.unrollRecursionContexts(parent);
    }

    private void descend() {
        ruleDepth++;
        if (ruleDepth > RULE_DEPTH_MAX) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "The query nests operators deeper than it can be read. Split it with WITH.",
                    source.span(getCurrentToken()));
        }
    }
}
