package skein.replication;

import java.time.Duration;
import skein.link.Link;
import skein.replication.core.StreamLimits;
import skein.replication.core.SyncAck;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/**
 * What every database actor of an instance shares.
 *
 * @param self name of this instance
 * @param bolt where clients find it
 * @param link opens connections to replicas
 * @param syncAckTimeout for SYNC replicas without a timeout of their own
 * @param drainPatience how long a step down waits for writes and replicas
 */
public record DatabaseSettings(
        InstanceName self,
        HostPort bolt,
        Link link,
        StreamLimits limits,
        SyncAck syncAck,
        Duration syncAckTimeout,
        Duration drainPatience) {}
