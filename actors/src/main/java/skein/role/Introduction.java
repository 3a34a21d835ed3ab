package skein.role;

import java.util.List;
import java.util.UUID;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.vocabulary.ReplicaName;

/**
 * How an instance introduces itself to its replicas: as a MAIN, or in the place of the one that it follows.
 *
 * @param main the MAIN itself
 * @param path instances from this one up to the MAIN
 * @param system the MAIN's system database
 */
record Introduction(MainIdentity main, List<UUID> path, DatabaseIdentity system) {
    Introduction {
        path = List.copyOf(path);
    }

    Enlist enlist(ReplicaName registeredAs) {
        return new Enlist(ReplicationProtocol.VERSION, main, registeredAs, path);
    }

    /** @param reportedEpoch what the replica has said to be its highest epoch */
    Obey obey(boolean systemAnew, boolean resync, long reportedEpoch) {
        return new Obey(main, system, systemAnew, resync, path, reportedEpoch);
    }

    Hello hello(DatabaseIdentity database) {
        return new Hello(ReplicationProtocol.VERSION, main, database, path, system.id());
    }
}
