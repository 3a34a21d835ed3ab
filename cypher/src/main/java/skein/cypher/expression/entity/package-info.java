/**
 * Nodes, relationships and paths looked up in the graph: their properties, labels and types, and their whole content
 * when a result leaves the engine. Read {@link skein.cypher.expression.entity.EntityReads} first.
 *
 * <p>Invariant: reads only, through the transaction of the run; reading what this transaction deleted is
 * ENTITY_NOT_FOUND. Knows nothing of syntax trees or plans.
 */
@NullMarked
package skein.cypher.expression.entity;

import org.jspecify.annotations.NullMarked;
