package skein.cypher.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.cypher.syntax.grammar.QueryGrammar.ExpressionContext;

/**
 * Builds expressions. Operators of one chain lie on the left edge of the parse tree, thousands of them if somebody
 * writes {@code a OR b OR c ...}: the edge is walked in a loop. AND, OR and XOR chains, which are associative, become
 * balanced trees; the others lean left and may not get deeper than {@link #TREE_DEPTH_MAX}.
 */
final class ExpressionBuilder {
    /** How deep a tree of expressions may be: everybody behind the parser walks it recursively. */
    static final int TREE_DEPTH_MAX = 400;

    private final QuerySource source;
    private final Literals literals;
    private final AtomBuilder atoms;
    private int depth;

    ExpressionBuilder(QuerySource source, Literals literals, PatternBuilder patterns, ClauseBuilder clauses) {
        this.source = source;
        this.literals = literals;
        this.atoms = new AtomBuilder(source, literals, this, patterns, clauses);
    }

    Optional<Expression> optional(@Nullable ExpressionContext context) {
        return context == null ? Optional.empty() : Optional.of(expression(context));
    }

    Optional<Expression> where(QueryGrammar.@Nullable WhereContext context) {
        return context == null ? Optional.empty() : Optional.of(expression(context.expression()));
    }

    List<Expression> list(List<ExpressionContext> contexts) {
        List<Expression> list = new ArrayList<>(contexts.size());
        for (ExpressionContext context : contexts) {
            list.add(expression(context));
        }
        return list;
    }

    Variable variable(QueryGrammar.VariableContext context) {
        return new Variable(literals.name(context.getStart()), source.span(context));
    }

    AtomBuilder atoms() {
        return atoms;
    }

    Expression expression(ExpressionContext context) {
        Deque<List<ExpressionContext>> chains = new ArrayDeque<>();
        ExpressionContext bottom = leftEdge(context, chains);
        int levels = 1 + levels(chains);
        depth += levels;
        refuseDepth(context);
        Expression result = bottom(bottom);
        for (List<ExpressionContext> chain : chains) {
            result = chain(result, chain);
        }
        depth -= levels;
        return result;
    }

    /** Collects operators of a kind that follow one another into chains, innermost chain first. */
    private static ExpressionContext leftEdge(ExpressionContext top, Deque<List<ExpressionContext>> chains) {
        ExpressionContext context = top;
        while (context.getChild(0) instanceof ExpressionContext left) {
            List<ExpressionContext> innermost = chains.peek();
            if (innermost != null && isChain(context) && innermost.getFirst().getClass() == context.getClass()) {
                innermost.addFirst(context);
            } else {
                chains.push(new ArrayList<>(List.of(context)));
            }
            context = left;
        }
        return context;
    }

    private static boolean isChain(ExpressionContext context) {
        return isBalanced(context)
                || context instanceof QueryGrammar.ComparedContext
                || context instanceof QueryGrammar.HasLabelContext;
    }

    private static boolean isBalanced(ExpressionContext context) {
        return context instanceof QueryGrammar.ConjunctionContext
                || context instanceof QueryGrammar.DisjunctionContext
                || context instanceof QueryGrammar.ExclusiveOrContext;
    }

    private static int levels(Deque<List<ExpressionContext>> chains) {
        int levels = 0;
        for (List<ExpressionContext> chain : chains) {
            levels += levels(chain);
        }
        return levels;
    }

    /** How many levels a chain adds to the tree. */
    private static int levels(List<ExpressionContext> chain) {
        return isBalanced(chain.getFirst()) ? Integer.SIZE - Integer.numberOfLeadingZeros(chain.size()) : 1;
    }

    private void refuseDepth(ParserRuleContext context) {
        if (depth > TREE_DEPTH_MAX) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "The expression is nested deeper than " + TREE_DEPTH_MAX
                            + " operators. Split it with WITH, or use a list and reduce().",
                    context);
        }
    }

    private Expression bottom(ExpressionContext context) {
        return switch (context) {
            case QueryGrammar.PrimaryContext primary -> atoms.atom(primary.atom());
            case QueryGrammar.SignedContext signed -> signed(signed);
            case QueryGrammar.NegatedContext negated ->
                new Expression.Not(expression(negated.expression()), source.span(negated));
            default -> throw new IllegalStateException("no expression begins with " + context.getClass());
        };
    }

    private Expression signed(QueryGrammar.SignedContext context) {
        boolean negative = context.sign.getType() == QueryGrammar.MINUS;
        Token number = number(context.expression());
        if (negative && number != null) {
            return number.getType() == QueryGrammar.INTEGER
                    ? new Expression.IntegerLiteral(literals.integer(number, true), source.span(context))
                    : new Expression.FloatLiteral(-literals.floating(number), source.span(context));
        }
        return new Expression.Sign(negative, expression(context.expression()), source.span(context));
    }

    /** The token of an expression that is a number and nothing else: with a minus before it, it is one literal. */
    private static @Nullable Token number(ExpressionContext context) {
        if (context instanceof QueryGrammar.PrimaryContext primary
                && primary.atom().literal() != null) {
            Token token = primary.getStart();
            return token.getType() == QueryGrammar.INTEGER || token.getType() == QueryGrammar.FLOAT ? token : null;
        }
        return null;
    }

    private Expression chain(Expression left, List<ExpressionContext> chain) {
        ExpressionContext first = chain.getFirst();
        Span span = source.span(chain.getLast());
        return switch (first) {
            case QueryGrammar.ConjunctionContext ignored -> balanced(BinaryOperator.AND, left, chain);
            case QueryGrammar.DisjunctionContext ignored -> balanced(BinaryOperator.OR, left, chain);
            case QueryGrammar.ExclusiveOrContext ignored -> balanced(BinaryOperator.XOR, left, chain);
            case QueryGrammar.ComparedContext ignored -> new Expression.Comparison(left, links(chain), span);
            case QueryGrammar.HasLabelContext ignored ->
                new Expression.LabelPredicate(
                        left, chain.stream().map(this::label).toList(), span);
            case QueryGrammar.PropertyContext property ->
                new Expression.PropertyAccess(left, literals.name(property.name()), span);
            case QueryGrammar.SubscriptContext subscript -> subscript(left, subscript);
            case QueryGrammar.NullTestContext test -> new Expression.IsNull(left, test.NOT() != null, span);
            case QueryGrammar.PowerContext power -> binary(BinaryOperator.POWER, left, power.expression(1), span);
            case QueryGrammar.ProductContext product ->
                binary(product(product.operator), left, product.expression(1), span);
            case QueryGrammar.SumContext sum -> binary(sum(sum.operator), left, sum.expression(1), span);
            case QueryGrammar.TestContext test -> binary(test(test.operator), left, test.expression(1), span);
            default -> throw new IllegalStateException("no operator is written as " + first.getClass());
        };
    }

    private Expression binary(BinaryOperator operator, Expression left, ExpressionContext right, Span span) {
        return new Expression.Binary(operator, left, expression(right), span);
    }

    private Expression balanced(BinaryOperator operator, Expression left, List<ExpressionContext> chain) {
        List<Expression> operands = new ArrayList<>(chain.size() + 1);
        operands.add(left);
        for (ExpressionContext context : chain) {
            operands.add(expression((ExpressionContext) context.getChild(2)));
        }
        return balanced(operator, operands);
    }

    private static Expression balanced(BinaryOperator operator, List<Expression> operands) {
        if (operands.size() == 1) {
            return operands.getFirst();
        }
        int middle = (operands.size() + 1) / 2;
        Expression left = balanced(operator, operands.subList(0, middle));
        Expression right = balanced(operator, operands.subList(middle, operands.size()));
        return new Expression.Binary(operator, left, right, cover(left.span(), right.span()));
    }

    private static Span cover(Span first, Span last) {
        return new Span(first.start(), last.end(), first.line(), first.column());
    }

    private List<ComparisonLink> links(List<ExpressionContext> chain) {
        List<ComparisonLink> links = new ArrayList<>(chain.size());
        for (ExpressionContext context : chain) {
            QueryGrammar.ComparedContext compared = (QueryGrammar.ComparedContext) context;
            links.add(new ComparisonLink(comparison(compared.operator), expression(compared.expression(1))));
        }
        return links;
    }

    private String label(ExpressionContext context) {
        return literals.name(((QueryGrammar.HasLabelContext) context).name());
    }

    private Expression subscript(Expression subject, QueryGrammar.SubscriptContext context) {
        Span span = source.span(context);
        if (context.DOT_DOT() != null) {
            return new Expression.Slice(subject, optional(context.from), optional(context.to), span);
        }
        if (context.from == null) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "Nothing stands between the square brackets. Write an index, or a range such as 1..3.",
                    context);
        }
        return new Expression.ElementAccess(subject, expression(context.from), span);
    }

    private static BinaryOperator product(Token operator) {
        return switch (operator.getType()) {
            case QueryGrammar.STAR -> BinaryOperator.MULTIPLY;
            case QueryGrammar.SLASH -> BinaryOperator.DIVIDE;
            default -> BinaryOperator.MODULO;
        };
    }

    private static BinaryOperator sum(Token operator) {
        return operator.getType() == QueryGrammar.PLUS ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
    }

    private static BinaryOperator test(Token operator) {
        return switch (operator.getType()) {
            case QueryGrammar.IN -> BinaryOperator.IN;
            case QueryGrammar.CONTAINS -> BinaryOperator.CONTAINS;
            case QueryGrammar.STARTS -> BinaryOperator.STARTS_WITH;
            case QueryGrammar.ENDS -> BinaryOperator.ENDS_WITH;
            default -> BinaryOperator.MATCHES;
        };
    }

    private static ComparisonOperator comparison(Token operator) {
        return switch (operator.getType()) {
            case QueryGrammar.EQUAL -> ComparisonOperator.EQUAL;
            case QueryGrammar.NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case QueryGrammar.LESS -> ComparisonOperator.LESS;
            case QueryGrammar.LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case QueryGrammar.GREATER -> ComparisonOperator.GREATER;
            default -> ComparisonOperator.GREATER_OR_EQUAL;
        };
    }
}
