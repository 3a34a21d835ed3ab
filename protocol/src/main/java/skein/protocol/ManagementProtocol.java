package skein.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * What the coordinators' leader and a data instance say to each other on the instance's management port. There are no
 * single orders: an {@link Assignment} says the whole of what the instance shall be, is sent at every check and
 * whenever it changes, and means the same however often it arrives; the instance makes itself so, step by step, and
 * answers every one with a {@link Report}, and sends one unasked when something has changed.
 */
public interface ManagementProtocol {
    int VERSION = 1;

    sealed interface Message extends WireMessage {}

    sealed interface FromCoordinator extends Message {}

    sealed interface FromInstance extends Message {}

    /**
     * What the receiver shall be.
     *
     * @param cluster identity of the coordinators' group; an instance that belongs to another refuses
     * @param term Raft term of the leader that sends
     * @param index last entry it had applied: of two assignments the one with the greater (term, index) holds, and an
     *     older one is not followed
     * @param number the leader's own, rising on a connection; comes back in the next Report
     * @param stamp of the last Report that the leader has received from this instance on this connection; 0 for none. A
     *     lease counts from the moment when that report was sent
     * @param lease zero when none is granted
     * @param name as it is registered
     * @param bolt as it is registered: by this address the receiver stands in routing tables
     * @param routes where clients shall go; true only as long as assignments arrive
     * @param mainLogs last record of the MAIN per user database, as it last reported; empty when that is not known. For
     *     a replica that is asked how far it is behind
     */
    record Assignment(
            int version,
            UUID cluster,
            long term,
            long index,
            long number,
            long stamp,
            Duration lease,
            InstanceName name,
            HostPort bolt,
            Role role,
            Routes routes,
            Map<DatabaseName, Long> mainLogs)
            implements FromCoordinator {
        public Assignment {
            mainLogs = Map.copyOf(mainLogs);
        }
    }

    /**
     * The routing table of the default database, for an instance that is asked for it.
     *
     * @param write at most one
     */
    record Routes(Duration timeToLive, List<HostPort> write, List<HostPort> read, List<HostPort> route) {
        public Routes {
            write = List.copyOf(write);
            read = List.copyOf(read);
            route = List.copyOf(route);
        }
    }

    sealed interface Role {}

    /**
     * Be MAIN in this reign.
     *
     * @param reign number that Raft gave; the epoch's term. An instance whose epoch is of a lower term is promoted
     *     first
     * @param instance whose data it has to hold: another one under the same name, after its disk was wiped, is not
     *     meant. The zero id where nobody has anything to lose
     * @param opened false until Raft has recorded that this instance's reign stands: before, it takes no writes
     * @param readOnly it takes no writes because the cluster is read-only
     * @param handingOver it takes no more writes, and brings its replicas up to date: somebody else will be MAIN
     * @param restrictedWithoutLease what becomes of writes when the lease has run out: true to take those that every
     *     eligible replica confirms, false to take none
     * @param others all other registered instances, in the order of registration
     */
    record MainRole(
            long reign,
            UUID instance,
            boolean opened,
            boolean readOnly,
            boolean handingOver,
            boolean restrictedWithoutLease,
            List<Peer> others)
            implements Role {
        public MainRole {
            others = List.copyOf(others);
        }

        /** Whatever data it holds. */
        public MainRole(
                long reign,
                boolean opened,
                boolean readOnly,
                boolean handingOver,
                boolean restrictedWithoutLease,
                List<Peer> others) {
            this(reign, new UUID(0, 0), opened, readOnly, handingOver, restrictedWithoutLease, others);
        }

        /** True for the instance that is meant. */
        public boolean means(UUID who) {
            return instance.equals(new UUID(0, 0)) || instance.equals(who);
        }
    }

    /**
     * Be REPLICA.
     *
     * @param reign of the present MAIN; 0 while there was none
     * @param main who that is, and its Bolt address
     * @param port where to listen for it
     */
    record ReplicaRole(long reign, Optional<InstanceName> main, Optional<HostPort> mainBolt, int port)
            implements Role {}

    /**
     * Another instance.
     *
     * @param replication where it listens while it is a replica
     * @param resync what it holds of another history may be put aside
     * @param data whose data is there now, if the MAIN has registered another's under the name: once it keeps up it is
     *     registered anew. The zero id where nothing like that is known
     */
    record Peer(InstanceName name, HostPort replication, ReplicationMode mode, boolean resync, UUID data) {
        /** Whatever data it holds. */
        public Peer(InstanceName name, HostPort replication, ReplicationMode mode, boolean resync) {
            this(name, replication, mode, resync, new UUID(0, 0));
        }

        /** True when it holds other data than what was registered. */
        public boolean isAnother(UUID registered) {
            return !data.equals(new UUID(0, 0)) && !data.equals(registered);
        }
    }

    /**
     * What the instance is.
     *
     * @param stamp the instance's own, rising; comes back in the next Assignment
     * @param answered number of the last Assignment received on this connection; 0 for none. Whatever an assignment up
     *     to this one took away, a replica or the handing over, is not claimed by this report any more
     * @param instance tells instances apart whatever they are called
     * @param cluster the group it belongs to; the zero id for none yet
     * @param kind what it is at the moment
     * @param reign term of the epoch it reigns in, or of the highest it has accepted
     * @param stands on a MAIN: its EPOCH records are durable, so that it may be opened
     * @param writable on a MAIN: it takes writes
     * @param handedOver on a MAIN that hands over: no commit is under way any more
     * @param leaving on a MAIN: it was asked to end, and waits a while for somebody else to be MAIN
     * @param logs per user database that can be read
     * @param replicas on a MAIN: those it streams to
     * @param trouble why the assignment is not carried out, for people; empty when it is, or is about to be
     */
    record Report(
            int version,
            long stamp,
            long answered,
            UUID instance,
            UUID cluster,
            Kind kind,
            long reign,
            boolean stands,
            boolean writable,
            boolean handedOver,
            boolean leaving,
            Map<DatabaseName, LogEnd> logs,
            List<ReplicaReport> replicas,
            String trouble)
            implements FromInstance {
        public Report {
            logs = Map.copyOf(logs);
            replicas = List.copyOf(replicas);
        }
    }

    /** As an instance sees itself. */
    enum Kind {
        /** It recovers, or changes from one to the other. */
        CHANGING,
        MAIN,
        REPLICA
    }

    /**
     * How far a log goes.
     *
     * @param epoch of the last record
     * @param lsn of the last durable record, the undecided tail included
     * @param decidedLsn up to which everything is decided as far as this instance knows
     * @param committedTransactions what SHOW REPLICATION LAG counts
     */
    record LogEnd(Epoch epoch, long lsn, long decidedLsn, long committedTransactions) {}

    /**
     * A replica as its MAIN sees it.
     *
     * @param instance whose data was registered under the name; the zero id when that is not known
     * @param joined it has once caught up in this reign: what its mode promises holds for it
     * @param lag per user database, in transactions
     */
    record ReplicaReport(InstanceName name, UUID instance, boolean joined, Map<DatabaseName, Long> lag) {
        public ReplicaReport {
            lag = Map.copyOf(lag);
        }
    }

    /**
     * Not followed: the sender is not, or not any more, who may say so.
     *
     * @param message for people
     */
    record AssignmentRefused(UUID cluster, long term, long index, String message) implements FromInstance {}
}
