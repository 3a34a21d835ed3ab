@NullMarked
package skein.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
