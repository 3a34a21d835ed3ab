/**
 * The functions of the language: which exist, how many arguments they take, and what they compute. Read
 * {@link skein.cypher.expression.function.FunctionCatalogue} first.
 *
 * <p>Invariant: a function keeps no state between calls; clocks and random numbers come through the evaluation context.
 * Knows nothing of syntax trees or plans.
 */
@NullMarked
package skein.cypher.expression.function;

import org.jspecify.annotations.NullMarked;
