package skein.coordination.core;

import java.util.Optional;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.RaftProtocol.Member;
import skein.user.core.Users;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** What a coordinator does; those with a number are answered by Concluded or StatusTold with the same one. */
public sealed interface CoordinatorEffect {
    record Propose(long number, ClusterChange change) implements CoordinatorEffect {}

    record Confirm(long number) implements CoordinatorEffect {}

    record Found(long number) implements CoordinatorEffect {}

    record AddMember(long number, Member member) implements CoordinatorEffect {}

    record RemoveMember(long number, int id) implements CoordinatorEffect {}

    record Transfer(long number) implements CoordinatorEffect {}

    record AskStatus(long number) implements CoordinatorEffect {}

    /** The log up to there may go. */
    record TakeState(long index, ClusterState state) implements CoordinatorEffect {}

    /** These may come in from now on. */
    record Admit(Users users) implements CoordinatorEffect {}

    /** To the one who asked. Every ticket gets one of these, or SayElsewhere. */
    record Tell(long ticket, Answer answer) implements CoordinatorEffect {}

    /** To a coordinator that took this one for the leader. */
    record SayElsewhere(long ticket, Optional<HostPort> leader) implements CoordinatorEffect {}

    record Relay(long ticket, HostPort leader, Request request) implements CoordinatorEffect {}

    /** Keep a line to this instance; LineOpened or LineClosed follows. */
    record Connect(InstanceName name, HostPort management) implements CoordinatorEffect {}

    record Disconnect(InstanceName name) implements CoordinatorEffect {}

    record Assign(InstanceName name, Assignment assignment) implements CoordinatorEffect {}

    /** A change of role or topology, for the log. */
    record Note(Happening happening, String text) implements CoordinatorEffect {}
}
