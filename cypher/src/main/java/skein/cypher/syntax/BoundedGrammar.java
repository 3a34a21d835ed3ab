package skein.cypher.syntax;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import skein.cypher.syntax.grammar.QueryGrammar;

/** The generated parser, kept from descending deeper than a thread's stack allows. */
final class BoundedGrammar extends QueryGrammar {
    /** Weight of the rules that may be open at once: with it, half a default stack (512 KiB) is enough. */
    private static final int WEIGHT_MAX = 1_200;

    /** Rules for expressions, and for what holds whole queries, need more of the stack than others. */
    private static final int EXPRESSION_WEIGHT = 2;

    private static final int QUERY_WEIGHT = 8;

    private final QuerySource source;
    private int openWeight;

    BoundedGrammar(CommonTokenStream tokens, QuerySource source) {
        super(tokens);
        this.source = source;
        removeErrorListeners();
        setErrorHandler(new FirstError());
    }

    /** Begins again at the first token. */
    void restart(PredictionMode mode) {
        reset();
        openWeight = 0;
        getInterpreter().setPredictionMode(mode);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        descend(weight(rule));
        super.enterRule(context, state, rule);
    }

    private static int weight(int rule) {
        return rule == RULE_query || rule == RULE_clause || rule == RULE_subquery ? QUERY_WEIGHT : 1;
    }

    @Override
    public void exitRule() {
        openWeight -= weight(getContext().getRuleIndex());
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        descend(EXPRESSION_WEIGHT);
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        openWeight -= EXPRESSION_WEIGHT;
        super.unrollRecursionContexts(parent);
    }

    private void descend(int weight) {
        openWeight += weight;
        if (openWeight > WEIGHT_MAX) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "The query nests operators deeper than it can be read. Split it with WITH.",
                    source.span(getCurrentToken()));
        }
    }
}
