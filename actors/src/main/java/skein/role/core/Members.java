package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicationMode;

/**
 * Who holds copies, as the system database says it to every one of them: what a MAIN has registered. Its role journal
 * is the truth for the MAIN; this is what the others know when it is gone.
 *
 * @param main the instance that wrote this
 * @param mainAddress where that instance listened when it was a replica; null when it never was one, as far as is known
 * @param quorum how many QUORUM replicas have to hold a commit; 0 while none has to, since too few have caught up: the
 *     MAIN decides alone then
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

    /** False when nobody has said anything. */
    boolean isSaid() {
        return !main.equals(Registration.UNKNOWN);
    }

    /** True when a promotion that knows only the other record is content with answers that this one is not. */
    boolean asksForMoreThan(Members other) {
        return quorumReplicas() > 0 && !other.votes(main) || namesMoreReplicasThan(other);
    }

    /** As above, but for the MAIN of this record. */
    boolean namesMoreReplicasThan(Members other) {
        boolean losesVoter =
                replicas.stream().anyMatch(replica -> votes(replica.mode()) && !other.votes(replica.instance()));
        return losesVoter || quorumReplicas() > 0 && other.quorum > quorum;
    }

    /** All but this instance, as far as their addresses are known. */
    List<Peer> peersOf(UUID self) {
        List<Peer> peers = new ArrayList<>();
        for (Registration replica : replicas) {
            if (!replica.instance().equals(self)) {
                peers.add(
                        new Peer(replica.instance(), replica.name().value(), replica.address(), votes(replica.mode())));
            }
        }
        HostPort address = mainAddress;
        if (address != null && !main.equals(self)) {
            peers.add(new Peer(main, "the MAIN before", address, true));
        }
        return peers;
    }

    /** Whether the instance is one of the n + 1 that QUORUM counts. */
    boolean votes(UUID instance) {
        return instance.equals(main)
                || replicas.stream().anyMatch(replica -> replica.instance().equals(instance) && votes(replica.mode()));
    }

    /** Whether decisions depended on this replica in its mode, or on its being the MAIN. */
    boolean reliesOn(Registration replica) {
        return votes(replica.mode()) && replica.instance().equals(main)
                || replicas.stream()
                        .anyMatch(one -> one.instance().equals(replica.instance()) && one.mode() == replica.mode());
    }

    private static boolean votes(ReplicationMode mode) {
        return switch (mode) {
            case SYNC, ASYNC, STRICT_SYNC -> false;
            case QUORUM -> true;
        };
    }

    /** Whether a commit needs a quorum, as far as this says. */
    boolean needQuorum() {
        return quorum > 0 && quorumReplicas() > 0;
    }

    /** QUORUM replicas: n. */
    int quorumReplicas() {
        return inQuorum(replicas);
    }

    static int inQuorum(List<Registration> replicas) {
        return (int) replicas.stream().filter(Registration::isInQuorum).count();
    }

    /**
     * How many of the n + 1 instances must be heard so that among them is one of the k + 1 that hold any commit: n - k
     * + 1. That is all of them as long as the MAIN decides alone: it alone may know of whoever counts since. 0 without
     * QUORUM replicas.
     */
    int answersNeeded() {
        int replicasCounted = quorumReplicas();
        return replicasCounted == 0 ? 0 : Math.max(1, replicasCounted - quorum + 1);
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
