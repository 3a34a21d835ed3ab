package skein.role.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;

/**
 * Who holds copies, as the system database says it to every one of them: what a MAIN has registered. Its role journal
 * is the truth for the MAIN; this is what the others know when it is gone.
 *
 * @param main the instance that wrote this
 * @param mainAddress where that instance listened when it was a replica; null when it never was one, as far as is known
 * @param quorum how many QUORUM replicas have to hold a commit; 0 when the MAIN did not say
 * @param replicas in the order of registration
 */
public record Members(UUID main, @Nullable HostPort mainAddress, int quorum, List<Registration> replicas) {
    public Members {
        replicas = List.copyOf(replicas);
    }

    /** Nobody has said anything. */
    public static Members none() {
        return new Members(Registration.UNKNOWN, null, 0, List.of());
    }

    /** Where this instance was last known to listen; null when that is not known. */
    @Nullable
    HostPort addressOf(UUID instance) {
        if (instance.equals(main)) {
            return mainAddress;
        }
        return replicas.stream()
                .filter(replica -> replica.instance().equals(instance))
                .map(Registration::address)
                .findFirst()
                .orElse(null);
    }
}
