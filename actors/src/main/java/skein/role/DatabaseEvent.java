package skein.role;

import java.util.UUID;
import skein.replication.CommitOutcome;
import skein.role.core.SystemRecord;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/** What databases tell the role. */
sealed interface DatabaseEvent {
    /** A record of the system database is decided. */
    record Catalogued(SystemRecord record) implements DatabaseEvent {}

    /** What became of the record that this MAIN wrote; comes after {@link Catalogued}. */
    record CatalogueOutcome(CommitOutcome outcome) implements DatabaseEvent {}

    /** What became of the record of members that nobody waits for is known. */
    record MembersWritten() implements DatabaseEvent {}

    /** A database's EPOCH record is durable. */
    record ReignStandsIn(UUID database) implements DatabaseEvent {}

    /** A database's EPOCH record is decided. */
    record ReignOpenIn(UUID database) implements DatabaseEvent {}

    /** The decisions of a database depend on this replica now. */
    record HoldsIn(UUID database, ReplicaName replica) implements DatabaseEvent {}

    /** Perhaps a replica holds the decisions of all databases that are left. */
    record CheckJoins() implements DatabaseEvent {}

    record DrainedIn(UUID database) implements DatabaseEvent {}

    /** A database's actor has done all that it was told. */
    record StoodStillIn(long number, UUID database) implements DatabaseEvent {}

    /** A database's actor has ended; it can be closed. */
    record StoppedIn(UUID database) implements DatabaseEvent {}

    /** Perhaps there is room for the MAIN's system database now. */
    record AdoptAgain() implements DatabaseEvent {}

    /** What the catalogue or the users say of this subject is done here. */
    record CarriedOut(UUID subject) implements DatabaseEvent {}

    /** A database has failed and is not to take the instance with it. */
    record FailedIn(UUID database, SkeinException reason) implements DatabaseEvent {}
}
