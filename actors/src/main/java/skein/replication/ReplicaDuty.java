package skein.replication;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Reason;
import skein.replication.core.FollowerCore;
import skein.replication.core.FollowerEffect;
import skein.replication.core.FollowerEffect.Apply;
import skein.replication.core.FollowerEffect.HangUp;
import skein.replication.core.FollowerEffect.Log;
import skein.replication.core.FollowerEffect.Send;
import skein.replication.core.FollowerEffect.Truncate;
import skein.replication.core.FollowerInput;
import skein.storage.Database;
import skein.storage.failpoint.FailPoint;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * What a database's actor does while the instance is a REPLICA: feeds the follower core and carries out its effects.
 */
final class ReplicaDuty {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaDuty.class);

    private final DatabaseCell cell;
    private final Map<Long, LinkConnection> connections = new HashMap<>();
    private FollowerCore core;

    ReplicaDuty(DatabaseCell cell, DatabaseSettings settings) {
        this.cell = cell;
        Database database = cell.database();
        this.core = FollowerCore.starting(
                settings.self(), settings.bolt(), database.logEnd(), database.durableLsn(), database.appliedLsn());
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
            case Append append -> step(new FollowerInput.Appended(number, append));
            case Hello _, Enlist _, Obey _ -> {
                LOG.warn("{} sent {} in the middle of a stream of {}", connection.remote(), message, cell.name());
                connection.close();
            }
        }
        connection.confirm();
    }

    private Optional<LogPosition> ours(long lsn) {
        return lsn == 0 ? Optional.of(LogPosition.START) : cell.database().positionOf(lsn);
    }

    void durable() {
        step(new FollowerInput.Durable(cell.database().durableLsn()));
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
            }
            case Log(var records, var last) -> {
                return log(records, last);
            }
            case Apply(long lsn) -> {
                FailPoint.FOLLOWER_BEFORE_APPLY.reached();
                cell.decide(lsn);
                FailPoint.FOLLOWER_APPLIED.reached();
            }
        }
        return true;
    }

    private void send(long number, FromReplica message) {
        LinkConnection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        if (message instanceof Ack) {
            FailPoint.FOLLOWER_BEFORE_ACK.reached();
        }
        connection.send(message);
        if (message instanceof Ack) {
            FailPoint.FOLLOWER_ACK_SENT.reached();
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
