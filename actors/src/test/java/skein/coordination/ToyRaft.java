package skein.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Event;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Status;

/** An ideal group in one process: the first one that is founded leads for ever, and everybody hears everything. */
final class ToyRaft {
    private final List<ActorRef<Event>> owners = new CopyOnWriteArrayList<>();
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private long index;

    Behavior<RaftProtocol.Command> member(int id, ActorRef<Event> owner) {
        owner.tell(new RaftProtocol.MembersChanged(List.of()));
        owner.tell(new RaftProtocol.Following(0, Optional.empty()));
        return Behaviors.receiveMessage(command -> {
            heard(id, owner, command);
            return Behaviors.same();
        });
    }

    private boolean leads(int id) {
        return !members.isEmpty() && members.getFirst().id() == id;
    }

    private void heard(int id, ActorRef<Event> owner, RaftProtocol.Command command) {
        switch (command) {
            case RaftProtocol.Found(Member self, var replyTo) -> {
                members.add(self);
                owners.add(owner);
                owner.tell(new RaftProtocol.MembersChanged(List.copyOf(members)));
                owner.tell(new RaftProtocol.Elected(1));
                replyTo.tell(new Committed(index));
            }
            case RaftProtocol.Propose(byte[] entry, var replyTo) -> {
                if (!leads(id)) {
                    replyTo.tell(new NotLeading(members.stream().findFirst()));
                    return;
                }
                index++;
                owners.forEach(one -> one.tell(new RaftProtocol.Applied(index, 1, entry)));
                replyTo.tell(new Committed(index));
            }
            case RaftProtocol.ConfirmLeadership(var replyTo) ->
                replyTo.tell(leads(id) ? new Committed(index) : new NotLeading(Optional.empty()));
            case RaftProtocol.AddMember(Member member, var replyTo) -> {
                members.add(member);
                owners.forEach(one -> one.tell(new RaftProtocol.MembersChanged(List.copyOf(members))));
                replyTo.tell(new Committed(index));
            }
            case RaftProtocol.RemoveMember(int gone, var replyTo) -> {
                members.removeIf(one -> one.id() == gone);
                replyTo.tell(new Committed(index));
            }
            case RaftProtocol.TransferLeadership(var to, var replyTo) -> replyTo.tell(new Committed(index));
            case RaftProtocol.ShowStatus(var replyTo) -> replyTo.tell(status());
            case RaftProtocol.StateTaken taken -> {}
        }
    }

    /** Another one hears who leads. */
    void join(ActorRef<Event> owner) {
        owners.add(owner);
        owner.tell(new RaftProtocol.MembersChanged(List.copyOf(members)));
        owner.tell(new RaftProtocol.Following(1, Optional.of(members.getFirst())));
    }

    private Status status() {
        List<MemberStatus> rows = new ArrayList<>();
        members.forEach(member -> rows.add(new MemberStatus(member, true, index, 0)));
        return new Status(1, Optional.of(members.getFirst().id()), true, true, index, index, rows);
    }
}
