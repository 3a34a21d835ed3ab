package skein.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;

/**
 * What a MAIN and a replica say to each other over the replication port, and a replica and one that is registered on it
 * in turn, which then speaks in the place of its MAIN. Three conversations, each on a connection of its own that the
 * MAIN, or who is about to be one, opens; docs/protocol/replication.md draws them:
 *
 * <pre>
 * registration   MAIN Enlist -> Report -> Obey -> Obeyed
 * stream         MAIN Hello -> Welcome -> Match -> Ack -> (Append -> Ack)*     one per replica and database
 *   by snapshot       ... Welcome -> OfferSnapshot -> (SnapshotProgress -> SnapshotBlocks)* -> Welcome -> Match ...
 *   diverged          ... Welcome -> GiveUp -> SnapshotProgress* -> GaveUp -> Welcome -> Match or OfferSnapshot ...
 * promotion      candidate Pledge -> Pledged -> (Pull -> Pulled)* [-> WithdrawPledge]    one per other member
 * </pre>
 *
 * At any point the replica may answer Refusal and close. Nothing here is retried on the same connection: a lost
 * connection is opened again, and the conversation starts over.
 */
public interface ReplicationProtocol {
    /** The version this build speaks. A peer with another version is refused in words. */
    int VERSION = 1;

    /** Most entries of a lineage that travel, newest first. */
    int LINEAGE_MAX = 256;

    /** Most instances from a MAIN down to who streams, both included: how long a chain of replicas may be. */
    int PATH_MAX = 16;

    /** Everything that travels over the replication port. */
    sealed interface Message extends WireMessage {}

    /** From MAIN, or from who is about to be one, to replica. */
    sealed interface FromMain extends Message {}

    /** From replica to MAIN. */
    sealed interface FromReplica extends Message {}

    /**
     * Who a MAIN is. A replica obeys one tenure; only a registration makes it obey another.
     *
     * @param tenure fixed from the moment the instance became MAIN until it is demoted, across restarts
     * @param bolt advertised Bolt address: what the replica names to clients that try to write
     * @param epoch this reign; every start of a MAIN opens a new one with a higher number
     */
    record MainIdentity(UUID tenure, InstanceName name, HostPort bolt, Epoch epoch) {}

    /** A database by the name people use and the identity that never changes. */
    record DatabaseIdentity(DatabaseName name, UUID id) {}

    /**
     * How far a log reaches, and by whose hands.
     *
     * @param end last record of the log, fsynced or not decided alike
     * @param decidedLsn last record known to be decided
     * @param settledLsn last record that cannot be undone: it was applied and changed something; 0 for an empty graph.
     *     Everything after it may be truncated
     * @param lineage positions of the EPOCH records, newest first, at most {@link #LINEAGE_MAX}
     */
    record LogReport(LogPosition end, long decidedLsn, long settledLsn, List<LogPosition> lineage) {
        public LogReport {
            lineage = List.copyOf(lineage);
            Invariant.check(lineage.size() <= LINEAGE_MAX, "lineage has %d entries", lineage.size());
        }
    }

    /** One database as the replica holds it now. */
    record DatabaseReport(DatabaseIdentity database, LogReport log) {}

    /**
     * Opens a registration. Changes nothing on the replica; answered by Report or Refusal.
     *
     * @param version protocol version of the sender
     * @param registeredAs name under which the sender will know the replica
     * @param path the instances that records pass, from the sender up to the MAIN; empty when a MAIN does not say which
     *     instance it is
     */
    record Enlist(int version, MainIdentity main, ReplicaName registeredAs, List<UUID> path) implements FromMain {
        public Enlist {
            path = pathOf(path);
        }

        /** By a MAIN that does not say which instance it is. */
        public Enlist(int version, MainIdentity main, ReplicaName registeredAs) {
            this(version, main, registeredAs, List.of());
        }
    }

    private static List<UUID> pathOf(List<UUID> path) {
        Invariant.check(path.size() <= PATH_MAX, "a path of %d instances", path.size());
        return List.copyOf(path);
    }

    /**
     * What the replica holds, so that the MAIN can judge whether it may follow.
     *
     * @param instance tells instances apart whatever they are called and however they are addressed
     * @param epochNumber highest epoch number the replica has accepted or pledged; the MAIN must reign above or in it
     * @param tenure whom it obeys, or has pledged to since; the zero id for nobody
     * @param system the system database, judged apart: a replica takes its MAIN's
     * @param databases user databases
     */
    record Report(
            InstanceName replica,
            UUID instance,
            HostPort bolt,
            long epochNumber,
            UUID tenure,
            DatabaseReport system,
            List<DatabaseReport> databases)
            implements FromReplica {
        public Report {
            databases = List.copyOf(databases);
        }
    }

    /**
     * Asks the replica to obey this MAIN and no other from now on. Answered by Obeyed once that is durable, or by
     * Refusal. Idempotent.
     *
     * @param main as in Enlist, perhaps with a higher epoch
     * @param system identity of the MAIN's system database, which the replica adopts
     * @param systemAnew the replica has a system database of that identity, but it has diverged: it is put aside and
     *     begun anew
     * @param resync the operator said RESYNC: what is damaged there is put aside and sent again
     * @param path as in Enlist
     * @param reportedEpoch what the replica has reported as its highest epoch; a replica that registers another cannot
     *     rise above it, so nothing must have been accepted since
     */
    record Obey(
            MainIdentity main,
            DatabaseIdentity system,
            boolean systemAnew,
            boolean resync,
            List<UUID> path,
            long reportedEpoch)
            implements FromMain {
        public Obey {
            path = pathOf(path);
        }

        /** By a MAIN that does not say which instance it is. */
        public Obey(MainIdentity main, DatabaseIdentity system, boolean systemAnew, boolean resync) {
            this(main, system, systemAnew, resync, List.of(), 0);
        }
    }

    /** The replica durably obeys. */
    record Obeyed() implements FromReplica {}

    /**
     * Opens the stream of one database. Carries no decision. Answered by Welcome or Refusal.
     *
     * @param path as in Enlist
     * @param system the MAIN's system database
     */
    record Hello(int version, MainIdentity main, DatabaseIdentity database, List<UUID> path, UUID system)
            implements FromMain {
        public Hello {
            path = pathOf(path);
        }

        /** By a MAIN that does not say which instance it is. */
        public Hello(int version, MainIdentity main, DatabaseIdentity database) {
            this(version, main, database, List.of(), new UUID(0, 0));
        }
    }

    /** The replica's log of that database. */
    record Welcome(InstanceName replica, HostPort bolt, LogReport log) implements FromReplica {}

    /**
     * The last record both logs hold, as the MAIN judged from Welcome. The replica drops what follows it in its own
     * log, unless that is settled, which is answered by Refusal (DIVERGED).
     */
    record Match(LogPosition position) implements FromMain {}

    /**
     * Records, or none: then a heartbeat that may carry a newer decision. Sent again on a new connection if unsure;
     * what the replica holds already is refused by its position, never logged twice.
     *
     * @param previous the record before the first one of this message; the replica must hold exactly this as its last
     * @param last last record of this message; equals {@code previous} when there is none
     * @param decidedLsn everything up to here is decided; at most {@code last}
     * @param records whole log records, the same bytes as on disk; read-only
     */
    record Append(LogPosition previous, LogPosition last, long decidedLsn, ByteBuffer records) implements FromMain {
        public Append {
            records = records.asReadOnlyBuffer();
            Invariant.check(
                    decidedLsn <= last.lsn(), "decided %d is beyond the last record sent %d", decidedLsn, last.lsn());
            Invariant.check(
                    records.hasRemaining() == last.lsn() > previous.lsn(),
                    "%d bytes of records between lsn %d and %d",
                    records.remaining(),
                    previous.lsn(),
                    last.lsn());
        }
    }

    /**
     * How far the replica has come on this connection; answers Match and every empty Append, and is sent when records
     * became durable or were applied.
     *
     * @param receivedLsn handed to the replica's log
     * @param durableLsn fsynced on the replica
     * @param appliedLsn visible to readers of the replica
     */
    record Ack(long receivedLsn, long durableLsn, long appliedLsn) implements FromReplica {
        public Ack {
            Invariant.check(durableLsn <= receivedLsn, "durable %d beyond received %d", durableLsn, receivedLsn);
            Invariant.check(appliedLsn <= durableLsn, "applied %d beyond durable %d", appliedLsn, durableLsn);
        }
    }

    /**
     * A replica that is being promoted asks another member to take no message of a lower epoch from now on, and to say
     * what it holds. Answered by Pledged once that is durable, or by PledgeRefused. Idempotent.
     *
     * @param version protocol version of the sender
     * @param instance who asks
     * @param tenure the one that begins if the promotion comes about
     * @param epoch the one it will reign in
     * @param system its system database; a member with another one has nothing to do with this promotion
     */
    record Pledge(int version, UUID instance, InstanceName name, UUID tenure, Epoch epoch, UUID system)
            implements FromMain {}

    /** The member durably takes nothing below that epoch any more; this is what it holds then. */
    record Pledged(Report report) implements FromReplica {}

    /**
     * The member gives no pledge.
     *
     * @param epochNumber the highest it has accepted or pledged
     */
    record PledgeRefused(Reason reason, long epochNumber, String message) implements FromReplica {}

    /** The promotion did not come about: the pledge is as if it had never been given. Not answered. */
    record WithdrawPledge(Epoch epoch) implements FromMain {}

    /**
     * Asks a member that has pledged this epoch for records that come after this one in its log. Answered by Pulled or
     * Refusal.
     *
     * @param after a record that the member must hold exactly so
     */
    record Pull(Epoch epoch, UUID database, LogPosition after) implements FromMain {}

    /**
     * Records of the member's log, in bounded number; none at its end.
     *
     * @param previous as asked for
     * @param last last record of this message; equals {@code previous} when there is none
     * @param records whole log records, the same bytes as on disk; read-only
     */
    record Pulled(UUID database, LogPosition previous, LogPosition last, ByteBuffer records) implements FromReplica {
        public Pulled {
            records = records.asReadOnlyBuffer();
            Invariant.check(
                    records.hasRemaining() == last.lsn() > previous.lsn(),
                    "%d bytes of records between lsn %d and %d",
                    records.remaining(),
                    previous.lsn(),
                    last.lsn());
        }
    }

    /**
     * A snapshot is on its way, instead of records that MAIN no longer has or that would be more to send. Answered by
     * SnapshotProgress, which says how much of this very snapshot the replica holds already, or by Refusal.
     *
     * @param position the record it stands for; the log goes on after it
     * @param createdMicros with the position and the size it tells snapshots apart
     * @param bytes of all its blocks
     */
    record OfferSnapshot(LogPosition position, long createdMicros, long bytes) implements FromMain {
        public OfferSnapshot {
            Invariant.check(bytes > 0 && position.lsn() > 0, "a snapshot of %d bytes at %s", bytes, position);
        }
    }

    /**
     * Blocks of the snapshot, each with its checksum, or none: then a heartbeat. Sent again on a new connection from
     * where the replica says; blocks that do not follow are refused.
     *
     * @param offset in the snapshot, of the first byte; without blocks it means nothing
     * @param blocks whole blocks, the same bytes as in MAIN's file; read-only
     */
    record SnapshotBlocks(long offset, ByteBuffer blocks) implements FromMain {
        public SnapshotBlocks {
            blocks = blocks.asReadOnlyBuffer();
            Invariant.check(offset >= 0, "offset %d", offset);
        }
    }

    /**
     * How much of the snapshot the replica has written and found intact; answers OfferSnapshot and every
     * SnapshotBlocks. The bytes survive the connection, and the process unless power is lost.
     *
     * @param rebuilding the replica changes over to another state; Welcome follows when it has
     */
    record SnapshotProgress(long receivedBytes, boolean rebuilding) implements FromReplica {
        public SnapshotProgress {
            Invariant.check(receivedBytes >= 0, "%d bytes", receivedBytes);
        }
    }

    /**
     * The replica has settled records that are not in MAIN's history. It gives up all it has after this record, keeps
     * it in a file of its own unless that is switched off, and goes back to the state before; answered by GaveUp and
     * Welcome once it has, by SnapshotProgress meanwhile. MAIN sends it only to a replica that obeys it.
     *
     * @param lsn last record of the common history; 0 for none
     */
    record GiveUp(long lsn) implements FromMain {
        public GiveUp {
            Invariant.check(lsn >= 0, "record %d", lsn);
        }
    }

    /**
     * What the replica gave up.
     *
     * @param records of its log, EPOCH records among them
     * @param transactions those that changed something
     * @param complete false when its log did not hold all of them any more, so that there were more
     */
    record GaveUp(long records, long transactions, boolean complete) implements FromReplica {
        public GaveUp {
            Invariant.check(
                    transactions >= 0 && transactions <= records, "%d transactions of %d", transactions, records);
        }
    }

    /**
     * The replica will not go on; it closes the connection after this. The MAIN shows the words and, unless the reason
     * is final, tries again.
     */
    record Refusal(Reason reason, String message) implements FromReplica {}

    /** Why a replica refuses. */
    enum Reason {
        /** Another protocol version. */
        VERSION(true),
        /** The instance is a MAIN. */
        NOT_REPLICA(false),
        /** The replica obeys another tenure. */
        OTHER_MAIN(false),
        /** The replica has accepted a higher epoch. */
        LOWER_EPOCH(false),
        /** Records would pass the replica twice, or too many instances. */
        LOOP(false),
        /** The replica does not hold this database yet; the system stream will create it. */
        UNKNOWN_DATABASE(false),
        /** The replica has applied records that the MAIN does not have. */
        DIVERGED(true),
        /** A record that does not follow the replica's last one. */
        OUT_OF_SEQUENCE(false),
        /** A message that does not belong there. */
        UNEXPECTED(false),
        /** A newer connection has taken this one's place. */
        SUPERSEDED(false),
        /** The role is changing or the disk has failed. */
        UNAVAILABLE(false);

        private final boolean isFinal;

        Reason(boolean isFinal) {
            this.isFinal = isFinal;
        }

        /** True when trying again cannot help before an operator has acted. */
        public boolean isFinal() {
            return isFinal;
        }
    }
}
