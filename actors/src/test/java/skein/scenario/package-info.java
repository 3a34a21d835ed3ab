/**
 * Runs readable scenario files against cores. Read {@link skein.scenario.Scenario} first.
 *
 * <p>Invariant: knows text only, no core.
 */
@NullMarked
package skein.scenario;

import org.jspecify.annotations.NullMarked;
