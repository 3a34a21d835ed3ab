package skein.role.core;

import java.util.UUID;
import skein.vocabulary.HostPort;

/**
 * Another member, as far as a replica that is being promoted knows it.
 *
 * @param name for people
 * @param votes whether it is one of the n + 1 instances that QUORUM counts: the MAIN and its QUORUM replicas
 */
public record Peer(UUID instance, String name, HostPort address, boolean votes) {
    @Override
    public String toString() {
        return name + " at " + address;
    }
}
