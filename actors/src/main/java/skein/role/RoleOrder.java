package skein.role;

import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.role.core.Peer;
import skein.role.core.Registration;
import skein.role.core.RoleView;
import skein.vocabulary.ReplicaName;

/**
 * What the coordinators want of this instance, one step at a time; told by their agent in the same process. Answered
 * Done or Refused, like an operator's commands.
 */
public sealed interface RoleOrder extends InstanceRoleProtocol.Message {
    /** Belong to this group of coordinators from now on. */
    record Join(UUID cluster, ActorRef<Reply> replyTo) implements RoleOrder {}

    /**
     * Be MAIN in this reign: promoted to it, or, where it is this MAIN's own already, gone on with after a restart.
     *
     * @param others whom to ask for what they hold, besides those that the system database names
     */
    record Reign(long reign, List<Peer> others, ActorRef<Reply> replyTo) implements RoleOrder {
        public Reign {
            others = List.copyOf(others);
        }
    }

    /** @param port where to listen; 0: step down and listen nowhere */
    record Serve(int port, ActorRef<Reply> replyTo) implements RoleOrder {}

    record Enlist(Registration registration, boolean resync, ActorRef<Reply> replyTo) implements RoleOrder {}

    record Drop(ReplicaName name, ActorRef<Reply> replyTo) implements RoleOrder {}

    /** Tell this one what the instance is, now and whenever that changes. */
    record Watch(ActorRef<RoleView> watcher) implements RoleOrder {}
}
