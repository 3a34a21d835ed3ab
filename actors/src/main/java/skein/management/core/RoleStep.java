package skein.management.core;

import java.util.List;
import java.util.UUID;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.Peer;
import skein.role.core.RoleView;
import skein.vocabulary.ReplicaName;

/** One step on the way from what an instance is to what it shall be. */
public sealed interface RoleStep {
    /** What the role shows once the step has been taken, perhaps before it is answered. */
    boolean isTaken(RoleView role);

    /** Belong to this group of coordinators. */
    record Join(UUID cluster) implements RoleStep {
        @Override
        public boolean isTaken(RoleView role) {
            return role.cluster().equals(cluster);
        }
    }

    /** Be MAIN in this reign, or go on in it. */
    record Reign(long reign, List<Peer> others) implements RoleStep {
        public Reign {
            others = List.copyOf(others);
        }

        @Override
        public boolean isTaken(RoleView role) {
            return role.kind() == Kind.MAIN && role.stands() && role.reign() == reign;
        }
    }

    /** @param port where to listen; 0: step down and listen nowhere */
    record Serve(int port) implements RoleStep {
        @Override
        public boolean isTaken(RoleView role) {
            return !role.busy() && role.kind() != Kind.MAIN && role.port() == port;
        }
    }

    record Enlist(Peer peer) implements RoleStep {
        @Override
        public boolean isTaken(RoleView role) {
            return !role.busy() && role.hasReplica(Plan.nameOf(peer));
        }
    }

    record Drop(ReplicaName name) implements RoleStep {
        @Override
        public boolean isTaken(RoleView role) {
            return !role.busy() && !role.hasReplica(name);
        }
    }
}
