package skein.cypher.procedure;

import java.util.Iterator;
import java.util.List;
import skein.graph.Value;

/** Something that {@code CALL} can run. Immutable and shared by all runs. */
public interface Procedure {
    ProcedureSignature signature();

    /**
     * Runs the procedure once.
     *
     * @param arguments one per input, already checked against the types of the signature
     * @return rows with one value per output; empty for a procedure without outputs
     */
    Iterator<Value[]> call(List<Value> arguments, CallContext context);
}
