package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.replication.core.FollowerCore;
import skein.replication.core.FollowerEffect;
import skein.replication.core.FollowerInput;
import skein.simulation.Probe;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/** The duty of a REPLICA for one database: carries out what the follower core says. */
final class CoreFollower {
    private final CoreDatabase database;
    private final CoreLog log;
    private final Map<Long, LinkConnection> connections = new TreeMap<>();
    private final CoreRebuild rebuild;
    private FollowerCore core;
    private @Nullable Consumer<LogPosition> inheriting;

    CoreFollower(CoreDatabase database) {
        this.database = database;
        this.log = database.log();
        this.rebuild = new CoreRebuild(database, this::step);
        this.core = FollowerCore.starting(
                database.node().name(), database.node().bolt(), log.end(), log.durableLsn(), log.appliedLsn());
    }

    void admit(long number, LinkConnection connection) {
        connections.put(number, connection);
        step(new FollowerInput.Greeted(number, database.report()));
    }

    void heard(long number, FromMain message) {
        LinkConnection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        switch (message) {
            case Match(LogPosition position) ->
                step(new FollowerInput.Matched(number, position, ours(position.lsn()), log.settledLsn()));
            case OfferSnapshot offer -> step(new FollowerInput.Offered(number, offer, log.settledLsn()));
            case SnapshotBlocks blocks -> step(new FollowerInput.BlocksCame(number, blocks));
            case Append append -> step(new FollowerInput.Appended(number, append));
            case GiveUp(long lsn) ->
                step(new FollowerInput.ToGiveUp(number, lsn, log.settledLsn(), database.isSystem()));
            case Hello _, Enlist _, Obey _, Pledge _, WithdrawPledge _, Pull _ -> connection.close();
        }
        connection.confirm();
    }

    void durable() {
        step(new FollowerInput.Durable(log.durableLsn()));
        tellInherited();
    }

    /** While this node is being promoted; answered when the log as it is then is durable. */
    void inherit(FollowerInput input, Consumer<LogPosition> inherited) {
        step(input);
        inheriting = inherited;
        tellInherited();
    }

    private void tellInherited() {
        Consumer<LogPosition> reply = inheriting;
        if (reply != null && core.durableLsn() >= core.end().lsn()) {
            inheriting = null;
            reply.accept(core.end());
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
        if (input instanceof FollowerInput.Rebuilt rebuilt && rebuilt.gaveUp() != null) {
            database.node().truth().tails().tells(database, rebuilt.gaveUp(), step.effects());
        }
        for (FollowerEffect effect : step.effects()) {
            if (!perform(effect)) {
                return;
            }
        }
    }

    /** False when what follows in the same step no longer holds. */
    private boolean perform(FollowerEffect effect) {
        switch (effect) {
            case FollowerEffect.Send(long number, var message) -> {
                if (message instanceof Refusal(var reason, var _) && reason == Reason.SUPERSEDED) {
                    database.host().world().reached(Probe.STREAM_SUPERSEDED);
                }
                LinkConnection connection = connections.get(number);
                if (connection != null) {
                    connection.send(message);
                }
            }
            case FollowerEffect.HangUp(long number) -> {
                LinkConnection connection = connections.remove(number);
                if (connection != null) {
                    connection.close();
                }
            }
            case FollowerEffect.Truncate(long lsn) -> database.truncateAfter(lsn);
            case FollowerEffect.Log(var records, var last) -> {
                return take(records, last);
            }
            case FollowerEffect.Apply(long lsn) -> database.decide(lsn);
            case FollowerEffect.GiveUpAfter(long lsn) -> rebuild.giveUpAfter(lsn);
            case FollowerEffect.StopReceiving _ -> {}
            case FollowerEffect.OpenIncoming(long number, OfferSnapshot offer) -> rebuild.open(number, offer);
            case FollowerEffect.Store(long number, long offset, ByteBuffer blocks) ->
                rebuild.store(number, offset, blocks);
            case FollowerEffect.Verify(long number) -> rebuild.verify(number);
            case FollowerEffect.Install(long lsn) -> rebuild.install(lsn);
        }
        return true;
    }

    /** True while the database is exchanged: until then nobody else may take it over. */
    boolean isChanging() {
        return core.isChanging();
    }

    private Optional<LogPosition> ours(long lsn) {
        return core.isChanging() ? Optional.empty() : log.positionOf(lsn);
    }

    private boolean take(ByteBuffer records, LogPosition last) {
        try {
            var entries = log.appendReplicated(records);
            database.appended(entries);
            if (!log.end().equals(last)) {
                step(new FollowerInput.LogRefused(log.end(), "the records end with " + log.end()));
                return false;
            }
            return true;
        } catch (SkeinException e) {
            database.note("log refuses", e.getMessage());
            step(new FollowerInput.LogRefused(log.end(), String.valueOf(e.getMessage())));
            return false;
        }
    }
}
