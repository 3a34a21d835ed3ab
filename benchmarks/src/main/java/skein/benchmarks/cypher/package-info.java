/**
 * What queries cost, beside Neo4j Community in the same run: reads, walks, aggregates and small writes on one generated
 * graph, and the queries of a social network's interactive workload. Read {@link skein.benchmarks.cypher.CypherMain}
 * first.
 *
 * <p>Invariant: both servers hold the same graph, get the same bytes from the same client in short rounds that take
 * turns, and their answers are compared before anything is measured. Knows no server from inside.
 */
@NullMarked
package skein.benchmarks.cypher;

import org.jspecify.annotations.NullMarked;
