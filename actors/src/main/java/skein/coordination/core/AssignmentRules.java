package skein.coordination.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import skein.coordination.core.CoordinatorEffect.Assign;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Role;
import skein.protocol.ManagementProtocol.Routes;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * What each instance is told to be: the whole of it, from the applied state, at every check and at once when it is
 * another. Part of {@link CoordinatorCore}.
 */
final class AssignmentRules {
    private AssignmentRules() {}

    static void send(Turn turn, Lead lead) {
        if (turn.cluster().cluster().equals(ClusterState.NO_CLUSTER)) {
            return;
        }
        Routes routes = RoutingRules.routes(turn);
        for (RegisteredInstance instance : turn.cluster().instances()) {
            turn.watch(instance.name())
                    .filter(Watch::lineUp)
                    .ifPresent(watch -> send(turn, lead, instance, watch, routes));
        }
    }

    private static void send(Turn turn, Lead lead, RegisteredInstance instance, Watch watch, Routes routes) {
        Assignment next = assignment(turn, lead, instance, watch, routes);
        boolean due = turn.now() - watch.sentAt() >= everyMillis(turn.memory, lead, watch);
        if (watch.sent() != null && !due && !differs(watch.sent(), next)) {
            return;
        }
        if (!next.lease().isZero()) {
            lead.grantedUntil = Math.max(
                    lead.grantedUntil, watch.reportedAt() + next.lease().toMillis());
        }
        turn.watch(instance.name(), one -> one.sending(next, turn.now()));
        turn.effects.add(new Assign(instance.name(), next));
    }

    /** Writes wait while a MAIN hands over, so both are asked often. */
    static long everyMillis(Memory memory, Lead lead, Watch watch) {
        Handover handover = lead.handover;
        long check = memory.cluster.settings().checkMillis();
        boolean concerned = handover != null
                && (watch.name().equals(handover.from()) || watch.name().equals(handover.to()));
        return concerned ? Math.min(HandoverRules.CHECK_MILLIS, check) : check;
    }

    private static boolean differs(Assignment sent, Assignment next) {
        return !sent.role().equals(next.role())
                || !sent.routes().equals(next.routes())
                || !sent.bolt().equals(next.bolt())
                || sent.lease().isZero() != next.lease().isZero();
    }

    /** True when a report that answers the one says as much about the other. */
    static boolean asksTheSame(Assignment sent, Assignment next) {
        if (sent.role() instanceof MainRole before && next.role() instanceof MainRole after) {
            return before.reign() == after.reign()
                    && before.handingOver() == after.handingOver()
                    && before.others().equals(after.others());
        }
        return sent.role().equals(next.role());
    }

    private static Assignment assignment(
            Turn turn, Lead lead, RegisteredInstance instance, Watch watch, Routes routes) {
        long number = watch.sent() == null ? 1 : watch.sent().number() + 1;
        return new Assignment(
                ManagementProtocol.VERSION,
                turn.cluster().cluster(),
                lead.term,
                turn.memory.index,
                number,
                LeaseRules.stamp(turn, watch),
                LeaseRules.lease(turn, watch),
                instance.name(),
                instance.bolt(),
                role(turn, lead, instance),
                routes,
                mainLogs(turn, instance));
    }

    /** Not a reason to send: it changes all the time. */
    private static Map<DatabaseName, Long> mainLogs(Turn turn, RegisteredInstance receiver) {
        Map<DatabaseName, Long> ends = new HashMap<>();
        turn.cluster()
                .main()
                .filter(main -> main.opened() && !main.name().equals(receiver.name()))
                .flatMap(main -> turn.watch(main.name()))
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .ifPresent(watch -> watch.logs().forEach((database, end) -> ends.put(database, end.lsn())));
        return ends;
    }

    private static Role role(Turn turn, Lead lead, RegisteredInstance instance) {
        Optional<Appointment> main = turn.cluster().main();
        if (main.filter(one -> one.name().equals(instance.name())).isPresent()) {
            List<Peer> others = others(turn, instance.name());
            Handover handover = lead.handover;
            return new MainRole(
                    main.get().reign(),
                    turn.cluster().dataOf(instance.name()),
                    main.get().opened(),
                    turn.settings().readOnly(),
                    handover != null && handover.from().equals(instance.name()),
                    isRestricted(turn.settings(), others),
                    others);
        }
        return new ReplicaRole(
                turn.cluster().lastReign(),
                main.map(Appointment::name),
                main.flatMap(one -> turn.cluster().instance(one.name())).map(RegisteredInstance::bolt),
                instance.replication().port());
    }

    /** Where an ASYNC replica may take over, and where nobody else confirms anything, no write is safe. */
    private static boolean isRestricted(CoordinatorSettings settings, List<Peer> others) {
        return settings.keepsWithoutCoordinators()
                && settings.syncFailoverOnly()
                && (others.isEmpty() || others.stream().anyMatch(peer -> peer.mode() != ReplicationMode.ASYNC));
    }

    private static List<Peer> others(Turn turn, InstanceName self) {
        return turn.cluster().instances().stream()
                .filter(instance -> !instance.name().equals(self))
                .map(instance -> new Peer(
                        instance.name(),
                        instance.replication(),
                        instance.mode(),
                        instance.resync(),
                        changedData(turn, self, instance)))
                .toList();
    }

    /**
     * Whose data is there, if MAIN speaks of other data that went by the name: its disk was wiped. Decisions depend on
     * STRICT_SYNC and QUORUM replicas, so there it takes an operator to say that what was lost counts no more.
     */
    private static UUID changedData(Turn turn, InstanceName main, RegisteredInstance replica) {
        UUID nobody = ClusterState.NO_CLUSTER;
        if (replica.mode().joins()) {
            return nobody;
        }
        UUID registered = turn.watch(main)
                .flatMap(Watch::presentReport)
                .flatMap(report -> report.replicas().stream()
                        .filter(one -> one.name().equals(replica.name()))
                        .findFirst())
                .map(ReplicaReport::instance)
                .orElse(nobody);
        return turn.watch(replica.name())
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .map(Watch::report)
                .map(Report::instance)
                .filter(present -> !registered.equals(nobody) && !registered.equals(present))
                .orElse(nobody);
    }
}
