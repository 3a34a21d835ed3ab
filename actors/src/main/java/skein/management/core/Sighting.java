package skein.management.core;

import java.util.List;
import java.util.Map;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.role.core.RoleView;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicaName;

/**
 * What the instance is and holds at the moment of a step.
 *
 * @param quiet no commit is under way, and replicas that keep up have everything
 */
public record Sighting(RoleView role, Map<DatabaseName, LogEnd> logs, List<ReplicaSeen> replicas, boolean quiet) {
    public Sighting {
        logs = Map.copyOf(logs);
        replicas = List.copyOf(replicas);
    }

    boolean keepsUp(ReplicaName name) {
        return replicas.stream().anyMatch(one -> one.name().equals(name) && one.ready());
    }

    /**
     * A replica that is registered here.
     *
     * @param ready it keeps up in every database
     * @param lag in transactions
     */
    public record ReplicaSeen(ReplicaName name, boolean ready, Map<DatabaseName, Long> lag) {
        public ReplicaSeen {
            lag = Map.copyOf(lag);
        }
    }
}
