package skein.role.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.Report;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;

/** What an instance is in the middle of. Forgotten in a restart: every operation can be asked for again. */
public sealed interface RolePhase {
    /** Not started, or starting; nothing is served. */
    record Starting() implements RolePhase {}

    /** As the state says. The only phase that takes commands. */
    record Steady() implements RolePhase {}

    /**
     * The reign is being opened in every database.
     *
     * @param ticket null at start
     * @param notes what the operator is told besides
     */
    record OpeningReign(@Nullable Long ticket, List<Notification> notes) implements RolePhase {
        public OpeningReign {
            notes = List.copyOf(notes);
        }
    }

    /** Other members are asked for their pledge and for what they hold. */
    record Promoting(Promotion promotion) implements RolePhase {}

    /**
     * The replication port is being opened.
     *
     * @param ticket null at start
     */
    record Binding(int port, @Nullable Long ticket) implements RolePhase {}

    /** The MAIN takes no more writes and brings its replicas up to date before it steps down. */
    record Draining(int port, long ticket) implements RolePhase {}

    /**
     * The system database's record waits for its decision.
     *
     * @param notes what is told once it is carried out
     */
    record Cataloguing(SystemRecord record, List<Notification> notes, String command, long ticket)
            implements RolePhase {
        public Cataloguing {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A replica is being asked whether it follows.
     *
     * @param registration with the instance that answered, once one has
     * @param reportedEpoch the highest epoch that it had accepted then
     * @param takeover what becomes of what the replica holds
     * @param failure why nothing will come of it; known only while a reign is being opened, which has to end first
     */
    record Enlisting(
            Registration registration,
            long reportedEpoch,
            Takeover takeover,
            long ticket,
            EnlistStage stage,
            @Nullable String failure)
            implements RolePhase {
        Enlisting in(EnlistStage next) {
            return new Enlisting(registration, reportedEpoch, takeover, ticket, next, failure);
        }

        Enlisting failed(String message) {
            return new Enlisting(registration, reportedEpoch, takeover, ticket, stage, message);
        }

        Enlisting answeredBy(Report report, Takeover found) {
            return new Enlisting(
                    registration.answeredBy(report.instance()), report.epochNumber(), found, ticket, stage, failure);
        }
    }

    /**
     * A QUORUM replica is being dropped, and that it is has to be recorded so that no promotion misses anything.
     *
     * @param isLast it counts until the record is decided: nobody else could decide it
     * @param notes what is told once it is
     */
    record Dropping(ReplicaName name, boolean isLast, List<Notification> notes, long ticket) implements RolePhase {
        public Dropping {
            notes = List.copyOf(notes);
        }
    }

    /** How far a registration has come. */
    enum EnlistStage {
        /** The replica was asked what it holds. */
        ASKED,
        /** A reign above the replica's fence is being opened. */
        RISING,
        /** The replica was told to obey. */
        TOLD,
        /** The replica obeys; the record that names it would name fewer others than a promotion may go by. */
        COVERING,
        /** The replica obeys; the record that names it waits for its decision. Only on a MAIN. */
        RECORDING
    }
}
