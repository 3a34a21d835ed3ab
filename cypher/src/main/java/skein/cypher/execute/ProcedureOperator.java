package skein.cypher.execute;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.LogicalPlan.CallProcedure;
import skein.cypher.plan.LogicalPlan.CallProcedure.Output;
import skein.cypher.procedure.Procedure;
import skein.graph.Value;

/** The result rows of a procedure for each input row. */
final class ProcedureOperator implements Operator {
    private final Operator input;
    private final Procedure procedure;
    private final List<Evaluator> arguments;
    private final CallProcedure plan;

    ProcedureOperator(Operator input, Procedure procedure, List<Evaluator> arguments, CallProcedure plan) {
        this.input = input;
        this.procedure = procedure;
        this.arguments = List.copyOf(arguments);
        this.plan = plan;
    }

    @Override
    public Cursor open(Execution run) {
        return new Calls(run);
    }

    private final class Calls extends Pipe {
        private Iterator<Value[]> rows = Collections.emptyIterator();

        Calls(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (!rows.hasNext()) {
                if (!below.next()) {
                    return false;
                }
                rows = call();
                if (plan.unit()) {
                    rows = Collections.emptyIterator();
                    return true;
                }
            }
            run.checkTermination();
            Value[] row = rows.next();
            for (Output output : plan.outputs()) {
                run.frame[output.column().slot()] = row[output.position()];
            }
            return true;
        }

        private Iterator<Value[]> call() {
            List<Value> values = arguments.stream().map(run::evaluate).toList();
            return procedure.call(procedure.signature().checked(values), run);
        }

        @Override
        public void reset() {
            super.reset();
            rows = Collections.emptyIterator();
        }
    }
}
