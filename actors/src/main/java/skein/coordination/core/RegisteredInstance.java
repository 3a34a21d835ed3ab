package skein.coordination.core;

import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * A data instance of the cluster.
 *
 * @param bolt where clients reach it
 * @param management where coordinators reach it
 * @param replication where it listens for the MAIN while it is a replica
 * @param resync what it holds of another history may be put aside
 * @param neverPromote it is never made MAIN unless somebody names it
 */
public record RegisteredInstance(
        InstanceName name,
        HostPort bolt,
        HostPort management,
        HostPort replication,
        ReplicationMode mode,
        boolean resync,
        boolean neverPromote) {
    RegisteredInstance with(HostPort newBolt, boolean barred) {
        return new RegisteredInstance(name, newBolt, management, replication, mode, resync, barred);
    }
}
