package skein.session;

import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;

/**
 * Where the writers of a database go, as its instance knows at the moment.
 *
 * @param here true when this instance takes writes
 * @param main Bolt address of the MAIN that this instance follows; null on a MAIN, and while it is not known
 */
public record Route(boolean here, @Nullable HostPort main) {}
