package skein.cypher.check;

import java.util.List;
import java.util.Optional;
import skein.cypher.check.StaticType.Kind;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;

/** Checks single clauses. */
final class ClauseCheck {
    private final Faults faults;
    private final QueryCheck queries;
    private final PatternCheck patterns;
    private final CreationCheck creations;
    private final ExpressionCheck expressions;
    private final ProjectionCheck projections;

    ClauseCheck(Faults faults, QueryCheck queries) {
        this.faults = faults;
        this.queries = queries;
        this.patterns = new PatternCheck(faults, queries);
        this.expressions = patterns.expressions();
        this.creations = new CreationCheck(faults, patterns);
        this.projections = new ProjectionCheck(faults, expressions);
    }

    ExpressionCheck expressions() {
        return expressions;
    }

    /** Answers the columns of a RETURN. */
    Scope result(Clause.Return clause, Scope scope) {
        return projections.result(clause, scope);
    }

    /** Answers the scope behind the clause: the same one, grown, except for WITH. */
    Scope check(Clause clause, Scope scope, boolean standalone) {
        switch (clause) {
            case Clause.With with -> {
                return projections.wall(with, scope);
            }
            case Clause.Return end -> {
                return projections.result(end, scope);
            }
            case Clause.Match match -> {
                patterns.match(match.pattern(), scope);
                match.where().ifPresent(where -> expressions.predicate(where, scope));
            }
            case Clause.Unwind unwind -> unwind(unwind, scope);
            case Clause.Create create -> creations.create(create.pattern(), scope);
            case Clause.Merge merge -> merge(merge, scope);
            case Clause.Set set -> set.items().forEach(item -> setItem(item, scope));
            case Clause.Remove remove -> remove.items().forEach(item -> removeItem(item, scope));
            case Clause.Delete delete -> delete.targets().forEach(target -> delete(target, scope));
            case Clause.CallProcedure call -> callProcedure(call, scope, standalone);
            case Clause.CallSubquery call -> callSubquery(call, scope);
            case Clause.Foreach foreach -> foreach(foreach, scope);
            case Clause.LoadCsv load -> loadCsv(load, scope);
        }
        return scope;
    }

    /** True for a WITH that names nothing but variables as they are: what an older subquery imports. */
    static boolean isImport(Clause.With with) {
        Clause.Projection projection = with.projection();
        boolean plain = !projection.distinct()
                && projection.orderBy().isEmpty()
                && projection.skip().isEmpty()
                && projection.limit().isEmpty()
                && with.where().isEmpty();
        return plain
                && projection.items().stream()
                        .allMatch(item -> item.alias().isEmpty() && item.expression() instanceof Variable);
    }

    Scope importing(Clause.With with, Scope around) {
        Scope scope = around.isolated();
        if (with.projection().all()) {
            around.names().forEach(name -> scope.declare(name, around.find(name).orElseThrow()));
        }
        for (Clause.ProjectionItem item : with.projection().items()) {
            Variable variable = (Variable) item.expression();
            scope.declare(variable.name(), expressions.variable(variable, around));
        }
        return scope;
    }

    private void declareNew(Variable variable, StaticType type, Scope scope) {
        if (scope.has(variable.name())) {
            throw faults.alreadyBound(variable, "Choose a name that is not in use.");
        }
        scope.declare(variable.name(), type);
    }

    private void unwind(Clause.Unwind unwind, Scope scope) {
        StaticType list = expressions.value(unwind.list(), scope);
        boolean elements = list.kind() == Kind.LIST || list.kind() == Kind.UNKNOWN || list.kind() == Kind.NULL;
        declareNew(unwind.variable(), elements ? list.element() : list, scope);
    }

    private void merge(Clause.Merge merge, Scope scope) {
        creations.merge(merge.path(), scope);
        merge.onCreate().forEach(item -> setItem(item, scope));
        merge.onMatch().forEach(item -> setItem(item, scope));
    }

    private void setItem(Clause.SetItem item, Scope scope) {
        switch (item) {
            case Clause.SetItem.ToProperty set -> {
                expressions.value(set.target(), scope);
                expressions.value(set.value(), scope);
            }
            case Clause.SetItem.Replace set -> setAll(set.target(), set.value(), scope);
            case Clause.SetItem.Merge set -> setAll(set.target(), set.value(), scope);
            case Clause.SetItem.Labels set -> labelled(set.target(), scope);
        }
    }

    private void setAll(Variable target, Expression value, Scope scope) {
        refuseKind(target, expressions.variable(target, scope), "have properties", Kind.NODE, Kind.RELATIONSHIP);
        StaticType properties = expressions.value(value, scope);
        refuseKind(value, properties, "hold properties", Kind.MAP, Kind.NODE, Kind.RELATIONSHIP);
    }

    private void labelled(Variable target, Scope scope) {
        refuseKind(target, expressions.variable(target, scope), "have labels", Kind.NODE);
    }

    private void refuseKind(Expression expression, StaticType type, String what, Kind... kinds) {
        if (!type.mayBe(kinds)) {
            List<String> shown = List.of(kinds).stream().map(Kind::shown).toList();
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "This is " + type.shown() + " and cannot " + what + ". It has to be " + String.join(" or ", shown)
                            + ".",
                    expression.span());
        }
    }

    private void removeItem(Clause.RemoveItem item, Scope scope) {
        switch (item) {
            case Clause.RemoveItem.Property remove -> expressions.value(remove.target(), scope);
            case Clause.RemoveItem.Labels remove -> labelled(remove.target(), scope);
        }
    }

    private void delete(Expression target, Scope scope) {
        if (target instanceof Expression.LabelPredicate predicate) {
            throw faults.syntax(
                    ErrorDetail.INVALID_DELETE,
                    "DELETE removes nodes and relationships, not labels. Use REMOVE for a label.",
                    predicate.span());
        }
        StaticType type = expressions.value(target, scope);
        refuseKind(target, type, "be deleted", Kind.NODE, Kind.RELATIONSHIP, Kind.PATH);
    }

    private void callProcedure(Clause.CallProcedure call, Scope scope, boolean standalone) {
        if (!standalone && call.arguments().isEmpty()) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_PASSING_MODE,
                    "Procedure " + call.procedure() + " takes its arguments from parameters only when CALL is the "
                            + "whole query. Write them in parentheses.",
                    call.span());
        }
        if (!standalone && call.yieldAll()) {
            throw faults.syntax(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "YIELD * is possible only when CALL is the whole query. Name the columns.",
                    call.span());
        }
        call.arguments().ifPresent(arguments -> arguments.forEach(argument -> expressions.value(argument, scope)));
        call.yields().forEach(item -> declareNew(item.variable(), StaticType.UNKNOWN, scope));
        call.where().ifPresent(where -> expressions.predicate(where, scope));
    }

    private void callSubquery(Clause.CallSubquery call, Scope scope) {
        Scope columns = queries.called(call, scope);
        call.batchRows().ifPresent(rows -> projections.rowCount(rows, scope, "OF"));
        for (String name : columns.ownNames()) {
            Variable column = new Variable(name, call.span());
            declareNew(column, columns.find(name).orElse(StaticType.UNKNOWN), scope);
        }
    }

    private void foreach(Clause.Foreach foreach, Scope scope) {
        StaticType list = expressions.value(foreach.list(), scope);
        refuseKind(foreach.list(), list, "be gone through", Kind.LIST);
        Scope inner = scope.inner();
        declareNew(foreach.variable(), list.element(), inner);
        for (Clause update : foreach.updates()) {
            if (!QueryCheck.isUpdate(update)) {
                throw faults.syntax(
                        ErrorDetail.INVALID_CLAUSE_COMPOSITION,
                        "FOREACH holds only clauses that write. Use UNWIND or CALL { } to read.",
                        update.span());
            }
            check(update, inner, false);
        }
    }

    private void loadCsv(Clause.LoadCsv load, Scope scope) {
        expressions.value(load.source(), scope);
        for (Optional<Expression> option : List.of(load.delimiter(), load.quote(), load.nullText())) {
            option.ifPresent(expression -> expressions.value(expression, scope));
        }
        declareNew(load.row(), load.header() ? StaticType.MAP : StaticType.listOf(StaticType.STRING), scope);
    }
}
