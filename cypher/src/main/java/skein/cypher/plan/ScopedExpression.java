package skein.cypher.plan;

import skein.cypher.syntax.Expression;

/** An expression and what its names mean. */
public record ScopedExpression(Expression expression, Scope scope) {}
