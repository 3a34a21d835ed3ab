package skein.replication;

import java.util.function.Consumer;
import java.util.function.Supplier;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.role.core.Registration;

/**
 * One stream to be run.
 *
 * @param identity who this MAIN is now; asked at every connection
 * @param status hears what {@code SHOW REPLICAS} is to say
 * @param holds told when decisions of this database begin to depend on the replica
 */
public record StreamSpec(
        Registration registration, Supplier<MainIdentity> identity, Consumer<StreamStatus> status, Runnable holds) {}
