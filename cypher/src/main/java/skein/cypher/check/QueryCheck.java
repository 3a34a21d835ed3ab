package skein.cypher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Span;

/** Checks queries: the order of their clauses, and that the parts of a union fit together. */
final class QueryCheck {
    private final Faults faults;
    private final ClauseCheck clauses;

    QueryCheck(Faults faults) {
        this.faults = faults;
        this.clauses = new ClauseCheck(faults, this);
    }

    /** Where a query stands. */
    private enum Home {
        STATEMENT,
        CALL,
        /** EXISTS, COUNT and COLLECT: only reads, and of these only COLLECT needs a RETURN. */
        EXPRESSION
    }

    void statement(Query query) {
        List<Scope> results = new ArrayList<>();
        refuseBatchesInUnion(query);
        for (Query.Single branch : branches(query)) {
            boolean standalone =
                    query instanceof Query.Single && branch.clauses().size() == 1;
            results.add(single(branch, Scope.empty(), Home.STATEMENT, standalone));
        }
        compareColumns(query, results);
    }

    private void refuseBatchesInUnion(Query query) {
        if (query instanceof Query.Union union) {
            for (Clause clause : union.branches().stream()
                    .flatMap(branch -> branch.clauses().stream())
                    .toList()) {
                if (clause instanceof Clause.CallSubquery call && call.inTransactions()) {
                    throw composition(
                            "CALL { ... } IN TRANSACTIONS stands in a UNION. Run the parts one by one.", call.span());
                }
            }
        }
    }

    /** A query inside an expression: it sees all variables around it. */
    void readOnly(Query query, Scope around) {
        columnsOf(query, around);
    }

    private List<Scope> columnsOf(Query query, Scope around) {
        List<Scope> results = new ArrayList<>();
        for (Query.Single branch : branches(query)) {
            results.add(single(branch, around.inner(), Home.EXPRESSION, false));
        }
        compareColumns(query, results);
        return results;
    }

    /** As above; answers what is known about the values of the one column. */
    StaticType collected(Expression.CollectSubquery collected, Scope around) {
        StaticType element = StaticType.NULL;
        for (Scope columns : columnsOf(collected.query(), around)) {
            List<String> names = List.copyOf(columns.ownNames());
            if (names.size() != 1) {
                throw composition(
                        "COLLECT { ... } makes a list of one column, and its query returns "
                                + (names.isEmpty() ? "none" : names) + ". End it with RETURN and one expression.",
                        collected.span());
            }
            element = element.or(columns.find(names.getFirst()).orElse(StaticType.UNKNOWN));
        }
        return element;
    }

    /** The query of {@code CALL { ... }}; answers the columns that it adds to its surroundings. */
    Scope called(Clause.CallSubquery call, Scope around) {
        List<Scope> results = new ArrayList<>();
        for (Query.Single branch : branches(call.query())) {
            Query.Single body = branch;
            Scope scope = imported(call, around);
            Optional<Clause.With> importing = importing(call, branch);
            if (importing.isPresent()) {
                scope = clauses.importing(importing.get(), around);
                body = new Query.Single(
                        branch.clauses().subList(1, branch.clauses().size()), branch.span());
            }
            results.add(single(body, scope, Home.CALL, false));
        }
        compareColumns(call.query(), results);
        return results.getFirst();
    }

    private Scope imported(Clause.CallSubquery call, Scope around) {
        if (call.importAll()) {
            return around.inner();
        }
        Scope scope = around.isolated();
        call.imports()
                .ifPresent(variables -> variables.forEach(variable ->
                        scope.declare(variable.name(), clauses.expressions().variable(variable, around))));
        return scope;
    }

    /** The older way to import: a first WITH of nothing but bare variables. */
    private static Optional<Clause.With> importing(Clause.CallSubquery call, Query.Single branch) {
        boolean older = call.imports().isEmpty() && !call.importAll();
        return older
                        && branch.clauses().size() > 1
                        && branch.clauses().getFirst() instanceof Clause.With with
                        && ClauseCheck.isImport(with)
                ? Optional.of(with)
                : Optional.empty();
    }

    private static List<Query.Single> branches(Query query) {
        return switch (query) {
            case Query.Single single -> List.of(single);
            case Query.Union union -> union.branches();
        };
    }

    /** Answers a scope that holds the columns of RETURN and nothing else. */
    private Scope single(Query.Single query, Scope start, Home home, boolean standalone) {
        Scope scope = start;
        Scope result = Scope.empty();
        boolean updated = false;
        boolean returned = false;
        for (Clause clause : query.clauses()) {
            refuseOrder(clause, updated, returned, home);
            if (clause instanceof Clause.CallSubquery call && call.inTransactions()) {
                refuseBatches(call, query, home);
            }
            updated = !(clause instanceof Clause.With) && (updated || isUpdate(clause));
            if (clause instanceof Clause.Return end) {
                result = clauses.result(end, scope);
                returned = true;
            } else {
                scope = clauses.check(clause, scope, standalone);
            }
        }
        if (home != Home.EXPRESSION) {
            refuseEnd(query, standalone);
        }
        return result;
    }

    private void refuseOrder(Clause clause, boolean updated, boolean returned, Home home) {
        if (returned) {
            throw composition("RETURN ends a query, and another clause follows. Use WITH instead.", clause.span());
        }
        if (updated && isRead(clause)) {
            throw composition("A clause that reads follows one that writes. Put WITH * between them.", clause.span());
        }
        if (home == Home.EXPRESSION && isUpdate(clause)) {
            throw composition("A query inside an expression only reads. Write in a clause of its own.", clause.span());
        }
    }

    /** Transactions of their own belong to a whole query that changes nothing outside of them. */
    private void refuseBatches(Clause.CallSubquery call, Query.Single query, Home home) {
        if (home != Home.STATEMENT) {
            throw composition(
                    "CALL { ... } IN TRANSACTIONS stands inside another query. It has to stand in the outermost one.",
                    call.span());
        }
        query.clauses().stream().filter(QueryCheck::isUpdate).findFirst().ifPresent(update -> {
            throw composition(
                    "The query writes outside of CALL { ... } IN TRANSACTIONS. Write inside of it only.",
                    update.span());
        });
        call.batchRows().ifPresent(rows -> clauses.expressions().value(rows, Scope.empty()));
    }

    private void refuseEnd(Query.Single query, boolean standalone) {
        Clause last = query.clauses().getLast();
        boolean yields =
                last instanceof Clause.CallProcedure call && !call.yields().isEmpty() && !standalone;
        if (isRead(last) || last instanceof Clause.With || yields) {
            throw composition(
                    "The query ends with a clause that has no effect of its own. End with RETURN or with a clause that "
                            + "writes.",
                    last.span());
        }
    }

    private static boolean isRead(Clause clause) {
        return clause instanceof Clause.Match || clause instanceof Clause.Unwind || clause instanceof Clause.LoadCsv;
    }

    static boolean isUpdate(Clause clause) {
        return switch (clause) {
            case Clause.Create ignored -> true;
            case Clause.Merge ignored -> true;
            case Clause.Set ignored -> true;
            case Clause.Remove ignored -> true;
            case Clause.Delete ignored -> true;
            case Clause.Foreach ignored -> true;
            case Clause.Match ignored -> false;
            case Clause.Unwind ignored -> false;
            case Clause.With ignored -> false;
            case Clause.Return ignored -> false;
            case Clause.CallProcedure ignored -> false;
            case Clause.CallSubquery ignored -> false;
            case Clause.LoadCsv ignored -> false;
        };
    }

    private void compareColumns(Query query, List<Scope> results) {
        if (!(query instanceof Query.Union union)) {
            return;
        }
        if (union.kinds().stream().distinct().count() > 1) {
            throw composition("UNION and UNION ALL are mixed. Use one of them throughout.", union.span());
        }
        List<String> first = List.copyOf(results.getFirst().ownNames());
        for (int i = 1; i < results.size(); i++) {
            List<String> columns = List.copyOf(results.get(i).ownNames());
            if (!columns.equals(first)) {
                throw faults.syntax(
                        ErrorDetail.DIFFERENT_COLUMNS_IN_UNION,
                        "The parts of a UNION return different columns, " + first + " and " + columns
                                + ". Give them the same names in the same order.",
                        union.branches().get(i).span());
            }
        }
    }

    private RuntimeException composition(String message, Span span) {
        return faults.syntax(ErrorDetail.INVALID_CLAUSE_COMPOSITION, message, span);
    }
}
