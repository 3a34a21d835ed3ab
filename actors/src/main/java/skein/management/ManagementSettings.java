package skein.management;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.InstanceRoleProtocol;
import skein.replication.WriteLatch;
import skein.role.InstanceFacts;
import skein.vocabulary.HostPort;

/**
 * What the agent needs.
 *
 * @param address where it listens for coordinators
 * @param role who carries out what it wants
 * @param facts what the databases hold
 * @param latch by which clients may write or not
 * @param lines who carries out what coordinators forward
 * @param nanos never falling, unrelated to any calendar
 */
public record ManagementSettings(
        HostPort address,
        Link link,
        ActorRef<InstanceRoleProtocol.Message> role,
        InstanceFacts facts,
        WriteLatch latch,
        Lines lines,
        LongSupplier nanos) {
    /** Takes connections on which coordinators forward transactions. Thread-safe. */
    public interface Lines {
        /** Who hears what comes on it from now on; empty when that is refused, which was said. */
        Optional<LinkListener> carry(LinkConnection connection, LineWanted wanted);
    }
}
