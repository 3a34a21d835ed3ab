@NullMarked
package skein.benchmarks.bolt;

import org.jspecify.annotations.NullMarked;
