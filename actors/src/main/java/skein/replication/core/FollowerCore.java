package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.replication.core.FollowerEffect.Apply;
import skein.replication.core.FollowerEffect.HangUp;
import skein.replication.core.FollowerEffect.Log;
import skein.replication.core.FollowerEffect.Send;
import skein.replication.core.FollowerEffect.StopReceiving;
import skein.replication.core.FollowerEffect.Truncate;
import skein.replication.core.FollowerInput.Appended;
import skein.replication.core.FollowerInput.BlocksCame;
import skein.replication.core.FollowerInput.Closed;
import skein.replication.core.FollowerInput.Confirmed;
import skein.replication.core.FollowerInput.Deposed;
import skein.replication.core.FollowerInput.Durable;
import skein.replication.core.FollowerInput.Greeted;
import skein.replication.core.FollowerInput.LogRefused;
import skein.replication.core.FollowerInput.Matched;
import skein.replication.core.FollowerInput.NotReceived;
import skein.replication.core.FollowerInput.Offered;
import skein.replication.core.FollowerInput.Rebuilt;
import skein.replication.core.FollowerInput.Stored;
import skein.replication.core.FollowerInput.TailCut;
import skein.replication.core.FollowerInput.TailDecided;
import skein.replication.core.FollowerInput.TailTaken;
import skein.replication.core.FollowerInput.ToGiveUp;
import skein.replication.core.FollowerInput.Verified;
import skein.replication.core.Rebuild.Changing;
import skein.replication.core.Rebuild.Receiving;
import skein.replication.core.Rebuild.Verifying;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.Step;

/**
 * What a replica does with the records of one database. Rules, each with a scenario in {@code scenario/follower}:
 *
 * <ul>
 *   <li>Only the newest connection is listened to.
 *   <li>A record is logged only if it follows the last one, by epoch, lsn and checksum.
 *   <li>Acknowledged as durable is only what this log has fsynced.
 *   <li>Applied is only what is decided, durable here, and vouched for on this connection: at most up to the last
 *       record that was matched or received on it.
 *   <li>Who is promoted inherits from other members only while nobody streams.
 *   <li>A tail that does not match is dropped, unless it is settled: then this replica has diverged and says so. Its
 *       MAIN may tell it to give that up; it keeps a copy, says how much it was, and goes back.
 *   <li>A snapshot is received beside everything, and resumed where it ended. It is installed only when all of it was
 *       read back and everything settled here is in its history.
 *   <li>While the database changes over nothing is logged or applied, and no connection sees it; the newest one then
 *       hears Welcome again.
 * </ul>
 *
 * @param end last record handed to the log
 * @param durableLsn fsynced
 * @param appliedLsn applied
 * @param decidedLsn newest decision heard that this log holds
 * @param connection null when nobody streams
 * @param rebuild null while it just follows
 */
public record FollowerCore(
        InstanceName self,
        HostPort bolt,
        LogPosition end,
        long durableLsn,
        long appliedLsn,
        long decidedLsn,
        @Nullable Connection connection,
        @Nullable Rebuild rebuild) {

    /** @param matched the matching point is known; before that nothing is logged or applied */
    record Connection(long number, boolean matched) {}

    /** A replica that nobody streams to. */
    public static FollowerCore starting(
            InstanceName self, HostPort bolt, LogPosition end, long durableLsn, long appliedLsn) {
        return new FollowerCore(self, bolt, end, durableLsn, appliedLsn, appliedLsn, null, null);
    }

    public Step<FollowerCore, FollowerEffect> step(FollowerInput input) {
        var effects = new ArrayList<FollowerEffect>();
        FollowerCore next = take(input, effects).unlessLeft(effects);
        Invariant.check(
                next.appliedLsn <= next.durableLsn && next.durableLsn <= next.end.lsn(),
                "applied %d, durable %d, end %d",
                next.appliedLsn,
                next.durableLsn,
                next.end.lsn());
        return new Step<>(next, effects);
    }

    private FollowerCore take(FollowerInput input, List<FollowerEffect> effects) {
        return switch (input) {
            case Greeted greeted -> greeted(greeted, effects);
            case Matched matched -> isCurrent(matched.connection()) ? matched(matched, effects) : this;
            case Offered(long number, OfferSnapshot offer, long settled) ->
                isCurrent(number) ? SnapshotReceiving.offered(this, number, offer, settled, effects) : this;
            case BlocksCame(long number, SnapshotBlocks message) ->
                isCurrent(number) ? SnapshotReceiving.blocks(this, message.offset(), message.blocks(), effects) : this;
            case Stored(long number, long bytes) -> SnapshotReceiving.stored(this, number, bytes, effects);
            case Verified(long number, LogPosition position, List<LogPosition> reigns, LogReport own) ->
                SnapshotReceiving.verified(this, number, position, reigns, own, effects);
            case NotReceived(long number, Reason reason, String message) ->
                SnapshotReceiving.notReceived(this, number, reason, message, effects);
            case ToGiveUp wish -> isCurrent(wish.connection()) ? SnapshotReceiving.toGiveUp(this, wish, effects) : this;
            case Rebuilt rebuilt -> SnapshotReceiving.rebuilt(this, rebuilt, effects);
            case Appended(long number, Append append) -> isCurrent(number) ? appended(append, effects) : this;
            case LogRefused(LogPosition last, String message) ->
                new FollowerCore(
                                self,
                                bolt,
                                last,
                                durableLsn,
                                appliedLsn,
                                Math.min(decidedLsn, last.lsn()),
                                connection,
                                rebuild)
                        .refuse(Reason.OUT_OF_SEQUENCE, message, effects);
            case Durable(long lsn) -> rebuild instanceof Changing ? this : durable(lsn, effects);
            case Confirmed() -> acknowledge(effects);
            case Closed(long number) -> isCurrent(number) ? with((Connection) null) : this;
            case Deposed(Reason reason, String message) -> refuse(reason, message, effects);
            case TailCut(LogPosition at) -> tailCut(at, effects);
            case TailTaken taken -> tailTaken(taken, effects);
            case TailDecided(long lsn) -> tailDecided(lsn, effects);
        };
    }

    private boolean isCurrent(long number) {
        return connection != null && connection.number() == number;
    }

    private FollowerCore greeted(Greeted greeted, List<FollowerEffect> effects) {
        if (connection != null && connection.number() > greeted.connection()) {
            refuse(greeted.connection(), Reason.SUPERSEDED, "a newer connection streams this database", effects);
            return this;
        }
        if (connection != null) {
            String text = "a newer connection of the same MAIN has taken over";
            refuse(connection.number(), Reason.SUPERSEDED, text, effects);
        }
        FollowerCore next = with(new Connection(greeted.connection(), false));
        if (rebuild instanceof Changing(long received)) {
            next.send(new SnapshotProgress(received, true), effects);
        } else {
            next.send(new Welcome(self, bolt, greeted.log()), effects);
        }
        return next;
    }

    private FollowerCore matched(Matched matched, List<FollowerEffect> effects) {
        if (rebuild != null) {
            return refuse(Reason.UNEXPECTED, "a matching point while this replica is rebuilt", effects);
        }
        LogPosition theirs = matched.theirs();
        if (theirs.lsn() < matched.settledLsn()) {
            String text = "this replica has settled records up to lsn " + matched.settledLsn()
                    + ", the MAIN's history matches only up to lsn " + theirs.lsn();
            return refuse(Reason.DIVERGED, text, effects);
        }
        Optional<LogPosition> ours = matched.ours();
        if (ours.isEmpty()) {
            return refuse(Reason.OUT_OF_SEQUENCE, "this log has no record at lsn " + theirs.lsn(), effects);
        }
        if (!ours.get().equals(theirs)) {
            String text =
                    "the records at lsn " + theirs.lsn() + " differ: " + ours.get() + " here, " + theirs + " there";
            return refuse(Reason.DIVERGED, text, effects);
        }
        if (theirs.lsn() < end.lsn()) {
            effects.add(new Truncate(theirs.lsn()));
        }
        return endingAt(theirs, new Connection(matched.connection(), true)).acknowledge(effects);
    }

    private FollowerCore endingAt(LogPosition last, @Nullable Connection by) {
        long lsn = last.lsn();
        return new FollowerCore(
                self,
                bolt,
                last,
                Math.min(durableLsn, lsn),
                Math.min(appliedLsn, lsn),
                Math.min(decidedLsn, lsn),
                by,
                null);
    }

    private FollowerCore appended(Append append, List<FollowerEffect> effects) {
        if (connection == null || !connection.matched()) {
            return refuse(Reason.UNEXPECTED, "records before the matching point", effects);
        }
        if (!append.previous().equals(end)) {
            String text = "records after " + append.previous() + " do not follow " + end;
            return refuse(Reason.OUT_OF_SEQUENCE, text, effects);
        }
        boolean records = append.records().hasRemaining();
        if (records) {
            effects.add(new Log(append.records(), append.last()));
        }
        long decided = Math.max(decidedLsn, append.decidedLsn());
        var next = new FollowerCore(self, bolt, append.last(), durableLsn, appliedLsn, decided, connection, rebuild);
        next = next.apply(effects);
        return records && next.appliedLsn == appliedLsn ? next : next.acknowledge(effects);
    }

    private FollowerCore durable(long lsn, List<FollowerEffect> effects) {
        long durable = Math.min(lsn, end.lsn());
        if (durable <= durableLsn) {
            return this;
        }
        return new FollowerCore(self, bolt, end, durable, appliedLsn, decidedLsn, connection, rebuild)
                .apply(effects)
                .acknowledge(effects);
    }

    private FollowerCore tailCut(LogPosition at, List<FollowerEffect> effects) {
        nobodyStreams();
        if (at.lsn() >= end.lsn()) {
            return this;
        }
        effects.add(new Truncate(at.lsn()));
        return endingAt(at, null);
    }

    private FollowerCore tailTaken(TailTaken taken, List<FollowerEffect> effects) {
        nobodyStreams();
        if (!taken.previous().equals(end)) {
            return this;
        }
        effects.add(new Log(taken.records(), taken.last()));
        return new FollowerCore(self, bolt, taken.last(), durableLsn, appliedLsn, decidedLsn, null, rebuild);
    }

    private FollowerCore tailDecided(long lsn, List<FollowerEffect> effects) {
        nobodyStreams();
        long decided = Math.max(decidedLsn, Math.min(lsn, end.lsn()));
        return new FollowerCore(self, bolt, end, durableLsn, appliedLsn, decided, null, rebuild).apply(effects);
    }

    private void nobodyStreams() {
        Invariant.check(connection == null, "a tail is inherited while a MAIN streams");
    }

    private FollowerCore apply(List<FollowerEffect> effects) {
        long lsn = Math.min(decidedLsn, durableLsn);
        if (lsn <= appliedLsn) {
            return this;
        }
        effects.add(new Apply(lsn));
        return new FollowerCore(self, bolt, end, durableLsn, lsn, decidedLsn, connection, rebuild);
    }

    private FollowerCore acknowledge(List<FollowerEffect> effects) {
        if (connection != null && connection.matched()) {
            send(new Ack(end.lsn(), durableLsn, appliedLsn), effects);
        }
        return this;
    }

    /** To whoever streams now. */
    void send(FromReplica message, List<FollowerEffect> effects) {
        if (connection != null) {
            effects.add(new Send(connection.number(), message));
        }
    }

    /** What a connection has begun to send ends with it. */
    private FollowerCore unlessLeft(List<FollowerEffect> effects) {
        boolean left = switch (rebuild) {
            case null -> false;
            case Receiving receiving -> !isCurrent(receiving.connection());
            case Verifying verifying -> !isCurrent(verifying.connection());
            case Changing _ -> false;
        };
        if (!left) {
            return this;
        }
        effects.add(new StopReceiving());
        return new FollowerCore(self, bolt, end, durableLsn, appliedLsn, decidedLsn, connection, null);
    }

    /** True while the database is not to be touched by anybody else. */
    public boolean isChanging() {
        return rebuild instanceof Changing;
    }

    FollowerCore with(Rebuild next) {
        return new FollowerCore(self, bolt, end, durableLsn, appliedLsn, decidedLsn, connection, next);
    }

    /** Nothing is logged until the next matching point. */
    FollowerCore unmatched() {
        return connection == null ? this : with(new Connection(connection.number(), false));
    }

    /** Another database under the same name. */
    FollowerCore over(LogPosition newEnd, long durable, long applied) {
        return new FollowerCore(self, bolt, newEnd, durable, applied, applied, connection, null).unmatched();
    }

    FollowerCore refuse(Reason reason, String message, List<FollowerEffect> effects) {
        if (connection == null) {
            return this;
        }
        refuse(connection.number(), reason, message, effects);
        return with((Connection) null);
    }

    private static void refuse(long number, Reason reason, String message, List<FollowerEffect> effects) {
        effects.add(new Send(number, new Refusal(reason, message)));
        effects.add(new HangUp(number));
    }

    private FollowerCore with(@Nullable Connection next) {
        return new FollowerCore(self, bolt, end, durableLsn, appliedLsn, decidedLsn, next, rebuild);
    }
}
