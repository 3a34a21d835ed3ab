package skein.session;

import java.time.Duration;
import java.util.List;
import skein.vocabulary.HostPort;

/**
 * Where clients go in a cluster with coordinators, as its leader says.
 *
 * @param timeToLive after which they ask again
 * @param write at most one
 * @param route coordinators
 */
public record ClusterTable(Duration timeToLive, List<HostPort> write, List<HostPort> read, List<HostPort> route) {
    public ClusterTable {
        write = List.copyOf(write);
        read = List.copyOf(read);
        route = List.copyOf(route);
    }
}
