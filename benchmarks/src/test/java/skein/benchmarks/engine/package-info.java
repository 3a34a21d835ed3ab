@NullMarked
package skein.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
