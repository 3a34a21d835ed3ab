package skein.cypher.check;

import java.util.HashSet;
import java.util.Set;
import skein.cypher.check.StaticType.Kind;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;

/** Checks WITH and RETURN: what goes on, under which names, and what ORDER BY and WHERE may still see. */
final class ProjectionCheck {
    private final Faults faults;
    private final ExpressionCheck expressions;
    private final GroupingCheck grouping;

    ProjectionCheck(Faults faults, ExpressionCheck expressions) {
        this.faults = faults;
        this.expressions = expressions;
        this.grouping = new GroupingCheck(faults, expressions);
    }

    /** Answers the scope behind WITH. */
    Scope wall(Clause.With with, Scope scope) {
        Scope behind = project(with.projection(), scope);
        Scope visible = visible(with.projection(), scope, behind);
        with.where().ifPresent(where -> expressions.predicate(where, Parts.hasAggregate(where) ? behind : visible));
        with.projection().items().forEach(this::refuseMissingAlias);
        return behind;
    }

    /** Answers the columns of RETURN as a scope. */
    Scope result(Clause.Return clause, Scope scope) {
        if (clause.projection().all() && scope.names().isEmpty()) {
            throw faults.syntax(
                    ErrorDetail.NO_VARIABLES_IN_SCOPE,
                    "RETURN * has nothing to return: no variable is defined. Name something in MATCH.",
                    clause.span());
        }
        return project(clause.projection(), scope);
    }

    private Scope project(Clause.Projection projection, Scope scope) {
        Scope behind = scope.behindWall();
        Set<String> names = new HashSet<>();
        if (projection.all()) {
            for (String name : scope.ownNames()) {
                behind.declare(name, scope.find(name).orElseThrow());
                names.add(name);
            }
        }
        for (Clause.ProjectionItem item : projection.items()) {
            StaticType type = expressions.type(item.expression(), scope, Place.PROJECTION);
            behind.declare(item.name(), type);
            refuseSameName(item, names);
        }
        grouping.items(projection, scope);
        Scope visible = visible(projection, scope, behind);
        projection.orderBy().forEach(sort -> sortItem(sort.expression(), projection, visible));
        projection.skip().ifPresent(skip -> rowCount(skip, scope, "SKIP"));
        projection.limit().ifPresent(limit -> rowCount(limit, scope, "LIMIT"));
        return behind;
    }

    private void refuseSameName(Clause.ProjectionItem item, Set<String> names) {
        if (!names.add(item.name())) {
            throw faults.syntax(
                    ErrorDetail.COLUMN_NAME_CONFLICT,
                    "Two columns are called `" + item.name() + "`. Rename one with AS.",
                    item.alias()
                            .<Expression>map(alias -> alias)
                            .orElse(item.expression())
                            .span());
        }
    }

    private void refuseMissingAlias(Clause.ProjectionItem item) {
        if (item.alias().isEmpty() && !(item.expression() instanceof Variable)) {
            throw faults.syntax(
                    ErrorDetail.NO_EXPRESSION_ALIAS,
                    "An expression in WITH needs a name. Write " + item.text() + " AS name.",
                    item.expression().span());
        }
    }

    /**
     * DISTINCT and aggregates melt rows together: behind them only what is projected has one value per row, under its
     * name or written out again.
     */
    private static Scope visible(Clause.Projection projection, Scope scope, Scope behind) {
        if (melts(projection)) {
            Scope projected = behind.inner();
            for (Clause.ProjectionItem item : projection.items()) {
                projected.declareComputed(
                        item.expression(), behind.find(item.name()).orElse(StaticType.UNKNOWN));
            }
            return projected;
        }
        Scope both = scope.copy();
        behind.ownNames().forEach(name -> both.declare(name, behind.find(name).orElseThrow()));
        return both;
    }

    private static boolean melts(Clause.Projection projection) {
        return projection.distinct() || hasAggregate(projection);
    }

    private static boolean hasAggregate(Clause.Projection projection) {
        return projection.items().stream().anyMatch(item -> Parts.hasAggregate(item.expression()));
    }

    private void sortItem(Expression sort, Clause.Projection projection, Scope visible) {
        if (hasAggregate(projection)) {
            grouping.sortItem(sort, visible);
        } else {
            expressions.value(sort, visible);
        }
    }

    /** SKIP, LIMIT and batch sizes: an integer that does not depend on rows. */
    void rowCount(Expression count, Scope scope, String word) {
        if (!Parts.mentioned(count).isEmpty()) {
            throw faults.syntax(
                    ErrorDetail.NON_CONSTANT_EXPRESSION,
                    word + " depends on a variable, and has to be known before the first row. Use a parameter.",
                    count.span());
        }
        StaticType type = expressions.value(count, scope);
        if (!type.mayBe(Kind.INTEGER)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    word + " takes an integer, and this is " + type.shown() + ". Write 0 or more.",
                    count.span());
        }
        if (count instanceof Expression.IntegerLiteral literal && literal.value() < 0) {
            throw faults.syntax(
                    ErrorDetail.NEGATIVE_INTEGER_ARGUMENT,
                    word + " was given " + literal.value() + ". Write 0 or more.",
                    count.span());
        }
    }
}
