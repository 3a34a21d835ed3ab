@NullMarked
package skein.benchmarks.replication;

import org.jspecify.annotations.NullMarked;
