package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import skein.cypher.procedure.CallContext;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Statement;
import skein.cypher.syntax.Statement.Show;
import skein.graph.Value;

/** A SHOW statement with YIELD or WHERE, as a query that calls a procedure whose rows are those of the statement. */
public final class ShowQuery {
    private static final String PROCEDURE = "SHOW";

    private ShowQuery() {}

    /** {@code CALL rows YIELD ... WITH * ORDER BY ... WHERE ... RETURN ...}. */
    public static Query query(ShowProgram program, Statement.Show.Tail tail) {
        List<Clause.YieldItem> yields = tail.yields().isEmpty() ? all(program, tail) : tail.yields();
        List<Clause> clauses = new ArrayList<>();
        clauses.add(new Clause.CallProcedure(
                PROCEDURE, Optional.of(List.of()), false, yields, Optional.empty(), tail.span()));
        clauses.add(new Clause.With(tail.shape(), tail.where(), tail.span()));
        clauses.add(tail.result().orElseGet(() -> returned(yields, tail)));
        return new Query.Single(clauses, tail.span());
    }

    private static List<Clause.YieldItem> all(ShowProgram program, Show.Tail tail) {
        return program.columns().stream()
                .map(column -> new Clause.YieldItem(column, new Variable(column, tail.span())))
                .toList();
    }

    private static Clause.Return returned(List<Clause.YieldItem> yields, Show.Tail tail) {
        List<Clause.ProjectionItem> items = yields.stream()
                .map(item -> new Clause.ProjectionItem(
                        item.variable(), Optional.empty(), item.variable().name()))
                .toList();
        return new Clause.Return(
                new Clause.Projection(false, false, items, List.of(), Optional.empty(), Optional.empty()), tail.span());
    }

    /** What the query calls. */
    public static Procedure procedure(ShowProgram program) {
        ProcedureSignature signature = new ProcedureSignature(PROCEDURE, List.of(), program.columns(), false);
        return new Procedure() {
            @Override
            public ProcedureSignature signature() {
                return signature;
            }

            @Override
            public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
                return program.rows(context.transaction(), context.instance()).iterator();
            }
        };
    }
}
