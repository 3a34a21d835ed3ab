package skein.role.core;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import skein.vocabulary.HostPort;

/**
 * Another member, as far as a replica that is being promoted knows it.
 *
 * @param instance tells peers apart; of one that is known by its address alone, made of that
 * @param name for people
 * @param votes whether it is one of the n + 1 instances that QUORUM counts: the MAIN and its QUORUM replicas
 */
public record Peer(UUID instance, String name, HostPort address, boolean votes) {
    /** One that is known by name and address alone: whoever answers there is it. */
    public static Peer named(String name, HostPort address) {
        return new Peer(idOf(name, address), name, address, false);
    }

    /** True when only the instance itself will do, not another one at its address. */
    boolean isKnown() {
        return !instance.equals(idOf(name, address));
    }

    private static UUID idOf(String name, HostPort address) {
        return UUID.nameUUIDFromBytes((name + " at " + address).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return name + " at " + address;
    }
}
