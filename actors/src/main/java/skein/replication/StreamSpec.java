package skein.replication;

import java.util.function.Consumer;
import java.util.function.Function;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Hello;
import skein.role.core.Registration;
import skein.vocabulary.ReplicationMode;

/**
 * One stream to be run.
 *
 * @param hello how this instance introduces itself now; asked at every connection
 * @param passesOn on a REPLICA: only what its MAIN has decided is sent, whatever the mode
 * @param status hears what {@code SHOW REPLICAS} is to say
 * @param holds told when decisions of this database begin to depend on the replica
 */
public record StreamSpec(
        Registration registration,
        Function<DatabaseIdentity, Hello> hello,
        boolean passesOn,
        Consumer<StreamStatus> status,
        Runnable holds) {
    /** By whose rules records travel. */
    ReplicationMode travels() {
        return passesOn ? ReplicationMode.ASYNC : registration.mode();
    }
}
