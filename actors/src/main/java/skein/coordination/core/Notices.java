package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import skein.protocol.CoordinatorProtocol.AddCoordinator;
import skein.protocol.CoordinatorProtocol.UpdateInstance;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;

/** What an answer tells beside its result; the codes are Memgraph's where it has one. */
final class Notices {
    private Notices() {}

    private static Notification told(String code, String title, String description) {
        return new Notification(code, title, description, Severity.INFORMATION);
    }

    private static Notification warned(String code, String title, String description) {
        return new Notification(code, title, description, Severity.WARNING);
    }

    static Notification leaderNotReachable(String why) {
        return warned(
                "LeaderNotReachable",
                "The coordinators' leader did not answer.",
                "There is nothing to show: " + why + ". Try again in a moment; if it stays so, see that a majority of"
                        + " the coordinators runs and can reach each other.");
    }

    static Notification lagUnavailable(String why) {
        return warned(
                "ReplicationLagUnavailable",
                "The replication lag is not known.",
                "There is nothing to show: " + why + ". SHOW INSTANCES tells who is well.");
    }

    static List<Notification> notOpenYet(long reign) {
        return List.of(warned(
                "ReignNotOpened",
                "The new MAIN takes no writes yet.",
                "It is committed who reigns in reign " + reign + ", and the instance is still on its way. It takes"
                        + " writes as soon as it can; SHOW FAILOVERS tells."));
    }

    static List<Notification> added(ClusterState cluster, AddCoordinator add) {
        List<Notification> notices = new ArrayList<>();
        notices.add(told(
                "AddCoordinatorInstance",
                Identity.nameOf(add.id()) + " was added.",
                "It is a member of the coordinators' group; clients are sent to " + add.bolt() + "."));
        cluster.coordinators().stream()
                .filter(one -> one.bolt().equals(add.bolt()))
                .findFirst()
                .ifPresent(one -> notices.add(warned(
                        "SharedBoltServer",
                        "Two coordinators have the same bolt_server.",
                        Identity.nameOf(one.id()) + " has " + add.bolt() + ", too. That is right for a load balancer"
                                + " before both, and a slip otherwise: UPDATE CONFIG FOR COORDINATOR mends it.")));
        return notices;
    }

    static List<Notification> removed(int id) {
        return List.of(told(
                "RemoveCoordinatorInstance",
                Identity.nameOf(id) + " was removed.",
                "It has no vote any more. Stop its process, and empty its data directory before it is added again."));
    }

    static List<Notification> registered(ClusterState cluster, RegisteredInstance instance) {
        List<Notification> notices = new ArrayList<>();
        notices.add(told(
                "RegisterReplicationInstance",
                instance.name() + " was registered.",
                "It is a replica now, as soon as it answers at " + instance.management() + "."));
        cluster.coordinators().stream()
                .filter(one -> one.bolt().equals(instance.bolt()))
                .findFirst()
                .ifPresent(one -> notices.add(clash(instance.bolt(), Identity.nameOf(one.id()), instance.name())));
        cluster.instances().stream()
                .filter(one -> one.bolt().equals(instance.bolt()))
                .findFirst()
                .ifPresent(one -> notices.add(clash(instance.bolt(), one.name().value(), instance.name())));
        return notices;
    }

    private static Notification clash(HostPort bolt, String other, InstanceName name) {
        return warned(
                "SharedBoltServer",
                "A bolt_server is registered twice.",
                bolt + " is also that of " + other + ", so clients sent to " + name + " may not reach it. Mend it with"
                        + " UPDATE CONFIG FOR INSTANCE " + name + " {'bolt_server': 'host:port'}.");
    }

    static List<Notification> unregistered(InstanceName name) {
        return List.of(told(
                "UnregisterInstance",
                name + " was unregistered.",
                "It goes on as a replica that nobody feeds. Stop its process."));
    }

    static List<Notification> demoted(InstanceName name) {
        return List.of(told(
                "DemoteInstanceToReplica",
                name + " was demoted.",
                "There is no MAIN, and none is chosen by itself: SET INSTANCE name TO MAIN makes one."));
    }

    static List<Notification> updated(String name) {
        return List.of(told("UpdateConfig", "The address of " + name + " was changed.", "New tables carry it."));
    }

    static List<Notification> updated(UpdateInstance update) {
        List<Notification> notices = new ArrayList<>();
        update.bolt().ifPresent(bolt -> notices.addAll(updated(update.name().value())));
        update.neverPromote()
                .ifPresent(barred -> notices.add(told(
                        "UpdateConfig",
                        barred
                                ? update.name() + " is never promoted by itself."
                                : update.name() + " may be promoted by itself.",
                        "SHOW FAILOVER CANDIDATES tells who would be next.")));
        return notices;
    }

    /** Somebody names an instance that is kept out of automatic failover. */
    static List<Notification> namedAlthoughBarred(ClusterState cluster, InstanceName name) {
        return cluster.instance(name).filter(RegisteredInstance::neverPromote).isEmpty()
                ? List.of()
                : List.of(warned(
                        "NeverPromotedByItself",
                        name + " was registered as never to be promoted by itself.",
                        "It is MAIN because it was named. If it fails another one takes over, and it does not come back"
                                + " as MAIN by itself; UPDATE CONFIG FOR INSTANCE " + name
                                + " {'never_promote': false} changes that."));
    }

    static List<Notification> yielded() {
        return List.of(told(
                "YieldLeadership",
                "Leadership was given up.",
                "Another coordinator takes it in a moment; SHOW INSTANCES tells which."));
    }

    static List<Notification> reset() {
        return List.of(told(
                "ReconcileClusterState",
                "The leader looks at all instances anew.",
                "What the coordinators have agreed on stays as it is."));
    }

    static List<Notification> paused(boolean pause) {
        return List.of(
                pause
                        ? warned(
                                "FailoverPaused",
                                "Automatic failover is paused.",
                                "If the MAIN fails, nobody takes over until RESUME FAILOVER or SET INSTANCE.")
                        : told("FailoverResumed", "Automatic failover is on.", "A MAIN that fails is replaced."));
    }

    static List<Notification> setting(CoordinatorSetting setting) {
        return setting == CoordinatorSetting.DELTAS_BATCH_PROGRESS_SIZE
                ? List.of(told(
                        "SettingWithoutEffect",
                        "deltas_batch_progress_size changes nothing here.",
                        "It is kept and shown for scripts; Skein's replicas report progress by themselves."))
                : List.of();
    }
}
