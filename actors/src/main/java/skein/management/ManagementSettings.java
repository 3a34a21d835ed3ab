package skein.management;

import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import skein.link.Link;
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
 * @param nanos never falling, unrelated to any calendar
 */
public record ManagementSettings(
        HostPort address,
        Link link,
        ActorRef<InstanceRoleProtocol.Message> role,
        InstanceFacts facts,
        WriteLatch latch,
        LongSupplier nanos) {}
