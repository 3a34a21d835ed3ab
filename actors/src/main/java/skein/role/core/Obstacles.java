package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Report;
import skein.replication.core.Lineage;
import skein.role.core.RoleInput.OwnDatabases;

/**
 * Whether an instance that wants to follow can, and what it loses by it. It takes over its MAIN's system database and
 * everything in it. What it holds of this MAIN's databases beyond the common history it gives up, since it once
 * followed that history and is told now who is MAIN. What never was this MAIN's gives way only when the operator says
 * RESYNC.
 */
final class Obstacles {
    private final Report report;
    private final OwnDatabases own;
    private final boolean agreed;
    private final boolean below;
    private final List<String> losses = new ArrayList<>();
    private final List<String> unagreed = new ArrayList<>();

    private Obstacles(Report report, OwnDatabases own, boolean agreed, boolean below) {
        this.report = report;
        this.own = own;
        this.agreed = agreed;
        this.below = below;
    }

    /** What comes of the wish. */
    sealed interface Verdict {
        /** In words. */
        record Obstacle(String reason) implements Verdict {}

        record MayFollow(Takeover takeover) implements Verdict {}
    }

    /** @param below who judges is a replica itself and may have less of a history than who is to follow it */
    static Verdict of(Report report, OwnDatabases own, List<Registration> registered, boolean agreed, boolean below) {
        return registered.stream()
                .filter(other -> other.instance().equals(report.instance()))
                .findFirst()
                .<Verdict>map(other -> new Verdict.Obstacle(
                        "that instance is registered already, as " + other.name() + " at " + other.address()))
                .orElseGet(() -> new Obstacles(report, own, agreed, below).verdict());
    }

    private Verdict verdict() {
        OwnDatabase system = own.system();
        boolean sameSystem =
                report.system().database().id().equals(system.database().id());
        boolean systemAnew = sameSystem && hasDiverged(report.system(), system);
        if (systemAnew) {
            losses.add("its system database holds changes of databases or users that this MAIN does not have; they are"
                    + " given up, and its files kept once as 'system.replaced'");
        }
        report.databases().forEach(this::look);
        if (!agreed && !unagreed.isEmpty()) {
            return new Verdict.Obstacle(String.join("; ", unagreed)
                    + ". If this MAIN's data is to take its place, say so with RESYNC at the end of REGISTER REPLICA;"
                    + " otherwise give it an empty data directory");
        }
        losses.addAll(unagreed);
        return new Verdict.MayFollow(new Takeover(agreed, systemAnew, losses));
    }

    /** Its system database is this MAIN's, up to some record. */
    private boolean onceFollowed() {
        return report.system().database().id().equals(own.system().database().id())
                && commonLsn(report.system(), own.system()) > 0;
    }

    private void look(DatabaseReport theirs) {
        String name = theirs.database().name().value();
        long settled = theirs.log().settledLsn();
        Optional<OwnDatabase> ours = own.databases().stream()
                .filter(candidate ->
                        candidate.database().id().equals(theirs.database().id()))
                .findFirst();
        if (ours.isEmpty()) {
            if (settled > 0 && !isAhead(report.system(), own.system())) {
                // a database that only this lineage's catalogue can have named was created where it parted
                (onceFollowed() ? losses : unagreed)
                        .add("its database " + name + " is not a copy of this MAIN's and holds data of its own, "
                                + settled
                                + " records, which nobody would see any more; the files would stay in its data"
                                + " directory");
            }
            return;
        }
        long common = commonLsn(theirs, ours.get());
        if (common >= settled || isAhead(theirs, ours.get())) {
            return;
        }
        if (common == 0) {
            unagreed.add("its database " + name + " shares no history with this MAIN's and holds " + settled
                    + " records, which would be given up");
        } else {
            losses.add("its database " + name + " has diverged: records " + (common + 1) + " to " + settled
                    + " are not in this MAIN's history; they are given up, and kept in a file beside its log unless"
                    + " --storage-enable-backup-dir=false");
        }
    }

    private boolean hasDiverged(DatabaseReport theirs, OwnDatabase ours) {
        return commonLsn(theirs, ours) < theirs.log().settledLsn() && !isAhead(theirs, ours);
    }

    /** It has more of the same history, which this instance, a replica itself, has still to hear. */
    private boolean isAhead(DatabaseReport theirs, OwnDatabase ours) {
        return below && Lineage.isAhead(theirs.log(), ours.reigns(), ours.endLsn());
    }

    private static long commonLsn(DatabaseReport theirs, OwnDatabase ours) {
        return Lineage.commonLsn(ours.reigns(), ours.endLsn(), theirs.log());
    }
}
