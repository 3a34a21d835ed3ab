package skein.raft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftProtocol.AddMember;
import skein.protocol.RaftProtocol.Command;
import skein.protocol.RaftProtocol.ConfirmLeadership;
import skein.protocol.RaftProtocol.Found;
import skein.protocol.RaftProtocol.Message;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Propose;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.RemoveMember;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.ShowStatus;
import skein.protocol.RaftProtocol.StateTaken;
import skein.protocol.RaftProtocol.TransferLeadership;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What a member is told while it writes, in order. The journal's own stash would drop without a word what is too much;
 * here a wish beyond the bound is refused in words, and what lines and timers say is always kept: lines stop by
 * themselves when nothing is confirmed.
 */
final class HeldMessages {
    /** So many wishes wait at most. */
    static final int WISHES_MAX = 2_000;

    private final Deque<Message> held = new ArrayDeque<>();
    private int wishes;

    /** Keeps it for later, or answers that too much waits already. */
    void add(Message message) {
        ActorRef<Reply> asker = asker(message);
        if (asker != null) {
            if (wishes >= WISHES_MAX) {
                asker.tell(busy());
                return;
            }
            wishes++;
        }
        held.addLast(message);
    }

    /** The oldest one; null when nothing is left. */
    @Nullable
    Message poll() {
        Message message = held.pollFirst();
        if (message != null && asker(message) != null) {
            wishes--;
        }
        return message;
    }

    /** The member ends: what it has not looked at has not happened. */
    void refuseAll() {
        for (Message message = poll(); message != null; message = poll()) {
            ActorRef<Reply> asker = asker(message);
            if (asker != null) {
                asker.tell(new NotLeading(Optional.empty()));
            }
        }
    }

    private static Refused busy() {
        return new Refused(new SkeinException(
                ErrorCode.BUSY,
                "SKEIN-RAFT-018: " + WISHES_MAX
                        + " requests wait already for this coordinator's journal, which is being"
                        + " written. Nothing changed. Try again, here or on another coordinator; if it stays so, the disk"
                        + " of this coordinator's data directory is full or slow."));
    }

    /** Who waits for an answer that may be a refusal. */
    private static @Nullable ActorRef<Reply> asker(Message message) {
        return message instanceof Command command
                ? switch (command) {
                    case Propose propose -> propose.replyTo();
                    case ConfirmLeadership confirm -> confirm.replyTo();
                    case Found found -> found.replyTo();
                    case AddMember add -> add.replyTo();
                    case RemoveMember remove -> remove.replyTo();
                    case TransferLeadership transfer -> transfer.replyTo();
                    case ShowStatus _, StateTaken _ -> null;
                }
                : null;
    }
}
