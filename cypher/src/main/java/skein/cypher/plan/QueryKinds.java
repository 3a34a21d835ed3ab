package skein.cypher.plan;

import java.util.List;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Query;
import skein.session.QuerySummary.QueryKind;

/** Tells queries that only read from those that write. */
public final class QueryKinds {
    private final ProcedureRegistry procedures;

    public QueryKinds(ProcedureRegistry procedures) {
        this.procedures = procedures;
    }

    public QueryKind of(Query query) {
        List<Clause> clauses = clauses(query);
        boolean writes = clauses.stream().anyMatch(this::writes);
        boolean reads = clauses.stream().anyMatch(this::reads);
        if (!writes) {
            return QueryKind.READ;
        }
        return reads ? QueryKind.READ_WRITE : QueryKind.WRITE;
    }

    private static List<Clause> clauses(Query query) {
        return switch (query) {
            case Query.Single single -> single.clauses();
            case Query.Union union ->
                union.branches().stream()
                        .flatMap(branch -> branch.clauses().stream())
                        .toList();
        };
    }

    private boolean writes(Clause clause) {
        return switch (clause) {
            case Clause.Create create -> true;
            case Clause.Merge merge -> true;
            case Clause.Set set -> true;
            case Clause.Remove remove -> true;
            case Clause.Delete delete -> true;
            case Clause.Foreach loop -> true;
            case Clause.CallSubquery call -> of(call.query()) != QueryKind.READ;
            case Clause.CallProcedure call ->
                procedures.get(call.procedure()).signature().writes();
            case Clause.Match match -> false;
            case Clause.Unwind unwind -> false;
            case Clause.With with -> false;
            case Clause.Return end -> false;
            case Clause.LoadCsv load -> false;
        };
    }

    private boolean reads(Clause clause) {
        return switch (clause) {
            case Clause.Match match -> true;
            case Clause.Return end -> true;
            case Clause.Merge merge -> true;
            case Clause.CallSubquery call -> of(call.query()) != QueryKind.WRITE;
            case Clause.CallProcedure call ->
                !procedures.get(call.procedure()).signature().outputs().isEmpty();
            case Clause.Create create -> false;
            case Clause.Set set -> false;
            case Clause.Remove remove -> false;
            case Clause.Delete delete -> false;
            case Clause.Foreach loop -> false;
            case Clause.Unwind unwind -> false;
            case Clause.With with -> false;
            case Clause.LoadCsv load -> false;
        };
    }
}
