package skein.coordination;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import skein.coordination.core.Identity;
import skein.link.Link;
import skein.protocol.RaftProtocol;
import skein.user.core.Users;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/**
 * What a coordinator is started with.
 *
 * @param self how others reach it
 * @param bind where to listen for other coordinators; port 0 for any free one
 * @param link to instances and to other coordinators
 * @param raft the member of the group, for the owner that it tells everything
 * @param nanos a clock that only goes forward
 * @param wallMillis since 1970, for people
 * @param fresh identity for a new cluster
 * @param admit hears who the coordinators' users are, at each change
 * @param meter hears what happens
 * @param fatal hears why this coordinator cannot go on
 */
public record CoordinatorPorts(
        Identity self,
        HostPort bind,
        Link link,
        Function<ActorRef<RaftProtocol.Event>, Behavior<RaftProtocol.Command>> raft,
        LongSupplier nanos,
        LongSupplier wallMillis,
        Supplier<UUID> fresh,
        Consumer<Users> admit,
        CoordinatorMeter meter,
        Consumer<SkeinException> fatal) {}
