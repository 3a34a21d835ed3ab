package skein.coordination.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.CoordinatorEffect.Connect;
import skein.coordination.core.CoordinatorEffect.Disconnect;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.FromInstance;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.InstanceName;

/** Who is watched, and what they say. Part of {@link CoordinatorCore}. */
final class WatchRules {
    private WatchRules() {}

    /**
     * A leader that did not run for a while has not listened either: whoever seems silent has the time to answer anew.
     */
    static void wake(Turn turn) {
        Lead lead = turn.lead();
        if (lead == null) {
            return;
        }
        CoordinatorSettings settings = turn.settings();
        long usual = Math.max(2 * settings.checkMillis(), settings.downMillis() / 2);
        if (!lead.watches.isEmpty() && turn.now() - lead.steppedAt > usual) {
            turn.note(Happening.LEADER_STOOD_STILL, "did not run for " + Words.seconds(turn.now() - lead.steppedAt));
            lead.watches.replaceAll((name, watch) -> watch.from(turn.now()));
        }
        lead.steppedAt = turn.now();
    }

    /** One watch for every registered instance, and a line to each that is tried again until it is there. */
    static void align(Turn turn, Lead lead) {
        for (InstanceName name : new ArrayList<>(lead.watches.keySet())) {
            if (turn.cluster().instance(name).isEmpty()) {
                lead.watches.remove(name);
                turn.effects.add(new Disconnect(name));
            }
        }
        Map<InstanceName, Watch> ordered = new LinkedHashMap<>();
        for (RegisteredInstance instance : turn.cluster().instances()) {
            Watch watch = lead.watches.get(instance.name());
            ordered.put(instance.name(), connected(turn, instance, watch));
        }
        lead.watches.clear();
        lead.watches.putAll(ordered);
    }

    private static Watch connected(Turn turn, RegisteredInstance instance, @Nullable Watch known) {
        Watch watch = known == null ? Watch.begin(instance.name(), turn.now()) : known;
        if (watch.lineUp() || turn.now() < watch.retryAt()) {
            return watch;
        }
        turn.effects.add(new Connect(instance.name(), instance.management()));
        // answered by LineOpened or LineClosed; a line that is neither within the down timeout is tried anew
        return watch.retrying(turn.now() + turn.settings().downMillis());
    }

    static void lineClosed(Turn turn, InstanceName name) {
        long nextTry = turn.now() + turn.settings().checkMillis();
        LeaseRules.forget(turn, name);
        turn.watch(name, watch -> watch.closed(nextTry));
    }

    static void said(Turn turn, InstanceName name, FromInstance message) {
        switch (message) {
            case AssignmentRefused(UUID cluster, long term, long index, String words) ->
                turn.watch(name, watch -> watch.refused(words));
            case Report report -> reported(turn, name, report);
        }
    }

    private static void reported(Turn turn, InstanceName name, Report report) {
        Lead lead = turn.lead();
        Watch watch = lead == null ? null : lead.watches.get(name);
        if (lead == null || watch == null || !watch.lineUp()) {
            return;
        }
        if (isOfAnotherCluster(turn, report)) {
            turn.watch(name, one -> one.refused("it belongs to another cluster, " + report.cluster()));
            return;
        }
        turn.watch(name, one -> fitness(turn, one.heard(report, turn.now())));
        if (turn.cluster().isMain(name)) {
            LeaseRules.reported(turn, name, report.stamp());
            report.replicas().forEach(replica -> noteCurrent(turn, replica));
        }
    }

    private static boolean isOfAnotherCluster(Turn turn, Report report) {
        return !report.cluster().equals(ClusterState.NO_CLUSTER)
                && !report.cluster().equals(turn.cluster().cluster());
    }

    private static Watch fitness(Turn turn, Watch watch) {
        boolean fit = turn.cluster()
                .main()
                .filter(main -> main.name().equals(watch.name()))
                .map(main -> watch.reigns(main.reign()))
                .orElse(true);
        if (fit) {
            return watch.unfit(-1);
        }
        return watch.unfitSince() >= 0 ? watch : watch.unfit(turn.now());
    }

    private static void noteCurrent(Turn turn, ReplicaReport replica) {
        if (replica.joined() && replica.lag().values().stream().allMatch(lag -> lag <= 0)) {
            turn.watch(replica.name(), one -> one.current(turn.now()));
        }
    }
}
