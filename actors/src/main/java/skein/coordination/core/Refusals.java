package skein.coordination.core;

import java.util.List;
import skein.coordination.core.CandidateRules.Candidate;
import skein.protocol.CoordinatorProtocol.RegisterInstance;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** The words for what coordinators do not do: what was asked, why not, what to do. */
final class Refusals {
    private Refusals() {}

    private static SkeinException refused(String message) {
        return new SkeinException(ErrorCode.REPLICATION_REFUSED, message);
    }

    private static SkeinException invalid(String message) {
        return new SkeinException(ErrorCode.INVALID_ARGUMENT, message);
    }

    private static SkeinException unavailable(String message) {
        return new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, message);
    }

    static SkeinException noLeader() {
        return unavailable("SKEIN-HA-010: The coordinators have no leader at the moment: an election is held, or a"
                + " majority of them cannot reach each other. Nothing was done. Try again in a moment.");
    }

    static SkeinException leadershipLost() {
        return unavailable("SKEIN-HA-011: The leadership of the coordinators changed before this was done. Try again.");
    }

    static SkeinException unknown(String why) {
        return new SkeinException(
                ErrorCode.COMMIT_UNKNOWN,
                "SKEIN-HA-012: It is not known whether this was done: " + why
                        + ". SHOW INSTANCES tells how things are; then try again if need be.");
    }

    static SkeinException notInTime() {
        return unavailable("SKEIN-HA-013: This was not done: other changes, or the lease of the MAIN before, had to be"
                + " waited for too long. Try again.");
    }

    static SkeinException leaderWithoutAddress(int id) {
        return unavailable("SKEIN-HA-014: The leader, " + Identity.nameOf(id) + ", was added without a"
                + " management_server, so nothing can be passed on to it. Nothing was done. Ask it directly.");
    }

    static void requireInstance(ClusterState cluster, InstanceName name) {
        if (cluster.instance(name).isEmpty()) {
            throw invalid("SKEIN-HA-020: There is no instance " + name + "." + Words.meant(name, cluster)
                    + " Registered: " + Words.listed(Words.names(cluster)) + ". Nothing changed.");
        }
    }

    static SkeinException instanceExists(InstanceName name) {
        return refused("SKEIN-HA-021: " + name + " was not registered: there is an instance of that name. Nothing"
                + " changed. Choose another name, or UNREGISTER INSTANCE " + name + " first.");
    }

    static SkeinException addressTaken(String key, HostPort address, String holder) {
        return refused("SKEIN-HA-022: The " + key + " " + address + " is that of " + holder
                + ". Nothing changed. Give every server an address of its own.");
    }

    static SkeinException modesClash(RegisterInstance register, RegisteredInstance other) {
        return refused("SKEIN-HA-023: " + register.name() + " was not registered as " + register.mode() + ": "
                + other.name() + " is " + other.mode() + ", and the promises of the two contradict each other."
                + " Nothing changed. Register it as " + other.mode() + " or as ASYNC.");
    }

    static SkeinException mainIsAlive(InstanceName name) {
        return refused("SKEIN-HA-024: " + name + " was not unregistered: it is the MAIN, and it answers. Nothing"
                + " changed. Make another one MAIN first (SET INSTANCE name TO MAIN SWITCHOVER).");
    }

    static SkeinException mainAlready(Appointment main) {
        return refused(
                "SKEIN-HA-025: " + main.name() + " is MAIN already, in reign " + main.reign() + ". Nothing changed.");
    }

    static SkeinException mainExists(Appointment main, InstanceName name) {
        return refused("SKEIN-HA-026: " + name + " was not made MAIN: " + main.name() + " is. Nothing changed. Write"
                + " SET INSTANCE " + name + " TO MAIN SWITCHOVER to have it hand over, or DEMOTE INSTANCE "
                + main.name() + " first.");
    }

    static SkeinException replicaAlready(InstanceName name) {
        return refused("SKEIN-HA-027: " + name + " is a replica already. Nothing changed.");
    }

    static SkeinException noHolder(InstanceName name, ClusterState cluster) {
        if (cluster.namesHolder(name)) {
            return refused("SKEIN-HA-036: " + name + " was not made MAIN: it does not have the data that it had as a"
                    + " replica of the last MAIN. Nothing changed. Choose another one; to go on with what it has now,"
                    + " unregister it and register it anew.");
        }
        List<String> holders =
                cluster.holders().stream().map(holder -> holder.name().value()).toList();
        return refused("SKEIN-HA-028: " + name + " was not made MAIN: it is not known to hold all that the last MAIN"
                + " has acknowledged; " + Words.listed(holders) + " " + (holders.size() == 1 ? "does" : "do")
                + ". Nothing changed. Choose one of these; whoever of them is lost for good has to be unregistered"
                + " first.");
    }

    static SkeinException countsForNoQuorum(InstanceName name, ClusterState cluster) {
        List<InstanceName> voices = cluster.instances().stream()
                .filter(instance -> instance.mode() == ReplicationMode.QUORUM)
                .map(RegisteredInstance::name)
                .toList();
        String todo = voices.stream().anyMatch(cluster::namesHolder)
                ? "Choose one of these."
                : "None of these is known to hold all that the last MAIN has acknowledged: if that is lost for good,"
                        + " UNREGISTER INSTANCE whoever holds it, then choose one of these.";
        return refused("SKEIN-HA-037: " + name + " was not made MAIN: it is ASYNC, and commits wait for a quorum in"
                + " which it does not count; "
                + Words.listed(voices.stream().map(InstanceName::value).toList())
                + (voices.size() == 1 ? " does" : " do") + ". Nothing changed. " + todo);
    }

    static SkeinException mainCannotHandOver(Appointment main) {
        return unavailable("SKEIN-HA-029: There was no switchover: " + main.name() + ", the MAIN, "
                + (main.opened() ? "does not answer" : "is not open yet")
                + ". Nothing changed. If it fails, the coordinators fail over by themselves.");
    }

    static SkeinException targetDoesNotAnswer(InstanceName name) {
        return refused("SKEIN-HA-030: There was no switchover: " + name
                + " does not answer. Nothing changed. SHOW FAILOVER CANDIDATES tells who could be MAIN.");
    }

    static SkeinException handoverUnderWay(Handover handover) {
        return unavailable("SKEIN-HA-031: There was no switchover: " + handover.from() + " is handing over to "
                + handover.to() + " already. Nothing changed. Try again when it has ended.");
    }

    static SkeinException handoverOvertaken(Handover handover) {
        return unavailable("SKEIN-HA-032: The switchover to " + handover.to() + " was called off: " + handover.from()
                + " has stopped to answer, or was changed by another command. Nothing is lost;"
                + " SHOW INSTANCES tells who is MAIN.");
    }

    static SkeinException handoverTargetLost(Handover handover) {
        return unavailable("SKEIN-HA-033: The switchover was called off: " + handover.to()
                + " does not answer any more. " + handover.from() + " goes on as MAIN.");
    }

    static SkeinException handoverTooLong(Handover handover, long missing) {
        return unavailable("SKEIN-HA-034: The switchover was called off: after "
                + Words.seconds(HandoverRules.HANDOVER_MILLIS_MAX) + ", " + handover.to() + " still lacked " + missing
                + " records, or " + handover.from() + " still had commits under way. " + handover.from()
                + " goes on as MAIN. Try again when there is less to do.");
    }

    static SkeinException nobodyEligible(List<Candidate> ranked) {
        return refused("SKEIN-HA-035: No MAIN was chosen: nobody is eligible. "
                + String.join("; ", ranked.stream().map(Candidate::text).toList())
                + ". Nothing changed. Start one that holds everything, or unregister those that are lost for good.");
    }

    static SkeinException coordinatorExists(int id) {
        return refused("SKEIN-HA-040: " + Identity.nameOf(id) + " was added already. Nothing changed. UPDATE CONFIG"
                + " FOR COORDINATOR " + id + " changes its bolt_server.");
    }

    static SkeinException otherNetwork(Identity self) {
        return refused("SKEIN-HA-041: " + self.name() + " was not added: it was started with a different network"
                + " configuration, coordinator_server " + self.coordinator() + " and management_server "
                + self.management() + ". Nothing changed. Use these addresses.");
    }

    static SkeinException noCoordinator(int id, List<Integer> ids) {
        return invalid("SKEIN-HA-042: There is no coordinator " + id + ". Added: "
                + Words.listed(ids.stream().map(String::valueOf).toList()) + ". Nothing changed.");
    }

    static SkeinException leaderStays(int id) {
        return refused("SKEIN-HA-043: " + Identity.nameOf(id) + " was not removed: it is the leader. Nothing changed."
                + " YIELD LEADERSHIP first, and remove it by another coordinator.");
    }
}
