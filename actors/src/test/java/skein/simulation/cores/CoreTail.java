package skein.simulation.cores;

import java.util.Optional;
import java.util.function.Consumer;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.replication.core.FollowerInput;
import skein.role.core.RoleEffect.PullTail;
import skein.vocabulary.LogPosition;

/** One tail on its way from another member into a log of this node, piece by piece. */
final class CoreTail {
    private final PullTail task;
    private final CoreCall call;
    private final CoreDatabase database;
    private final Consumer<LogPosition> inherited;
    private final long fromLsn;
    private LogPosition expected = LogPosition.START;
    private int pieces;

    CoreTail(PullTail task, CoreCall call, CoreDatabase database, Consumer<LogPosition> inherited) {
        this.task = task;
        this.call = call;
        this.database = database;
        this.inherited = inherited;
        this.fromLsn = database.log().end().lsn();
    }

    PullTail task() {
        return task;
    }

    CoreCall call() {
        return call;
    }

    CoreDatabase database() {
        return database;
    }

    long fromLsn() {
        return fromLsn;
    }

    /** How many pieces have come: a patience that began with an earlier one means nothing. */
    int pieces() {
        return pieces;
    }

    /** False when this log does not hold the record that the tail continues. */
    boolean begin() {
        Optional<LogPosition> after = database.log().positionOf(task.afterLsn());
        after.ifPresent(position -> {
            expected = position;
            database.inherit(new FollowerInput.TailCut(position), inherited);
        });
        return after.isPresent();
    }

    /** False when this log ends elsewhere than it would if it had taken what it was given. */
    boolean follows(LogPosition end) {
        return end.equals(expected);
    }

    boolean isComplete(LogPosition end) {
        return end.lsn() >= task.end().lsn();
    }

    void askForMore(LogPosition end) {
        pieces++;
        call.say(new Pull(task.epoch(), task.database().id(), end));
    }

    /** False when there is nothing in it although the tail is not complete. */
    boolean take(Pulled pulled) {
        boolean more = pulled.records().hasRemaining();
        if (more) {
            pieces++;
            expected = pulled.last();
            database.inherit(
                    new FollowerInput.TailTaken(pulled.previous(), pulled.last(), pulled.records()), inherited);
        }
        return more;
    }
}
