package skein.replication;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.replication.DatabaseActor.Inherited;
import skein.replication.core.FollowerCore;
import skein.replication.core.FollowerEffect;
import skein.replication.core.FollowerEffect.Apply;
import skein.replication.core.FollowerEffect.GiveUpAfter;
import skein.replication.core.FollowerEffect.HangUp;
import skein.replication.core.FollowerEffect.Install;
import skein.replication.core.FollowerEffect.Log;
import skein.replication.core.FollowerEffect.OpenIncoming;
import skein.replication.core.FollowerEffect.Send;
import skein.replication.core.FollowerEffect.StopReceiving;
import skein.replication.core.FollowerEffect.Store;
import skein.replication.core.FollowerEffect.Truncate;
import skein.replication.core.FollowerEffect.Verify;
import skein.replication.core.FollowerInput;
import skein.storage.Database;
import skein.storage.GivenUp;
import skein.storage.failpoint.FailPoint;
import skein.storage.snapshot.SnapshotContent;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * What a database's actor does while the instance is a REPLICA: feeds the follower core and carries out its effects.
 * What is decided goes through the {@link Relay}.
 */
final class ReplicaDuty {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaDuty.class);

    private final DatabaseCell cell;
    private final Map<Long, LinkConnection> connections = new HashMap<>();
    private final RebuildWorker worker;
    private final Relay relay;
    private FollowerCore core;
    private @Nullable ActorRef<Inherited> inheriting;

    /** @param rebuilds where the worker's answers go, to come back through {@link #heard(RebuildWorker.Answer)} */
    ReplicaDuty(
            DatabaseCell cell,
            ServedDatabase served,
            DatabaseSettings settings,
            StreamGroup.Spawner spawner,
            LongConsumer wakeAt,
            Consumer<RebuildWorker.Answer> rebuilds) {
        this.cell = cell;
        this.relay = new Relay(cell, served, settings, spawner, wakeAt, () -> step(new FollowerInput.Confirmed()));
        this.worker = new RebuildWorker(cell, rebuilds);
        Database database = cell.database();
        this.core = FollowerCore.starting(
                settings.self(), settings.bolt(), database.logEnd(), database.durableLsn(), database.appliedLsn());
    }

    /** To replicas of this one. */
    Relay relay() {
        return relay;
    }

    void admit(long number, LinkConnection connection) {
        connections.put(number, connection);
        step(new FollowerInput.Greeted(number, cell.report()));
    }

    void heard(long number, FromMain message) {
        LinkConnection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        switch (message) {
            case Match(LogPosition position) ->
                step(new FollowerInput.Matched(
                        number, position, ours(position.lsn()), cell.database().settledLsn()));
            case OfferSnapshot offer ->
                step(new FollowerInput.Offered(number, offer, cell.database().settledLsn()));
            case SnapshotBlocks blocks -> step(new FollowerInput.BlocksCame(number, blocks));
            case GiveUp(long lsn) ->
                step(new FollowerInput.ToGiveUp(
                        number,
                        lsn,
                        cell.database().settledLsn(),
                        !cell.database().canSnapshot()));
            case Append append -> step(new FollowerInput.Appended(number, append));
            case Hello _, Enlist _, Obey _, Pledge _, WithdrawPledge _, Pull _ -> {
                LOG.warn("{} sent {} in the middle of a stream of {}", connection.remote(), message, cell.name());
                connection.close();
            }
        }
        connection.confirm();
    }

    /** From the worker. */
    void heard(RebuildWorker.Answer answer) {
        switch (answer) {
            case RebuildWorker.Answer.Stored(long number, long bytes) -> step(new FollowerInput.Stored(number, bytes));
            case RebuildWorker.Answer.Verified(long number, SnapshotContent content) ->
                step(new FollowerInput.Verified(number, content.head().position(), content.lineage(), cell.report()));
            case RebuildWorker.Answer.NotReceived(long number, boolean outOfSequence, String message) -> {
                LOG.warn("{}: {}", cell.name(), message);
                Reason reason = outOfSequence ? Reason.OUT_OF_SEQUENCE : Reason.UNAVAILABLE;
                step(new FollowerInput.NotReceived(number, reason, message));
            }
            case RebuildWorker.Answer.Changed(GivenUp givenUp, String failure) -> changed(givenUp, failure);
            case RebuildWorker.Answer.Broken(RuntimeException cause) -> throw cause;
        }
    }

    private void changed(@Nullable GivenUp givenUp, @Nullable String failure) {
        Database database = cell.database();
        if (failure != null) {
            LOG.warn("{} is as it was: {}", cell.name(), failure);
        } else if (givenUp != null) {
            LOG.warn(
                    "{} gave up {} transactions ({} records{}) that its MAIN does not have, and is at record {} now",
                    cell.name(),
                    givenUp.transactions(),
                    givenUp.records(),
                    givenUp.complete() ? "" : ", and others before them that the log no longer held",
                    database.appliedLsn());
        } else {
            LOG.info("{} changed over to its MAIN's snapshot of record {}", cell.name(), database.appliedLsn());
        }
        GaveUp gaveUp =
                givenUp == null ? null : new GaveUp(givenUp.records(), givenUp.transactions(), givenUp.complete());
        step(new FollowerInput.Rebuilt(cell.report(), database.durableLsn(), database.appliedLsn(), gaveUp, failure));
        relay.resume(core.appliedLsn());
    }

    /** True while the database is exchanged: until then nobody else may take it over, or end it. */
    boolean isChanging() {
        return core.isChanging();
    }

    /** The duty is over; it is not {@link #isChanging changing}. */
    void end() {
        worker.stop();
        relay.end();
    }

    private Optional<LogPosition> ours(long lsn) {
        if (core.isChanging()) {
            return Optional.empty();
        }
        return lsn == 0 ? Optional.of(LogPosition.START) : cell.database().positionOf(lsn);
    }

    void durable() {
        step(new FollowerInput.Durable(cell.database().durableLsn()));
        tellInherited();
    }

    /** While this instance is being promoted. */
    void inherit(FollowerInput input, ActorRef<Inherited> replyTo) {
        // what is decided now is to be seen by whoever promotes this instance, not by replicas below first
        relay.letGo(core.appliedLsn());
        step(input);
        inheriting = replyTo;
        tellInherited();
    }

    private void tellInherited() {
        ActorRef<Inherited> replyTo = inheriting;
        LogPosition end = core.end();
        if (replyTo != null && core.durableLsn() >= end.lsn()) {
            inheriting = null;
            replyTo.tell(new Inherited(cell.id(), end));
        }
    }

    void hungUp(long number) {
        connections.remove(number);
        step(new FollowerInput.Closed(number));
    }

    void depose(Reason reason, String text) {
        step(new FollowerInput.Deposed(reason, text));
    }

    private void step(FollowerInput input) {
        Step<FollowerCore, FollowerEffect> step = core.step(input);
        core = step.state();
        for (FollowerEffect effect : step.effects()) {
            if (!perform(effect)) {
                return;
            }
        }
    }

    /** False when what follows in the same step no longer holds: the log did not take the records. */
    private boolean perform(FollowerEffect effect) {
        switch (effect) {
            case Send(long number, var message) -> send(number, message);
            case HangUp(long number) -> {
                LinkConnection connection = connections.remove(number);
                if (connection != null) {
                    connection.close();
                }
            }
            case Truncate(long lsn) -> {
                LOG.info("{} drops records after {}: the MAIN does not have them", cell.name(), lsn);
                cell.database().truncateAfter(lsn);
                relay.beginAnew(core.appliedLsn());
            }
            case OpenIncoming(long connection, OfferSnapshot offer) -> {
                LOG.info(
                        "{} gets the MAIN's snapshot of record {}, {} bytes",
                        cell.name(),
                        offer.position().lsn(),
                        offer.bytes());
                worker.open(connection, offer);
            }
            case Store(long connection, long offset, ByteBuffer blocks) -> worker.store(connection, offset, blocks);
            case Verify(long connection) -> worker.verify(connection);
            case StopReceiving _ -> worker.stop();
            case Install(long lsn) -> relay.pause(() -> worker.install(lsn));
            case GiveUpAfter(long lsn) -> relay.pause(() -> worker.giveUpAfter(lsn));
            case Log(var records, var last) -> {
                return log(records, last);
            }
            case Apply(long lsn) -> relay.release(lsn);
        }
        return true;
    }

    private void send(long number, FromReplica message) {
        LinkConnection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        if (message instanceof Ack ack) {
            FailPoint.FOLLOWER_BEFORE_ACK.reached();
            connection.send(relay.said(ack));
            FailPoint.FOLLOWER_ACK_SENT.reached();
        } else {
            connection.send(message);
        }
    }

    private boolean log(ByteBuffer records, LogPosition last) {
        FailPoint.FOLLOWER_RECEIVED.reached();
        try {
            LogPosition end = cell.database().appendReplicated(records);
            FailPoint.FOLLOWER_LOGGED.reached();
            if (!end.equals(last)) {
                LOG.warn("{} logged up to {}, the MAIN said {}", cell.name(), end, last);
                step(new FollowerInput.LogRefused(end, "the records end with " + end + ", not with " + last));
                return false;
            }
            return true;
        } catch (SkeinException e) {
            step(new FollowerInput.LogRefused(cell.end(), String.valueOf(e.getMessage())));
            return false;
        }
    }
}
