package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Label expressions of a node, {@code :A|B&!C}, as the predicates they mean. */
final class LabelExpressions {
    private final Literals literals;
    private final Variable subject;

    LabelExpressions(Literals literals, Variable subject) {
        this.literals = literals;
        this.subject = subject;
    }

    /** True for labels that all have to be there. */
    static boolean isPlain(QueryGrammar.LabelSetContext context) {
        return context.PIPE().isEmpty() && context.labelTerm().stream().allMatch(term -> term.name() != null);
    }

    Expression expression(QueryGrammar.LabelSetContext context) {
        return alternatives(context, context.labelTerm());
    }

    /** A bar parts alternatives; a colon or an ampersand joins what must all hold. */
    private Expression alternatives(ParserRuleContext context, List<QueryGrammar.LabelTermContext> terms) {
        List<Expression> alternatives = new ArrayList<>();
        List<Expression> together = new ArrayList<>();
        int term = 0;
        for (int i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof TerminalNode sign
                    && sign.getSymbol().getType() == QueryGrammar.PIPE) {
                alternatives.add(joined(BinaryOperator.AND, together));
                together.clear();
            } else if (context.getChild(i) instanceof QueryGrammar.LabelTermContext) {
                together.add(term(terms.get(term++)));
            }
        }
        alternatives.add(joined(BinaryOperator.AND, together));
        return joined(BinaryOperator.OR, alternatives);
    }

    private static Expression joined(BinaryOperator operator, List<Expression> parts) {
        return parts.stream()
                .reduce((left, right) -> new Expression.Binary(operator, left, right, left.span()))
                .orElseThrow();
    }

    private Expression term(QueryGrammar.LabelTermContext context) {
        Span span = subject.span();
        if (context.name() != null) {
            return new Expression.LabelPredicate(subject, List.of(literals.name(context.name())), span);
        }
        if (context.parameter() != null) {
            throw new UnsupportedSyntax("labels from parameters");
        }
        if (context.EXCLAMATION() != null) {
            return new Expression.Not(term(context.labelTerm(0)), span);
        }
        if (context.PERCENT() != null) {
            Expression labels = new Expression.FunctionCall("labels", false, List.of(subject), span);
            Expression count = new Expression.FunctionCall("size", false, List.of(labels), span);
            return new Expression.Comparison(
                    count,
                    List.of(new Expression.ComparisonLink(
                            Expression.ComparisonOperator.GREATER, new Expression.IntegerLiteral(0, span))),
                    span);
        }
        return alternatives(context, context.labelTerm());
    }
}
