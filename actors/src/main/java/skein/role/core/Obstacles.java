package skein.role.core;

import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Report;
import skein.replication.core.Lineage;
import skein.role.core.RoleInput.OwnDatabases;

/**
 * Why an instance that wants to follow cannot. A replica may hold part of this MAIN's history, or nothing that was ever
 * settled; it takes over everything else, its system database included.
 */
final class Obstacles {
    private Obstacles() {}

    /** The first obstacle in words; empty when there is none. */
    static Optional<String> of(Report report, OwnDatabases own, List<Registration> registered) {
        return registeredAlready(report, registered)
                .or(() -> systemDiverged(report.system(), own.system()))
                .or(() -> report.databases().stream()
                        .flatMap(theirs -> ofDatabase(theirs, own).stream())
                        .findFirst());
    }

    private static Optional<String> registeredAlready(Report report, List<Registration> registered) {
        return registered.stream()
                .filter(other -> other.instance().equals(report.instance()))
                .findFirst()
                .map(other -> "that instance is registered already, as " + other.name() + " at " + other.address());
    }

    private static Optional<String> systemDiverged(DatabaseReport theirs, OwnDatabase ours) {
        boolean same = theirs.database().id().equals(ours.database().id());
        return same && hasDiverged(theirs, ours)
                ? Optional.of("its system database has diverged: it holds changes that this MAIN does not have. Give it"
                        + " an empty data directory")
                : Optional.empty();
    }

    private static Optional<String> ofDatabase(DatabaseReport theirs, OwnDatabases own) {
        Optional<OwnDatabase> ours = own.databases().stream()
                .filter(candidate ->
                        candidate.database().id().equals(theirs.database().id()))
                .findFirst();
        String name = theirs.database().name().value();
        long settled = theirs.log().settledLsn();
        if (ours.isPresent()) {
            return hasDiverged(theirs, ours.get())
                    ? Optional.of("its database " + name + " has diverged: it holds transactions up to record "
                            + settled + " that this MAIN does not have. Give it an empty data directory")
                    : Optional.empty();
        }
        return settled > 0
                ? Optional.of("its database " + name + " holds data of its own, up to record " + settled
                        + ", and is not a copy of this MAIN's. Give it an empty data directory")
                : Optional.empty();
    }

    private static boolean hasDiverged(DatabaseReport theirs, OwnDatabase ours) {
        return Lineage.commonLsn(ours.reigns(), ours.endLsn(), theirs.log())
                < theirs.log().settledLsn();
    }
}
