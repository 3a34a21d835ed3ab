package skein.role.core;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * A replica as its MAIN remembers it.
 *
 * @param ackTimeout {@code WITH TIMEOUT}; null for the setting {@code replication.sync-ack-timeout}
 * @param address as typed, unresolved
 * @param instance who answered there when it was registered; the zero id before anybody has
 */
public record Registration(
        ReplicaName name, ReplicationMode mode, @Nullable Duration ackTimeout, HostPort address, UUID instance) {
    static final UUID UNKNOWN = new UUID(0, 0);

    /** As asked for by an operator. */
    public static Registration asked(
            ReplicaName name, ReplicationMode mode, @Nullable Duration ackTimeout, HostPort address) {
        return new Registration(name, mode, ackTimeout, address, UNKNOWN);
    }

    /** The same words again, whoever answers there. */
    boolean asksForWhatIs(Registration there) {
        return name.equals(there.name)
                && mode == there.mode
                && Objects.equals(ackTimeout, there.ackTimeout)
                && address.equals(there.address);
    }

    boolean isInQuorum() {
        return mode == ReplicationMode.QUORUM;
    }

    Registration as(ReplicationMode other) {
        return new Registration(name, other, ackTimeout, address, instance);
    }

    Registration answeredBy(UUID who) {
        return new Registration(name, mode, ackTimeout, address, who);
    }
}
