package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;

/** An expression as written, before any name is resolved. */
public sealed interface Expression {
    Span span();

    record NullLiteral(Span span) implements Expression {}

    record BooleanLiteral(boolean value, Span span) implements Expression {}

    record IntegerLiteral(long value, Span span) implements Expression {}

    record FloatLiteral(double value, Span span) implements Expression {}

    /** @param value with escapes resolved */
    record StringLiteral(String value, Span span) implements Expression {}

    record ListLiteral(List<Expression> items, Span span) implements Expression {
        public ListLiteral {
            items = List.copyOf(items);
        }
    }

    /** A map literal; a key written twice keeps its last value. */
    record MapLiteral(List<MapEntry> entries, Span span) implements Expression {
        public MapLiteral {
            entries = List.copyOf(entries);
        }
    }

    record MapEntry(String key, Expression value) {}

    /** {@code $name} or {@code $0}. */
    record Parameter(String name, Span span) implements Expression {}

    record Variable(String name, Span span) implements Expression {}

    /** {@code subject.key}. */
    record PropertyAccess(Expression subject, String key, Span span) implements Expression {}

    /** {@code subject:A:B}: true when all the labels are there; on a relationship, when its type is the one. */
    record LabelPredicate(Expression subject, List<String> labels, Span span) implements Expression {
        public LabelPredicate {
            labels = List.copyOf(labels);
        }
    }

    /** {@code subject[index]}. */
    record ElementAccess(Expression subject, Expression index, Span span) implements Expression {}

    /** {@code subject[from..to]}. */
    record Slice(Expression subject, Optional<Expression> from, Optional<Expression> to, Span span)
            implements Expression {}

    record Not(Expression operand, Span span) implements Expression {}

    /** Unary minus; unary plus is {@code negative == false}. */
    record Sign(boolean negative, Expression operand, Span span) implements Expression {}

    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}

    /** Operators of two operands, comparisons aside. */
    enum BinaryOperator {
        OR,
        XOR,
        AND,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO,
        POWER,
        IN,
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS,
        MATCHES
    }

    /** {@code first op1 a op2 b}: each neighbouring pair must hold. */
    record Comparison(Expression first, List<ComparisonLink> links, Span span) implements Expression {
        public Comparison {
            links = List.copyOf(links);
        }
    }

    record ComparisonLink(ComparisonOperator operator, Expression operand) {}

    /** Comparison operators. */
    enum ComparisonOperator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** {@code IS NULL}, or {@code IS NOT NULL} when negated. */
    record IsNull(Expression operand, boolean negated, Span span) implements Expression {}

    /**
     * A function or aggregate.
     *
     * @param name as written, namespace included, for example {@code duration.between}; compare ignoring case
     */
    record FunctionCall(String name, boolean distinct, List<Expression> arguments, Span span) implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code count(*)}. */
    record CountStar(Span span) implements Expression {}

    /** Both forms of CASE: the simple one has a subject. */
    record Case(Optional<Expression> subject, List<CaseBranch> branches, Optional<Expression> otherwise, Span span)
            implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record CaseBranch(Expression when, Expression then) {}

    /** {@code [x IN list WHERE p | e]}. */
    record ListComprehension(
            Variable variable, Expression list, Optional<Expression> where, Optional<Expression> projection, Span span)
            implements Expression {}

    /** {@code [p = (a)-->(b) WHERE c | e]}. */
    record PatternComprehension(
            Pattern.PathPattern pattern, Optional<Expression> where, Expression projection, Span span)
            implements Expression {}

    /** {@code all(x IN list WHERE p)} and its like; {@code extract} and {@code filter} are not here. */
    record Quantified(Quantifier quantifier, Variable variable, Expression list, Expression where, Span span)
            implements Expression {}

    /** Which elements have to satisfy a quantified predicate. */
    enum Quantifier {
        ALL,
        ANY,
        NONE,
        SINGLE
    }

    /** {@code reduce(acc = init, x IN list | body)}. */
    record Reduce(
            Variable accumulator, Expression initial, Variable variable, Expression list, Expression body, Span span)
            implements Expression {}

    /** A pattern with at least one relationship where a Boolean may stand. */
    record PatternPredicate(Pattern.PathPattern pattern, Span span) implements Expression {}

    /** {@code EXISTS { ... }}; the short form with a bare pattern is a query of one MATCH and no RETURN. */
    record ExistsSubquery(Query query, Span span) implements Expression {}

    /** {@code COUNT { ... }}. */
    record CountSubquery(Query query, Span span) implements Expression {}

    /** {@code COLLECT { ... RETURN x }}: the values of the one column, as a list. */
    record CollectSubquery(Query query, Span span) implements Expression {}

    /** {@code variable {.key, .*, other, key: value}}. */
    record MapProjection(Variable subject, List<MapProjectionItem> items, Span span) implements Expression {
        public MapProjection {
            items = List.copyOf(items);
        }
    }

    /** One item of a map projection. */
    sealed interface MapProjectionItem {
        /** {@code .key} */
        record Property(String key) implements MapProjectionItem {}

        /** {@code .*} */
        record AllProperties() implements MapProjectionItem {}

        /** {@code key: value}; a bare variable is an entry named after itself. */
        record Entry(String key, Expression value) implements MapProjectionItem {}
    }
}
