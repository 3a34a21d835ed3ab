package skein.simulation.cores;

import java.util.List;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.role.core.Registration;
import skein.role.core.RoleState;

/** When a cluster has come to rest. */
final class Rest {
    private Rest() {}

    /** One MAIN, everybody else its replica, in step and with the same log. */
    static boolean isAtRest(Truth truth, CoreNode main, int replicas) {
        CoreRole role = main.role();
        if (role == null || !role.isSteadyMain() || !(role.state() instanceof RoleState.Main own)) {
            return false;
        }
        if (own.replicas().size() != replicas) {
            return false;
        }
        for (CoreDatabase database : role.databases()) {
            if (!isAtRest(truth, database, own.replicas())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtRest(Truth truth, CoreDatabase database, List<Registration> replicas) {
        CoreMain duty = database.main();
        if (duty == null || !duty.isWritable()) {
            return false;
        }
        int index = database.node().logs().indexOf(database.log());
        for (Registration replica : replicas) {
            CoreRole other = truth.at(replica).role();
            boolean inStep = other != null
                    && duty.shown(replica.name()) == StreamState.READY
                    && other.databases()
                            .get(index)
                            .isCaughtUpWith(database.log().end());
            if (!inStep) {
                return false;
            }
        }
        return database.isCaughtUpWith(database.log().end());
    }
}
