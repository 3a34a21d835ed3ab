/**
 * Clusters of real processes: the documentation's tutorials, kills, promotion. Each test names the rule it shows;
 * {@link skein.cluster.Stage} is where they play.
 */
@NullMarked
package skein.cluster;

import org.jspecify.annotations.NullMarked;
