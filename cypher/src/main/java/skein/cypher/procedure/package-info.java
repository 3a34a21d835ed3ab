/**
 * Procedures that {@code CALL} can run: their signatures, their code, and the registry that knows them by name. Read
 * {@link skein.cypher.procedure.Procedure} first.
 *
 * <p>Invariant: a procedure sees the graph only through the transaction of the run it belongs to; plans and operators
 * are unknown here.
 */
@NullMarked
package skein.cypher.procedure;

import org.jspecify.annotations.NullMarked;
