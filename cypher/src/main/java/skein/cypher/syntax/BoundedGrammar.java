package skein.cypher.syntax;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import skein.cypher.syntax.grammar.QueryGrammar;

/** The generated parser, kept from descending deeper than a thread's stack allows, and from building too much. */
final class BoundedGrammar extends QueryGrammar {
    /** Weight of the rules that may be open at once: with it, half a default stack (512 KiB) is enough. */
    private static final int WEIGHT_MAX = 1_200;

    /** Rules for expressions, and for what holds whole queries, need more of the stack than others. */
    private static final int EXPRESSION_WEIGHT = 2;

    private static final int QUERY_WEIGHT = 8;

    private final QuerySource source;
    private final QueryLimits limits;
    private int openWeight;
    private int nodes;

    BoundedGrammar(CommonTokenStream tokens, QuerySource source, QueryLimits limits) {
        super(tokens);
        this.source = source;
        this.limits = limits;
        removeErrorListeners();
        setErrorHandler(new FirstError());
    }

    /** Begins again at the first token. */
    void restart(PredictionMode mode) {
        reset();
        openWeight = 0;
        nodes = 0;
        getInterpreter().setPredictionMode(mode);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        descend(weight(rule));
        if (isNode(rule)) {
            limits.checkNodes(++nodes);
        }
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
        limits.checkNodes(++nodes);
        super.enterRecursionRule(context, state, rule, precedence);
    }

    /** What was read turns out to be the left side of an operator. */
    @Override
    public void pushNewRecursionContext(ParserRuleContext context, int state, int rule) {
        limits.checkNodes(++nodes);
        super.pushNewRecursionContext(context, state, rule);
    }

    private static boolean isNode(int rule) {
        return rule == RULE_clause || rule == RULE_nodePattern || rule == RULE_relationshipPattern;
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
