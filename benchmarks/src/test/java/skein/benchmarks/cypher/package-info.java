@NullMarked
package skein.benchmarks.cypher;

import org.jspecify.annotations.NullMarked;
