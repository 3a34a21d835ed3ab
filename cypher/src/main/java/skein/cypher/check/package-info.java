/**
 * The semantic check: everything about a syntactically right statement that is wrong whatever the data may be, found
 * before anything runs. Read {@link skein.cypher.check.SemanticCheck} first.
 *
 * <p>Invariants: never refuses a query that could succeed on some data, as far as the openCypher TCK tells; reads trees
 * and changes nothing. Knows no graph, no plan, no parameters, and no procedures.
 */
@NullMarked
package skein.cypher.check;

import org.jspecify.annotations.NullMarked;
