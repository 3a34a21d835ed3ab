package skein.replication;

import java.time.Duration;
import skein.link.Link;
import skein.replication.core.AckRule;
import skein.replication.core.CommitRules;
import skein.replication.core.StreamLimits;
import skein.replication.core.WriteGrant;
import skein.role.core.Registration;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/**
 * What every database actor of an instance shares.
 *
 * @param self name of this instance
 * @param bolt where clients find it
 * @param link opens connections to replicas
 * @param rules what the modes demand of a commit
 * @param syncAckTimeout for replicas without a timeout of their own
 * @param drainPatience how long a step down waits for writes and replicas
 * @param latch whether clients may write
 * @param meter hears how long commits take
 */
public record DatabaseSettings(
        InstanceName self,
        HostPort bolt,
        Link link,
        StreamLimits limits,
        CommitRules rules,
        Duration syncAckTimeout,
        Duration drainPatience,
        WriteLatch latch,
        CommitMeter meter) {
    /** Of an instance that no coordinators oversee, and nobody counts. */
    public DatabaseSettings(
            InstanceName self,
            HostPort bolt,
            Link link,
            StreamLimits limits,
            CommitRules rules,
            Duration syncAckTimeout,
            Duration drainPatience) {
        this(
                self,
                bolt,
                link,
                limits,
                rules,
                syncAckTimeout,
                drainPatience,
                new WriteLatch(WriteGrant.unlimited()),
                CommitMeter.NONE);
    }

    /** How commits, or what a replica shows, wait for this replica. */
    AckRule ruleOf(Registration registration) {
        Duration own = registration.ackTimeout();
        Duration timeout = own == null ? syncAckTimeout : own;
        return new AckRule(registration.mode(), timeout.toNanos(), own == null);
    }
}
