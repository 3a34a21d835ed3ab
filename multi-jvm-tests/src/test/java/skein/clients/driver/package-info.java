/**
 * The Java driver behind {@link skein.clients.Client}, compiled once against the newest release and loaded beside each
 * release by {@link skein.clients.DriverLoader}. Read {@link skein.clients.driver.JavaDriver} first.
 *
 * <p>Invariant: whatever is not the same in all releases goes through {@link skein.clients.driver.Releases}. Knows
 * nothing of features.
 */
@NullMarked
package skein.clients.driver;

import org.jspecify.annotations.NullMarked;
