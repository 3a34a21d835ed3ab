/**
 * The openCypher TCK as a client sees it: the reader of its feature files, the expected values, and the runner, which
 * knows a database only as {@link skein.tck.TckGraph}. Read {@link skein.tck.TckReport} first, then
 * {@code ScenarioRun}.
 *
 * <p>This package judges the query language, so it shares nothing with it: of ours it knows {@code skein.graph} alone.
 */
@NullMarked
package skein.tck;

import org.jspecify.annotations.NullMarked;
