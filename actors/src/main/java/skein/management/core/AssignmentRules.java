package skein.management.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.replication.core.WriteGrant;
import skein.role.core.RoleView;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;

/** Which assignment is followed, what it allows, and what is said of it. Part of {@link ManagementCore}. */
final class AssignmentRules {
    private static final UUID NONE = new UUID(0, 0);

    private AssignmentRules() {}

    /** Why it is not followed; empty when it is. */
    static String refusal(Assignment given, @Nullable Assignment before, RoleView role) {
        if (given.version() != ManagementProtocol.VERSION) {
            return "this instance speaks version " + ManagementProtocol.VERSION
                    + " of the coordinators' protocol, not version " + given.version();
        }
        if (!role.cluster().equals(NONE) && !role.cluster().equals(given.cluster())
                || before != null && !before.cluster().equals(given.cluster())) {
            return "this instance belongs to the cluster "
                    + (before == null ? role.cluster() : before.cluster())
                    + ". To let it join another, start it once without --management-port, or with an empty data"
                    + " directory";
        }
        return before != null && isOlder(given, before)
                ? "this instance has heard from a later leader, or later from this one: term " + before.term()
                        + ", entry " + before.index()
                : "";
    }

    private static boolean isOlder(Assignment given, Assignment before) {
        return given.term() < before.term() || given.term() == before.term() && given.index() < before.index();
    }

    /** A lease outlives what else is said: until it ends nobody else can be MAIN. */
    static WriteGrant grant(@Nullable Assignment assignment, RoleView role, Lease lease) {
        if (assignment == null) {
            return WriteGrant.withheld(
                    Long.MIN_VALUE, "this instance waits to hear from the coordinators what it is to be");
        }
        return switch (assignment.role()) {
            case ReplicaRole _ ->
                WriteGrant.withheld(Long.MIN_VALUE, "the coordinators have made another instance MAIN");
            case MainRole main -> grant(main, role, lease.endNanos());
        };
    }

    private static WriteGrant grant(MainRole wanted, RoleView role, long leaseEndNanos) {
        if (role.kind() != Kind.MAIN || !role.stands() || role.reign() != wanted.reign()) {
            return WriteGrant.withheld(Long.MIN_VALUE, "this instance is becoming MAIN");
        }
        if (wanted.handingOver()) {
            return WriteGrant.withheld(leaseEndNanos, "this MAIN is handing over to another instance");
        }
        if (wanted.readOnly()) {
            return WriteGrant.withheld(
                    leaseEndNanos, "the cluster is read-only (SHOW COORDINATOR SETTINGS, global_read_only)");
        }
        return wanted.opened()
                ? WriteGrant.leased(leaseEndNanos, wanted.restrictedWithoutLease())
                : WriteGrant.withheld(
                        leaseEndNanos, "this MAIN is being set up, and the coordinators have yet to agree on it");
    }

    /** Why there is nothing to do although the instance is not what it shall be; empty when it is. */
    static String trouble(@Nullable Assignment assignment, RoleView role) {
        if (assignment != null && assignment.role() instanceof MainRole main && !main.means(role.instance())) {
            return "this instance was to be MAIN of reign " + main.reign() + " with the data that it had, and its data"
                    + " directory is another one now; unregister it and register it anew if that is meant";
        }
        return assignment != null
                        && assignment.role() instanceof MainRole main
                        && role.kind() == Kind.MAIN
                        && role.reign() > main.reign()
                ? "this instance is MAIN of reign " + role.reign() + " and cannot go back to reign " + main.reign()
                : "";
    }

    /** What the assignment does not name is not claimed. */
    static Report report(
            Assignment assignment,
            Sighting seen,
            List<ReplicaName> joined,
            boolean writable,
            boolean leaving,
            String trouble,
            long stamp) {
        RoleView role = seen.role();
        boolean isMain = role.kind() == Kind.MAIN;
        boolean handedOver = assignment.role() instanceof MainRole main
                && main.handingOver()
                && role.stands()
                && role.reign() == main.reign()
                && seen.quiet();
        return new Report(
                ManagementProtocol.VERSION,
                stamp,
                assignment.number(),
                role.instance(),
                role.cluster(),
                role.kind(),
                role.reign(),
                isMain && role.stands(),
                writable,
                handedOver,
                leaving && isMain,
                seen.logs(),
                replicas(assignment, seen, joined),
                trouble);
    }

    private static List<ReplicaReport> replicas(Assignment assignment, Sighting seen, List<ReplicaName> joined) {
        if (!(assignment.role() instanceof MainRole main)) {
            return List.of();
        }
        return seen.replicas().stream()
                .filter(replica -> seen.role().replicas().stream()
                        .filter(present -> present.name().equals(replica.name()))
                        .anyMatch(present -> main.others().stream().anyMatch(peer -> Plan.is(present, peer))))
                .map(replica -> new ReplicaReport(
                        new InstanceName(replica.name().value()),
                        seen.role().instanceOf(replica.name()),
                        joined.contains(replica.name()),
                        replica.lag()))
                .toList();
    }

    static List<InstanceName> joinedIn(Report report) {
        return report.replicas().stream()
                .filter(ReplicaReport::joined)
                .map(ReplicaReport::name)
                .toList();
    }
}
