package skein.coordination.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.ManagementProtocol.FromInstance;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Status;
import skein.vocabulary.InstanceName;

/** What happens to a coordinator. */
public sealed interface CoordinatorInput {
    /** Nothing but time has passed. */
    record Tick() implements CoordinatorInput {}

    /**
     * @param ticket the shell's, used once
     * @param relayed by another coordinator, which is told when this one does not lead
     */
    record Asked(long ticket, Request request, boolean relayed) implements CoordinatorInput {}

    /** What the leader answered to a request that was relayed to it. */
    record LeaderAnswered(long ticket, Answer answer) implements CoordinatorInput {}

    /** The request did not reach the leader, or its answer did not come back. */
    record RelayBroken(long ticket, String why) implements CoordinatorInput {}

    /** The one it was relayed to does not lead. */
    record RelayMissed(long ticket) implements CoordinatorInput {}

    record Applied(long index, ClusterChange change) implements CoordinatorInput {}

    record Installed(long index, ClusterState state) implements CoordinatorInput {}

    /** @param fresh identity for the cluster in case it has none */
    record Elected(long term, UUID fresh) implements CoordinatorInput {}

    record Following(long term, Optional<Member> leader) implements CoordinatorInput {}

    record MembersChanged(List<Member> members) implements CoordinatorInput {
        public MembersChanged {
            members = List.copyOf(members);
        }
    }

    /** What Raft answers to the effect of this number. */
    record Concluded(long number, Reply reply) implements CoordinatorInput {}

    record StatusTold(long number, Status status) implements CoordinatorInput {}

    record LineOpened(InstanceName name) implements CoordinatorInput {}

    record LineClosed(InstanceName name, String why) implements CoordinatorInput {}

    record InstanceSaid(InstanceName name, FromInstance message) implements CoordinatorInput {}
}
