package skein.role;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.replication.DatabaseActor;
import skein.replication.DatabaseActor.Inherit;
import skein.replication.DatabaseActor.Inherited;
import skein.replication.ServedDatabase;
import skein.replication.core.FollowerInput;
import skein.role.core.RoleEffect.PullTail;
import skein.vocabulary.LogPosition;

/**
 * One tail on its way from another member into a log of this instance, piece by piece; the next is asked for when the
 * one before is durable here. Confined to the role's actor.
 */
final class TailPull {
    private final PullTail task;
    private final PeerCall call;
    private final ServedDatabase database;
    private final ActorRef<DatabaseActor.Message> actor;
    private final ActorRef<Inherited> replyTo;
    private final long fromLsn;
    private LogPosition expected = LogPosition.START;

    TailPull(
            PullTail task,
            PeerCall call,
            ServedDatabase database,
            ActorRef<DatabaseActor.Message> actor,
            ActorRef<Inherited> replyTo) {
        this.task = task;
        this.call = call;
        this.database = database;
        this.actor = actor;
        this.replyTo = replyTo;
        this.fromLsn = database.cell().database().logEnd().lsn();
    }

    PullTail task() {
        return task;
    }

    PeerCall call() {
        return call;
    }

    ServedDatabase database() {
        return database;
    }

    /** Where the log ended before. */
    long fromLsn() {
        return fromLsn;
    }

    /** False when this log does not hold the record that the tail continues. */
    boolean begin() {
        long lsn = task.afterLsn();
        Optional<LogPosition> after = lsn == 0
                ? Optional.of(LogPosition.START)
                : database.cell().database().positionOf(lsn);
        after.ifPresent(position -> {
            expected = position;
            actor.tell(new Inherit(new FollowerInput.TailCut(position), replyTo));
        });
        return after.isPresent();
    }

    /** False when this log ends elsewhere than it would if it had taken what it was given. */
    boolean follows(LogPosition end) {
        return end.equals(expected);
    }

    /** The log is durable up to its end, this one. */
    boolean isComplete(LogPosition end) {
        return end.lsn() >= task.end().lsn();
    }

    void askForMore(LogPosition end) {
        call.say(new Pull(task.epoch(), task.database().id(), end));
    }

    /** False when there is nothing in it although the tail is not complete. */
    boolean take(Pulled pulled) {
        boolean more = pulled.records().hasRemaining();
        if (more) {
            expected = pulled.last();
            actor.tell(new Inherit(
                    new FollowerInput.TailTaken(pulled.previous(), pulled.last(), pulled.records()), replyTo));
        }
        return more;
    }
}
