@NullMarked
package skein.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
