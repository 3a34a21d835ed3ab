package skein.tck;

import java.util.Optional;

/**
 * What became of a scenario.
 *
 * @param problem why it failed; empty when it passed
 * @param error the error it asks for, as it came; empty when it asks for none, or none came
 */
record Outcome(Optional<String> problem, Optional<RaisedError> error) {}
