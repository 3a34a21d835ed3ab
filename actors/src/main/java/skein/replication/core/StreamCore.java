package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.replication.core.StreamEffect.CaughtUp;
import skein.replication.core.StreamEffect.CloseSnapshot;
import skein.replication.core.StreamEffect.Connect;
import skein.replication.core.StreamEffect.Disconnect;
import skein.replication.core.StreamEffect.Fetch;
import skein.replication.core.StreamEffect.Locate;
import skein.replication.core.StreamEffect.Lost;
import skein.replication.core.StreamEffect.NoteGivenUp;
import skein.replication.core.StreamEffect.Progress;
import skein.replication.core.StreamEffect.RetryAt;
import skein.replication.core.StreamEffect.Say;
import skein.replication.core.StreamEffect.SayHello;
import skein.replication.core.StreamEffect.Send;
import skein.replication.core.StreamInput.BlocksFetched;
import skein.replication.core.StreamInput.Closed;
import skein.replication.core.StreamInput.Decided;
import skein.replication.core.StreamInput.Fetched;
import skein.replication.core.StreamInput.FetchedNothing;
import skein.replication.core.StreamInput.Grown;
import skein.replication.core.StreamInput.LeftSync;
import skein.replication.core.StreamInput.Located;
import skein.replication.core.StreamInput.NoSnapshot;
import skein.replication.core.StreamInput.NotHeld;
import skein.replication.core.StreamInput.Opened;
import skein.replication.core.StreamInput.Received;
import skein.replication.core.StreamInput.SnapshotMade;
import skein.replication.core.StreamInput.SnapshotOpened;
import skein.replication.core.StreamInput.Tick;
import skein.replication.core.StreamPhase.Connecting;
import skein.replication.core.StreamPhase.Greeting;
import skein.replication.core.StreamPhase.Preparing;
import skein.replication.core.StreamPhase.Rebuilding;
import skein.replication.core.StreamPhase.Sending;
import skein.replication.core.StreamPhase.Stopped;
import skein.replication.core.StreamPhase.Streaming;
import skein.replication.core.StreamPhase.Waiting;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.Step;

/**
 * Brings one replica's copy of one database up to date and keeps it there: connect, find the matching point, send what
 * is missing, follow live. Rules, each with a scenario in {@code scenario/stream}:
 *
 * <ul>
 *   <li>An ASYNC replica is sent decided records only; every other also what is not decided or durable here yet.
 *   <li>A decision travels with the next records or, when there are none, at once; it never exceeds what was sent on
 *       this connection.
 *   <li>The window bounds what is sent and not durable on the replica, in bytes and in messages.
 *   <li>A replica has caught up when it durably holds what MAIN held at a moment when everything had been sent; only
 *       then may commits wait for it.
 *   <li>A replica whose data is older than the log kept here gets a snapshot first, and so does one for which that
 *       moves clearly fewer bytes ({@link CatchUp}). The snapshot goes on where the replica says, and after it the
 *       conversation starts over on the same connection.
 *   <li>A replica that has settled records beyond the common point has diverged: it gives them up and is rebuilt. If
 *       that does not help it is left alone until an operator acts. One that is merely ahead, of a replica that passes
 *       on what it knows, waits.
 * </ul>
 *
 * <pre>
 * shown        while                                                       leaves for
 * INVALID      not connected, greeting, silent for three checks            RECOVERY, DIVERGED
 * RECOVERY     behind; a snapshot is made, sent or installed               READY, REPLICATING, INVALID, DIVERGED
 * REPLICATING  caught up, records under way                                READY, RECOVERY (left sync), INVALID
 * READY        holds everything                                            REPLICATING, RECOVERY (left sync), INVALID
 * DIVERGED     gives up what MAIN does not have, or refuses to follow      RECOVERY, INVALID; stays once stopped
 * </pre>
 *
 * @param endLsn MAIN's last record
 * @param decidedLsn MAIN's newest decision
 * @param durableLsn what the replica is known to hold, kept across connections for display
 * @param appliedLsn what the replica is known to show
 * @param heardNanos when it was last heard on this connection
 * @param sentNanos when something was last sent
 */
public record StreamCore(
        StreamLimits limits,
        ReplicationMode mode,
        StreamPhase phase,
        long endLsn,
        long decidedLsn,
        long durableLsn,
        long appliedLsn,
        long heardNanos,
        long sentNanos) {
    private static final long FIRST_RETRY_NANOS = 100_000_000;
    private static final int DOUBLINGS_MAX = 10;
    private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

    /** Before the first attempt: the next Tick connects. */
    public static StreamCore starting(StreamLimits limits, ReplicationMode mode, long endLsn, long decidedLsn) {
        return new StreamCore(limits, mode, new Waiting(0, 0), endLsn, decidedLsn, 0, 0, 0, 0);
    }

    /** As {@code SHOW REPLICAS} prints it; for a SYNC replica the ledger has the last word on READY. */
    public StreamState shown(long nowNanos) {
        return switch (phase) {
            case Stopped(boolean diverged) -> diverged ? StreamState.DIVERGED : StreamState.INVALID;
            case Waiting _, Connecting _, Greeting _ -> StreamState.INVALID;
            case Preparing _ -> StreamState.RECOVERY;
            case Sending _ -> isSilent(nowNanos) ? StreamState.INVALID : StreamState.RECOVERY;
            case Rebuilding(boolean diverged) ->
                isSilent(nowNanos) ? StreamState.INVALID : diverged ? StreamState.DIVERGED : StreamState.RECOVERY;
            case Streaming(Flow flow) -> {
                if (isSilent(nowNanos)) {
                    yield StreamState.INVALID;
                }
                if (!flow.caughtUp()) {
                    yield StreamState.RECOVERY;
                }
                yield durableLsn < shippable() ? StreamState.REPLICATING : StreamState.READY;
            }
        };
    }

    private boolean isSilent(long nowNanos) {
        return nowNanos - heardNanos > limits.silenceNanos();
    }

    /** True when the replica holds and knows all that this MAIN has decided: nothing is lost by leaving now. */
    public boolean isDrained() {
        return phase instanceof Streaming(Flow flow) && durableLsn >= endLsn && flow.decidedSent() >= decidedLsn;
    }

    /** How much of a snapshot the replica has. */
    public record SnapshotSent(long receivedBytes, long bytes) {}

    /** Present while one is being sent, once the replica has said how much of it is there. */
    public Optional<SnapshotSent> snapshotSent() {
        return phase instanceof Sending(SnapshotFlow flow) && flow.answered()
                ? Optional.of(
                        new SnapshotSent(flow.receivedBytes(), flow.offer().bytes()))
                : Optional.empty();
    }

    /** True while records may flow or are about to. */
    public boolean isConnected() {
        return phase instanceof Streaming;
    }

    public Step<StreamCore, StreamEffect> step(StreamInput input, long nowNanos) {
        var effects = new ArrayList<StreamEffect>();
        StreamCore next = take(input, nowNanos, effects).pump(nowNanos, effects);
        if (phase.holdsSnapshot() && !next.phase.holdsSnapshot()) {
            effects.add(new CloseSnapshot(phase instanceof Sending(SnapshotFlow flow) ? flow.receivedBytes() : 0));
        }
        return new Step<>(next, effects);
    }

    private StreamCore take(StreamInput input, long now, List<StreamEffect> effects) {
        return switch (input) {
            case Tick() -> tick(now, effects);
            case Opened() -> opened(now, effects);
            case Closed(String detail) -> retry(detail, now, effects);
            case Received received -> received(received, now, effects);
            case Located(LogPosition position, CatchUpCosts costs) -> located(position, costs, now, effects);
            case Fetched fetched -> fetched(fetched, now, effects);
            case FetchedNothing() ->
                phase instanceof Streaming(Flow flow) ? in(new Streaming(flow.whileFetching(false))) : this;
            case NotHeld(long lsn, long startLsn, CatchUpCosts costs) -> notHeld(lsn, startLsn, costs, now, effects);
            case SnapshotOpened(OfferSnapshot offer) -> SnapshotSending.offered(this, offer, now, effects);
            case SnapshotMade() -> SnapshotSending.made(this, effects);
            case NoSnapshot(String reason) -> SnapshotSending.failed(this, reason, now, effects);
            case BlocksFetched(ByteBuffer blocks) -> SnapshotSending.fetched(this, blocks, now, effects);
            case Grown(long lsn) -> grown(lsn);
            case Decided(long lsn) -> decided(lsn);
            case LeftSync() -> leftSync();
        };
    }

    private StreamCore tick(long now, List<StreamEffect> effects) {
        return switch (phase) {
            case Waiting(long until, int attempt) -> now < until ? this : connect(attempt, now, effects);
            case Connecting(long since, _) -> hangUpAfter(limits.greetingNanos(), since, now, effects);
            case Greeting(long since, _) -> hangUpAfter(limits.greetingNanos(), since, now, effects);
            case Streaming(Flow flow) -> isToHangUp(now) ? hangUp(now, effects) : heartbeat(flow, now, effects);
            case Sending _, Rebuilding _ ->
                isToHangUp(now) ? hangUp(now, effects) : SnapshotSending.heartbeat(this, now, effects);
            case Preparing _, Stopped _ -> this;
        };
    }

    private StreamCore connect(int attempt, long now, List<StreamEffect> effects) {
        effects.add(new Connect());
        return in(new Connecting(now, attempt));
    }

    private boolean isToHangUp(long now) {
        return now - heardNanos >= limits.hangUpNanos();
    }

    private StreamCore hangUp(long now, List<StreamEffect> effects) {
        return hangUpAfter(limits.hangUpNanos(), heardNanos, now, effects);
    }

    private StreamCore hangUpAfter(long limit, long since, long now, List<StreamEffect> effects) {
        if (now - since < limit) {
            return this;
        }
        effects.add(new Disconnect());
        return retry("no answer for " + (now - since) / 1_000_000 + " ms", now, effects);
    }

    private StreamCore heartbeat(Flow flow, long now, List<StreamEffect> effects) {
        return now - sentNanos < limits.checkNanos() ? this : send(flow, flow.sent(), NO_RECORDS, now, effects);
    }

    private StreamCore opened(long now, List<StreamEffect> effects) {
        if (!(phase instanceof Connecting(_, int attempt))) {
            return this;
        }
        effects.add(new SayHello());
        return in(new Greeting(now, attempt)).heardAt(now);
    }

    StreamCore retry(String detail, long now, List<StreamEffect> effects) {
        int attempt = switch (phase) {
            case Waiting w -> w.attempt();
            case Connecting c -> c.attempt();
            case Greeting g -> g.attempt();
            case Streaming(Flow flow) -> flow.answered() ? 0 : 1;
            case Sending(SnapshotFlow flow) -> flow.answered() ? 0 : 1;
            case Preparing _, Rebuilding _ -> 1;
            case Stopped _ -> -1;
        };
        if (attempt < 0 || phase instanceof Waiting) {
            return this;
        }
        effects.add(new Say(detail));
        long pause = Math.min(FIRST_RETRY_NANOS << Math.min(attempt, DOUBLINGS_MAX), limits.retryNanosMax());
        effects.add(new Lost(Doubt.CONNECTION_LOST));
        effects.add(new RetryAt(now + pause));
        return in(new Waiting(now + pause, attempt + 1));
    }

    private StreamCore received(Received input, long now, List<StreamEffect> effects) {
        StreamCore heard = heardAt(now);
        return switch (input.message()) {
            case Welcome welcome
            when phase instanceof Greeting || phase instanceof Rebuilding ->
                heard.welcomed(welcome, input, now, effects);
            case Ack ack when phase instanceof Streaming(Flow flow) -> heard.acked(flow, ack, now, effects);
            case Refusal refusal -> heard.refused(refusal, now, effects);
            case SnapshotProgress progress -> SnapshotSending.progressed(heard, progress, now, effects);
            case GaveUp gaveUp
            when phase instanceof Rebuilding -> {
                effects.add(new NoteGivenUp(gaveUp));
                yield heard;
            }
            case Welcome _, Ack _, Report _, Obeyed _, GaveUp _ -> heard.unexpected(input.message(), now, effects);
            case Pledged _, PledgeRefused _, Pulled _ -> heard.unexpected(input.message(), now, effects);
        };
    }

    StreamCore unexpected(FromReplica message, long now, List<StreamEffect> effects) {
        if (phase instanceof Waiting || phase instanceof Stopped) {
            return this;
        }
        effects.add(new Disconnect());
        return retry("the replica sent " + message.getClass().getSimpleName() + " out of place", now, effects);
    }

    private StreamCore welcomed(Welcome welcome, Received input, long now, List<StreamEffect> effects) {
        long common = Lineage.commonLsn(input.reigns(), input.end().lsn(), welcome.log());
        long settled = welcome.log().settledLsn();
        if (settled > common) {
            if (Lineage.isAhead(welcome.log(), input.reigns(), input.end().lsn())) {
                effects.add(new Disconnect());
                return retry(
                        "the replica holds records up to lsn " + settled + ", all that is here up to lsn " + common
                                + " among them: it waits until more has come",
                        now,
                        effects);
            }
            return diverged(settled, common, now, effects);
        }
        effects.add(new Locate(common));
        return phase instanceof Rebuilding ? in(new Greeting(now, 0)) : this;
    }

    private StreamCore diverged(long settled, long common, long now, List<StreamEffect> effects) {
        String text = "the replica has settled records up to lsn " + settled
                + ", but shares MAIN's history only up to lsn " + common;
        if (phase instanceof Rebuilding(boolean again) && again) {
            return stop(true, text + ", although it gave up what followed", effects);
        }
        effects.add(new Say(text + ": it gives up what follows and is rebuilt"));
        effects.add(new Send(new GiveUp(common)));
        return in(new Rebuilding(true)).sentAt(now);
    }

    private StreamCore stop(boolean diverged, String text, List<StreamEffect> effects) {
        effects.add(new Say(text));
        effects.add(new Disconnect());
        effects.add(new Lost(diverged ? Doubt.DIVERGED : Doubt.CONNECTION_LOST));
        return in(new Stopped(diverged));
    }

    private StreamCore located(LogPosition position, CatchUpCosts costs, long now, List<StreamEffect> effects) {
        if (!isChoosing()) {
            return this;
        }
        return switch (choice(true, position.lsn(), costs)) {
            case CatchUp.ByLog(), CatchUp.NoWay() -> byLog(position, now, effects);
            case CatchUp.BySnapshot(long lsn) -> SnapshotSending.open(this, lsn, position.lsn(), position, effects);
            case CatchUp.ByNewSnapshot() -> SnapshotSending.make(this, position.lsn(), position, effects);
        };
    }

    private boolean isChoosing() {
        return phase instanceof Greeting || phase instanceof Preparing;
    }

    private CatchUp choice(boolean logHeld, long afterLsn, CatchUpCosts costs) {
        boolean made = phase instanceof Preparing preparing && preparing.made();
        return CatchUp.choose(logHeld, afterLsn, made ? costs.withoutNewSnapshot() : costs);
    }

    StreamCore byLog(LogPosition match, long now, List<StreamEffect> effects) {
        effects.add(new Send(new Match(match)));
        return in(new Streaming(Flow.from(match))).sentAt(now);
    }

    private StreamCore refused(Refusal refusal, long now, List<StreamEffect> effects) {
        if (phase instanceof Waiting || phase instanceof Stopped) {
            return this;
        }
        if (refusal.reason().isFinal()) {
            return stop(refusal.reason() == Reason.DIVERGED, refusal.message(), effects);
        }
        effects.add(new Disconnect());
        return retry(refusal.message(), now, effects);
    }

    private StreamCore acked(Flow flow, Ack ack, long now, List<StreamEffect> effects) {
        if (ack.receivedLsn() > flow.sent().lsn()) {
            return unexpected(ack, now, effects);
        }
        effects.add(new Progress(ack.durableLsn(), ack.appliedLsn()));
        return new StreamCore(
                limits,
                mode,
                new Streaming(flow.acked(ack.durableLsn())),
                endLsn,
                decidedLsn,
                ack.durableLsn(),
                ack.appliedLsn(),
                heardNanos,
                sentNanos);
    }

    private StreamCore fetched(Fetched fetched, long now, List<StreamEffect> effects) {
        if (!(phase instanceof Streaming(Flow flow)) || !flow.fetching()) {
            return this;
        }
        Invariant.check(
                fetched.previous().equals(flow.sent()), "read after %s, sent %s", fetched.previous(), flow.sent());
        Invariant.check(
                fetched.last().lsn() <= shippable(),
                "read %d, allowed %d",
                fetched.last().lsn(),
                shippable());
        return send(flow.whileFetching(false), fetched.last(), fetched.records(), now, effects);
    }

    private StreamCore notHeld(long lsn, long startLsn, CatchUpCosts costs, long now, List<StreamEffect> effects) {
        if (phase instanceof Streaming) {
            effects.add(new Disconnect());
            return retry("the log after lsn " + lsn + " was dropped before it could be sent", now, effects);
        }
        if (!isChoosing()) {
            return this;
        }
        return switch (choice(false, lsn, costs)) {
            case CatchUp.BySnapshot(long found) -> SnapshotSending.open(this, found, lsn, null, effects);
            case CatchUp.ByNewSnapshot() -> SnapshotSending.make(this, lsn, null, effects);
            // trying again would not bring the records back
            case CatchUp.ByLog(), CatchUp.NoWay() -> stop(false, olderThanTheLog(lsn, startLsn), effects);
        };
    }

    private static String olderThanTheLog(long lsn, long startLsn) {
        return "the replica's data is older than the log kept here: it has records up to lsn " + lsn
                + ", the log begins after lsn " + startLsn + ", and there is no snapshot of this database. Drop the"
                + " replica, give it a copy of MAIN's data or keep more log, and register it again";
    }

    private StreamCore send(Flow flow, LogPosition last, ByteBuffer records, long now, List<StreamEffect> effects) {
        long decided = Math.min(decidedLsn, last.lsn());
        int bytes = records.remaining();
        effects.add(new Send(new Append(flow.sent(), last, decided, records)));
        return in(new Streaming(flow.sent(last, bytes, decided))).sentAt(now);
    }

    /**
     * Nothing counts for having caught up again before the replica gives a sign: else it might leave at once, for ever.
     */
    private StreamCore leftSync() {
        return phase instanceof Streaming(Flow flow)
                ? in(new Streaming(flow.unanswered().reaching(Flow.NOWHERE)))
                : this;
    }

    /** Whatever the input was: sends what may be sent, one thing at a time. */
    private StreamCore pump(long now, List<StreamEffect> effects) {
        if (phase instanceof Sending(SnapshotFlow flow)) {
            return SnapshotSending.pump(this, flow, effects);
        }
        if (!(phase instanceof Streaming(Flow flow)) || !flow.answered()) {
            return this;
        }
        return judgeCaughtUp(flow, effects).ship(now, effects);
    }

    /** Once everything has been sent, remembers where that was, and waits until the replica durably holds it. */
    private StreamCore judgeCaughtUp(Flow flow, List<StreamEffect> effects) {
        if (flow.caughtUp()) {
            return this;
        }
        boolean allSent = flow.sent().lsn() >= shippable();
        long reach = allSent ? Math.min(flow.reachLsn(), flow.sent().lsn()) : flow.reachLsn();
        if (durableLsn < reach) {
            return in(new Streaming(flow.reaching(reach)));
        }
        effects.add(new CaughtUp(durableLsn, appliedLsn));
        return in(new Streaming(flow.reaching(reach).caughtUp(true)));
    }

    private StreamCore ship(long now, List<StreamEffect> effects) {
        if (!(phase instanceof Streaming(Flow flow)) || flow.fetching()) {
            return this;
        }
        long limit = shippable();
        if (flow.sent().lsn() >= limit) {
            boolean news = Math.min(decidedLsn, flow.sent().lsn()) > flow.decidedSent();
            return news ? send(flow, flow.sent(), NO_RECORDS, now, effects) : this;
        }
        if (!flow.hasRoom(limits)) {
            return this;
        }
        effects.add(new Fetch(flow.sent().lsn(), limit, limits.chunkBytes()));
        return in(new Streaming(flow.whileFetching(true)));
    }

    /** How far this replica's mode lets records travel. */
    private long shippable() {
        return switch (mode) {
            case ASYNC -> decidedLsn;
            case SYNC, STRICT_SYNC, QUORUM -> endLsn;
        };
    }

    StreamCore in(StreamPhase next) {
        return new StreamCore(limits, mode, next, endLsn, decidedLsn, durableLsn, appliedLsn, heardNanos, sentNanos);
    }

    StreamCore heardAt(long now) {
        return new StreamCore(limits, mode, phase, endLsn, decidedLsn, durableLsn, appliedLsn, now, sentNanos);
    }

    StreamCore sentAt(long now) {
        return new StreamCore(limits, mode, phase, endLsn, decidedLsn, durableLsn, appliedLsn, heardNanos, now);
    }

    private StreamCore grown(long lsn) {
        long end = Math.max(endLsn, lsn);
        return new StreamCore(limits, mode, phase, end, decidedLsn, durableLsn, appliedLsn, heardNanos, sentNanos);
    }

    private StreamCore decided(long lsn) {
        long end = Math.max(endLsn, lsn);
        return new StreamCore(limits, mode, phase, end, lsn, durableLsn, appliedLsn, heardNanos, sentNanos);
    }
}
