package skein.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.replication.DatabaseActor.DrainedReply;
import skein.replication.DatabaseActor.OpenReign;
import skein.replication.DatabaseActor.ReignOpen;
import skein.replication.DatabaseActor.ReignStands;
import skein.replication.core.CommitLedger;
import skein.replication.core.Doubt;
import skein.replication.core.FailureText;
import skein.replication.core.LedgerEffect;
import skein.replication.core.LedgerEffect.Complete;
import skein.replication.core.LedgerEffect.Decide;
import skein.replication.core.LedgerEffect.Holds;
import skein.replication.core.LedgerEffect.JoinedSync;
import skein.replication.core.LedgerEffect.LeftSync;
import skein.replication.core.LedgerEffect.Unknown;
import skein.replication.core.LedgerEffect.WakeAt;
import skein.replication.core.LedgerInput;
import skein.replication.core.WarningText;
import skein.role.core.Registration;
import skein.storage.failpoint.FailPoint;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/** What a database's actor does while the instance is MAIN: feeds the ledger and carries out what it decides. */
final class MainDuty {
    private final DatabaseCell cell;
    private final ServedDatabase served;
    private final DatabaseSettings settings;
    private final LongConsumer wakeAt;
    private final StreamGroup streams;
    private final CommitQueue queue;

    /** What sessions may do, as the ledger sees it. */
    private volatile CommitGate gate;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private CommitLedger ledger;
    private @Nullable PendingReign opening;
    private @Nullable PendingDrain draining;

    private record PendingReign(long epochLsn, OpenReign request, boolean stands) {}

    /** Durable up to there since then, and not decided. */
    private record Waiting(long lsn, long sinceNanos) {}

    private record PendingDrain(ActorRef<DrainedReply> replyTo, long deadlineNanos) {}

    /** Opens the first reign of this duty. The inherited tail is decided together with its EPOCH record. */
    MainDuty(
            DatabaseCell cell,
            ServedDatabase served,
            DatabaseSettings settings,
            StreamGroup.Spawner spawner,
            LongConsumer wakeAt,
            OpenReign request) {
        this.cell = cell;
        this.served = served;
        this.settings = settings;
        this.streams = new StreamGroup(spawner);
        this.wakeAt = wakeAt;
        served.beginMarks();
        long applied = cell.database().appliedLsn();
        long lsn = writeEpoch(request);
        this.ledger = CommitLedger.startingAt(applied, lsn, request.rules());
        this.gate = CommitGate.of(ledger);
        this.queue = new CommitQueue(cell.database(), lsn, streams::grown, () -> gate, settings, cell::nanos);
        this.opening = new PendingReign(lsn, request, false);
        request.replicas().forEach(terms -> register(terms.registration(), terms.joined()));
        durable();
    }

    private void register(Registration registration, boolean joined) {
        heard(new LedgerInput.Registered(registration.name(), settings.ruleOf(registration), joined));
    }

    private long writeEpoch(OpenReign request) {
        FailPoint.EPOCH_BEFORE_WRITE.reached();
        long lsn = cell.database().openReign(request.epoch()).lsn();
        FailPoint.EPOCH_WRITTEN.reached();
        return lsn;
    }

    /** Goes on in a new reign. */
    void openReign(OpenReign request) {
        long lsn = writeEpoch(request);
        opening = new PendingReign(lsn, request, false);
        streams.grown();
        durable();
    }

    /** The log is durable further than before. */
    void durable() {
        long lsn = cell.database().durableLsn();
        if (lsn > ledger.fsyncedLsn()) {
            served.grown(lsn);
            waiting.addLast(new Waiting(lsn, cell.nanos()));
            heard(new LedgerInput.Fsynced(lsn));
        }
        PendingReign pending = opening;
        if (pending != null && lsn >= pending.epochLsn) {
            opening = stands(pending);
        }
        streams.grown();
    }

    /** From here on what may be done is said by the gate. */
    private PendingReign stands(PendingReign pending) {
        if (pending.stands) {
            return pending;
        }
        served.serveWrites(queue);
        pending.request.replyTo().tell(new ReignStands(cell.id()));
        return new PendingReign(pending.epochLsn, pending.request, true);
    }

    /** Unless the stream was stopped in the meantime. */
    void heard(Growth stream, LedgerInput input) {
        if (streams.runs(stream)) {
            heard(input);
        }
    }

    void heard(LedgerInput input) {
        Step<CommitLedger, LedgerEffect> step = ledger.step(input, cell.nanos());
        ledger = step.state();
        gate = CommitGate.of(ledger);
        served.covered(ledger.isCovered());
        for (LedgerEffect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(LedgerEffect effect) {
        switch (effect) {
            case Decide(long lsn) -> decide(lsn);
            case Complete complete -> answer(complete);
            case Unknown(long first, long last, var missing) ->
                queue.unknown(first, last, FailureText.unknown(missing));
            case Holds(ReplicaName replica) -> holds(replica);
            case JoinedSync _ -> {}
            case LeftSync(ReplicaName replica) -> streams.tell(replica, new ReplicaStream.LeftSync());
            case WakeAt(long nanos) -> wakeAt.accept(nanos);
        }
    }

    private void answer(Complete complete) {
        FailPoint.COMMIT_BEFORE_ANSWER.reached();
        for (ReplicaAck ack : complete.acks()) {
            if (ack.acknowledged()) {
                settings.meter().acknowledged(ack);
            }
        }
        queue.complete(
                complete.firstLsn(),
                complete.lastLsn(),
                WarningText.notifications(complete.warnings()),
                complete.acks());
        FailPoint.COMMIT_ANSWERED.reached();
    }

    private void decide(long lsn) {
        FailPoint.COMMIT_BEFORE_DECIDE.reached();
        cell.decide(lsn);
        FailPoint.COMMIT_DECIDED.reached();
        while (!waiting.isEmpty() && waiting.getFirst().lsn() <= lsn) {
            settings.meter().decided(cell.nanos() - waiting.removeFirst().sinceNanos());
        }
        streams.tellAll(new ReplicaStream.Decided(lsn));
        FailPoint.COMMIT_REPLICAS_TOLD.reached();
        PendingReign pending = opening;
        if (pending != null && lsn >= pending.epochLsn) {
            opening = null;
            FailPoint.EPOCH_DECIDED.reached();
            stands(pending);
            pending.request.replyTo().tell(new ReignOpen(cell.id()));
        }
    }

    private void holds(ReplicaName replica) {
        StreamSpec stream = streams.spec(replica);
        if (stream != null) {
            stream.holds().run();
        }
    }

    void startStream(StreamSpec spec) {
        Registration registration = spec.registration();
        if (!ledger.knows(registration.name())) {
            register(registration, false);
        }
        streams.run(spec);
    }

    /** Answers the stream that has to be started again; null when it has ended as it should. */
    @Nullable
    StreamSpec streamEnded(ActorRef<ReplicaStream.Message> actor) {
        StreamSpec broken = streams.broken(actor);
        if (broken != null) {
            heard(new LedgerInput.Lost(broken.registration().name(), Doubt.CONNECTION_LOST));
        }
        return broken;
    }

    void startStreamAgain(StreamSpec spec) {
        streams.runAgain(spec);
    }

    void stopStream(ReplicaName replica) {
        streams.stop(replica);
        heard(new LedgerInput.Dropped(replica));
    }

    /** No new commits; what is under way goes on. */
    void drain(ActorRef<DrainedReply> replyTo, long nowNanos) {
        served.refuseWrites();
        queue.refuse();
        draining = new PendingDrain(replyTo, nowNanos + settings.drainPatience().toNanos());
    }

    /** True when the drain has ended, because nothing is left or because time is up. */
    boolean drainTick(long nowNanos) {
        PendingDrain pending = draining;
        if (pending == null) {
            return true;
        }
        boolean drained = queue.isEmpty() && served.streamsDrained(cell.end().lsn());
        if (drained || nowNanos > pending.deadlineNanos) {
            draining = null;
            pending.replyTo.tell(new DrainedReply(cell.id()));
            return true;
        }
        return false;
    }

    /** The duty is over. */
    void end() {
        served.refuseWrites();
        served.covered(false);
        streams.stopAll(actor -> {});
        cell.database().closeReign();
        queue.abandon("this instance stopped being MAIN while the commit waited for its decision");
    }
}
