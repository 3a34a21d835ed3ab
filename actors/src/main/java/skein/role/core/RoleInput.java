package skein.role.core;

import java.util.List;
import java.util.UUID;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.UserWish;
import skein.role.core.OwnLogs.OwnLog;
import skein.user.core.Users;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/**
 * What the {@link RoleCore} hears. Tickets name who asked; connections are numbered by the port. Random ids come in as
 * {@code fresh}.
 */
public sealed interface RoleInput {
    /** A random id to be used for whatever needs one. */
    record FreshIds(UUID tenure, UUID reign) {}

    /**
     * The journal has been replayed and the databases are open.
     *
     * @param restore {@code --replication-restore-state-on-startup}
     * @param managed coordinators say what the instance is: it is nothing by itself
     * @param epochInLogs highest epoch number of any record of any database
     * @param memberships what the system database says, then what its records say that are not decided
     * @param quorum how many QUORUM replicas have to hold a commit of this instance as a MAIN
     */
    record Recovered(
            boolean restore, boolean managed, FreshIds fresh, long epochInLogs, List<Members> memberships, int quorum)
            implements RoleInput {
        public Recovered {
            memberships = List.copyOf(memberships);
        }

        /** Where no coordinators say what the instance is. */
        public Recovered(boolean restore, FreshIds fresh, long epochInLogs, List<Members> memberships, int quorum) {
            this(restore, false, fresh, epochInLogs, memberships, quorum);
        }
    }

    /**
     * Managed: what the coordinators want, rather than an operator on this instance.
     *
     * @param wish SetMain with a reign, SetReplica, Register, Drop or JoinCluster
     */
    record Assigned(RoleInput wish) implements RoleInput {}

    /** Managed: belong to this group of coordinators. */
    record JoinCluster(long ticket, UUID cluster) implements RoleInput {}

    /** The reign asked for stands: its EPOCH record is decided in every database. */
    record ReignStands() implements RoleInput {}

    /** The replication port is open. */
    record PortBound(HostPort address) implements RoleInput {}

    /** The replication port cannot be opened. */
    record PortRefused(String message) implements RoleInput {}

    /** No write is under way any more; connected replicas hold everything, or time is up. */
    record Drained() implements RoleInput {}

    /**
     * @param force go on without those who are not heard
     * @param reign the term to reign in, that coordinators gave; 0: the next one
     * @param others whom to ask besides those that the system database names
     * @param self what this instance is called
     * @param memberships as the system database names them, then as its records do that are not decided
     * @param system this instance's system database
     */
    record SetMain(
            long ticket,
            boolean force,
            long reign,
            List<Peer> others,
            InstanceName self,
            FreshIds fresh,
            long epochInLogs,
            List<Members> memberships,
            UUID system)
            implements RoleInput {
        public SetMain {
            others = List.copyOf(others);
            memberships = List.copyOf(memberships);
        }

        /** As an operator wishes it. */
        public SetMain(
                long ticket,
                boolean force,
                InstanceName self,
                FreshIds fresh,
                long epochInLogs,
                List<Members> memberships,
                UUID system) {
            this(ticket, force, 0, List.of(), self, fresh, epochInLogs, memberships, system);
        }
    }

    /** Promotion: nothing streams into this instance's logs any more; answers StandStill and DecideSystem. */
    record StoodStill(OwnLogs own, List<Members> memberships) implements RoleInput {
        public StoodStill {
            memberships = List.copyOf(memberships);
        }
    }

    /** Promotion: what a member answered when asked for this epoch. */
    record PeerAnswered(UUID peer, Epoch epoch, PeerAnswer answer) implements RoleInput {}

    /**
     * Promotion: a tail was taken over and is durable here.
     *
     * @param fromLsn where the log ended before
     */
    record TailPulled(Peer peer, long fromLsn, OwnLog now, List<Members> memberships) implements RoleInput {
        public TailPulled {
            memberships = List.copyOf(memberships);
        }
    }

    /**
     * Promotion: a tail could not be taken over, or not all of it.
     *
     * @param isHeld false when the member no longer has the records that this instance lacks
     */
    record TailMissed(Peer peer, OwnLog now, boolean isHeld, String message) implements RoleInput {}

    /**
     * REPLICA: another member is being promoted and asks for a pledge.
     *
     * @param system this instance's system database
     */
    record PledgeReceived(long connection, Pledge pledge, UUID system) implements RoleInput {}

    /** REPLICA: that promotion did not come about. */
    record WithdrawReceived(Epoch epoch) implements RoleInput {}

    /** REPLICA: who is being promoted asks for records. */
    record PullReceived(long connection, Pull pull) implements RoleInput {}

    record SetReplica(long ticket, int port) implements RoleInput {}

    /** @param resync whatever the replica holds gives way */
    record Register(long ticket, Registration registration, boolean resync) implements RoleInput {}

    record Drop(long ticket, ReplicaName name) implements RoleInput {}

    /** CREATE, DROP or RENAME DATABASE. */
    record ChangeDatabases(long ticket, DatabaseWish wish, DatabaseView view) implements RoleInput {}

    /** CREATE, ALTER or DROP USER, or a password; {@code users} are those that the system database names. */
    record ChangeUsers(long ticket, UserWish wish, Users users) implements RoleInput {}

    /**
     * SET DATABASE SETTING.
     *
     * @param change the identity of what it changes
     */
    record ChangeSetting(long ticket, String name, String value, UUID change) implements RoleInput {}

    /**
     * MAIN: the catalogue's change is decided and carried out here.
     *
     * @param warnings of replicas that did not confirm it
     */
    record CatalogueChanged(List<Notification> warnings) implements RoleInput {
        public CatalogueChanged {
            warnings = List.copyOf(warnings);
        }
    }

    /** MAIN: the catalogue's change was not written, or, with a code whose effect is UNKNOWN, nobody knows. */
    record CatalogueUnchanged(SkeinException reason) implements RoleInput {}

    /** A record of members is decided. */
    record MembersRecorded(Members members) implements RoleInput {}

    /** What became of RecordMembers is known, or never will be. */
    record MembersWritten() implements RoleInput {}

    /** Now and then: whether the record of members says what it should. */
    record CheckMembers() implements RoleInput {}

    /** MAIN: answers AwaitCover: what is decided is held by a quorum of those that count now, in every database. */
    record Covered(long round) implements RoleInput {}

    /** MAIN: answers AwaitCover: it is not, or not in time. */
    record NotCovered(long round) implements RoleInput {}

    record ShowReplicas(long ticket) implements RoleInput {}

    record ShowLag(long ticket) implements RoleInput {}

    record ShowRole(long ticket) implements RoleInput {}

    /**
     * MAIN: the replica has said what it holds.
     *
     * @param own MAIN's databases
     */
    record Reported(Report report, OwnDatabases own, UUID freshReign) implements RoleInput {}

    /** MAIN: the replica durably obeys. */
    record ReplicaObeys() implements RoleInput {}

    /** MAIN: the decisions of every database depend on this replica now; it caught up for the first time. */
    record ReplicaCaughtUp(ReplicaName name) implements RoleInput {}

    /** MAIN: the registration's conversation failed. */
    record EnlistFailed(String message) implements RoleInput {}

    /** REPLICA: a MAIN wants to register this instance. */
    record EnlistReceived(long connection, Enlist enlist) implements RoleInput {}

    /** REPLICA: a MAIN wants to be obeyed. */
    record ObeyReceived(long connection, Obey obey) implements RoleInput {}

    /**
     * REPLICA: a MAIN opens the stream of a database.
     *
     * @param held whether this instance has it
     */
    record HelloReceived(long connection, Hello hello, Held held) implements RoleInput {}

    /**
     * REPLICA: a MAIN offers to carry out transactions of this instance's clients.
     *
     * @param wanted whether this instance forwards any
     */
    record ForwardingOffered(long connection, OfferForwarding offer, boolean wanted) implements RoleInput {}

    /** How a REPLICA holds a database. */
    enum Held {
        SERVED,
        /** Not yet, or not any more: the system database's stream tells. */
        MISSING,
        /** Its files are damaged. */
        BROKEN
    }

    /**
     * What a MAIN holds, to compare a Report with.
     *
     * @param takesRecords the system database does; false while no write can be decided
     */
    record OwnDatabases(OwnDatabase system, List<OwnDatabase> databases, boolean takesRecords) {
        public OwnDatabases {
            databases = List.copyOf(databases);
        }
    }
}
