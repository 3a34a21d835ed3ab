package skein.role.core;

import java.util.List;
import java.util.UUID;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;

/** What the {@link RoleCore} asks for, in this order: everything to persist comes first. */
public sealed interface RoleEffect {
    /** Make this durable before anything that follows in the same step. */
    record Persist(RoleEvent event) implements RoleEffect {}

    /** Answer a command. */
    record Reply(long ticket, RoleReply reply) implements RoleEffect {}

    /** Answer once every stream of this replica has caught up for the first time, or after a moment anyway. */
    record ReplyWhenSettled(long ticket, ReplicaName name, RoleReply reply) implements RoleEffect {}

    /** Answer once no decision depends on this replica any more, or after a moment anyway. */
    record ReplyWhenLetGo(long ticket, ReplicaName name, RoleReply reply) implements RoleEffect {}

    /** Answer once everything that was inherited is decided, or after a moment anyway. */
    record ReplyWhenCovered(long ticket, RoleReply reply) implements RoleEffect {}

    /** Answer SHOW REPLICAS from what is known, without asking anybody. */
    record ReplyReplicas(long ticket) implements RoleEffect {}

    /** Answer SHOW REPLICATION LAG likewise. */
    record ReplyLag(long ticket) implements RoleEffect {}

    /**
     * MAIN: put this record into the system database's order and carry it out once it is decided; answer
     * CatalogueChanged or CatalogueUnchanged.
     */
    record ChangeCatalogue(SystemRecord record) implements RoleEffect {}

    /**
     * MAIN: write this into the system database, if it takes records now; answer MembersWritten. Nobody waits for it.
     */
    record RecordMembers(Members members) implements RoleEffect {}

    /** Answer a command once connected replicas follow this new database too, or after a moment anyway. */
    record ReplyWhenFollowed(long ticket, UUID database, RoleReply reply) implements RoleEffect {}

    /**
     * Open this reign in the system database, then in every other; answer ReignStands. Databases become MAIN.
     *
     * @param quorum how many QUORUM replicas have to confirm a decision, once so many have joined
     * @param quorumInForce how many have to from the first record on, even if none is registered; 0 for none
     */
    record OpenReign(Epoch epoch, int quorum, int quorumInForce) implements RoleEffect {}

    /**
     * MAIN: once every database is decided in this reign and what is decided is held by a quorum of those that count
     * now, answer Covered; after a moment NotCovered.
     */
    record AwaitCover(long round) implements RoleEffect {}

    /** Stream every database to this replica, and offer it to carry out its clients' transactions. */
    record StartStreams(Registration registration) implements RoleEffect {}

    /** It is remembered that decisions depend on this replica: databases made from now on depend on it at once. */
    record Joined(ReplicaName name) implements RoleEffect {}

    record StopStreams(ReplicaName name) implements RoleEffect {}

    /** MAIN: stop taking writes, finish those under way, bring connected replicas up to date; answer Drained. */
    record Drain() implements RoleEffect {}

    /** Databases follow from now on: reigns and streams end, and commits that still wait are unknown. */
    record Follow() implements RoleEffect {}

    /** Open the replication port; answer PortBound or PortRefused. Connections are not answered before Follow. */
    record BindPort(int port) implements RoleEffect {}

    record ClosePort() implements RoleEffect {}

    /** Connect to the replica and say Enlist; answer Reported or EnlistFailed. */
    record StartEnlisting(Registration registration) implements RoleEffect {}

    /**
     * Say Obey on the connection of the registration; answer ReplicaObeys or EnlistFailed.
     *
     * @param reportedEpoch the highest epoch that the replica had accepted when it reported
     */
    record TellToObey(boolean systemAnew, boolean resync, long reportedEpoch) implements RoleEffect {}

    /** REPLICA: what its own replicas are told about whom they follow has changed: begin their streams anew. */
    record GreetAnew() implements RoleEffect {}

    /** Close the connection of the registration. */
    record EndEnlisting() implements RoleEffect {}

    /** REPLICA: answer on a connection. */
    record Answer(long connection, FromReplica message) implements RoleEffect {}

    /** REPLICA: answer with what this instance holds. */
    record AnswerReport(long connection) implements RoleEffect {}

    /** REPLICA: answer with a refusal and close. */
    record Refuse(long connection, Reason reason, String message) implements RoleEffect {}

    /** REPLICA: let the stream in. */
    record Admit(long connection, Hello hello) implements RoleEffect {}

    /** REPLICA: forward transactions on this connection. */
    record UseLine(long connection, OfferForwarding offer) implements RoleEffect {}

    /** REPLICA: close the streams and lines of whoever was obeyed before. */
    record Depose(Reason reason, String message) implements RoleEffect {}

    /**
     * REPLICA: make the MAIN's system database this instance's, in place of one that is another.
     *
     * @param anew also in place of one that is the same, but has diverged
     */
    record AdoptSystem(DatabaseIdentity system, boolean anew, boolean resync) implements RoleEffect {}

    /** REPLICA: name this MAIN to those who try to write; lines of any other end. */
    record PointTo(MainIdentity main) implements RoleEffect {}

    /** Promotion: once nothing streams into the databases any more, answer StoodStill. */
    record StandStill() implements RoleEffect {}

    /** Promotion: ask these members for their pledge, all at once; answer PeerAnswered for each, and that soon. */
    record AskPeers(List<Peer> peers, Pledge pledge) implements RoleEffect {
        public AskPeers {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Promotion: drop what this log holds after a record and append what the member holds after it, durably; answer
     * TailPulled or TailMissed.
     *
     * @param afterLsn the last record that both hold
     * @param end where the member's log ends
     */
    record PullTail(Peer peer, DatabaseIdentity database, Epoch epoch, long afterLsn, LogPosition end)
            implements RoleEffect {}

    /** Promotion: everything in the system database up to here is decided: apply it; answer StoodStill. */
    record DecideSystem(long lsn) implements RoleEffect {}

    /** Promotion: the conversations with other members end. */
    record LeavePeers() implements RoleEffect {}

    /** Promotion: it did not come about; tell these members, and end the conversations. */
    record WithdrawFrom(List<Peer> peers, Epoch epoch) implements RoleEffect {
        public WithdrawFrom {
            peers = List.copyOf(peers);
        }
    }

    /** REPLICA: once nothing streams into the databases any more, answer with what this instance holds. */
    record AnswerPledged(long connection) implements RoleEffect {}

    /** REPLICA: answer with records of a log. */
    record ShareTail(long connection, Pull pull) implements RoleEffect {}

    /** The instance cannot go on; the message says why. */
    record GiveUp(String message) implements RoleEffect {}
}
