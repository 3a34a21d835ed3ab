/** Tests of {@link skein.benchmarks.raft}: every side once and small. */
@NullMarked
package skein.benchmarks.raft;

import org.jspecify.annotations.NullMarked;
