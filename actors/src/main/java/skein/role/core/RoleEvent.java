package skein.role.core;

import java.util.List;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.vocabulary.Epoch;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;

/** A fact of an instance's role, kept for ever in the role journal. */
public sealed interface RoleEvent {
    /** A new tenure begins. Only replicas that this instance had already as a replica are registered. */
    record BecameMain(UUID tenure, Epoch epoch) implements RoleEvent {}

    /**
     * A promotion has come about by the word of the members: a new tenure begins, with those registered on whom
     * decisions depended before.
     *
     * @param replicas all of them have joined
     * @param quorum decisions need {@code replication.quorum} replicas, however few are registered here
     */
    record Promoted(UUID tenure, Epoch epoch, List<Registration> replicas, boolean quorum) implements RoleEvent {
        public Promoted {
            replicas = List.copyOf(replicas);
        }
    }

    /** The same MAIN reigns anew: after a restart, or to rise above a replica's fence. */
    record ReignOpened(Epoch epoch) implements RoleEvent {}

    /**
     * A data directory was started for the first time by an instance that coordinators tell what to be: it is nobody's
     * REPLICA, listens nowhere, and waits.
     */
    record Commissioned(UUID instance) implements RoleEvent {}

    /**
     * The instance belongs to the coordinators of this group and follows no others.
     *
     * @param cluster the zero id: it belongs to none any more
     */
    record ClusterChosen(UUID cluster) implements RoleEvent {}

    /** A MAIN steps down: registered replicas are forgotten. */
    record BecameReplica(int port) implements RoleEvent {}

    /** A MAIN has registered this replica. */
    record MainObeyed(MainIdentity main, DatabaseIdentity system) implements RoleEvent {}

    /** The MAIN that is obeyed reigns anew, or has another Bolt address. */
    record EpochAccepted(MainIdentity main) implements RoleEvent {}

    /**
     * This replica takes no message of a lower epoch than that of the instance that is being promoted; it may be that
     * instance itself.
     *
     * @param tenure the one that begins if the promotion comes about
     */
    record EpochPledged(UUID instance, InstanceName name, UUID tenure, Epoch epoch) implements RoleEvent {}

    /** The promotion did not come about: the pledge is as if it had never been given. */
    record PledgeWithdrawn(Epoch epoch) implements RoleEvent {}

    /**
     * What the MAIN that is obeyed has to say comes this way.
     *
     * @param path instances, from whoever streams up to the MAIN
     */
    record PathFollowed(List<UUID> path) implements RoleEvent {
        public PathFollowed {
            path = List.copyOf(path);
        }
    }

    /** By a MAIN, or by a replica that passes on what its MAIN has decided. */
    record ReplicaRegistered(Registration registration) implements RoleEvent {}

    /**
     * A STRICT_SYNC or QUORUM replica has caught up with every database for the first time: from now on decisions
     * depend on it, in sync or not, until it is dropped.
     */
    record ReplicaJoined(ReplicaName name) implements RoleEvent {}

    record ReplicaDropped(ReplicaName name) implements RoleEvent {}
}
