package skein.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.session.Client;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * What an instance is and who follows it. Sent by the Bolt frontend on behalf of an operator; answered by the
 * {@code InstanceRole} actor of the same process.
 */
public interface InstanceRoleProtocol {
    /** Everything the actor may find in its mailbox; its own timers extend this too. */
    interface Message {}

    /** A wish of an operator. */
    sealed interface Command extends Message {}

    /**
     * {@code SET REPLICATION ROLE TO MAIN [FORCE]}. Answers Done after the new reign is durable, or Refused. Before
     * that, the other members are asked for what they hold, which takes as long as it takes to copy it.
     *
     * @param force go on although too few of them are heard
     */
    record SetRoleToMain(boolean force, ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code SET REPLICATION ROLE TO REPLICA [WITH PORT n]}. Answers Done once the port listens and the role is
     * durable, or Refused. Registered replicas are forgotten.
     *
     * @param port 1 to 65535
     */
    record SetRoleToReplica(int port, ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code REGISTER REPLICA name mode [WITH TIMEOUT seconds] TO "address" [RESYNC]}. Atomic: answers Done after the
     * replica has accepted this MAIN and the registration is durable, or Refused with nothing registered. Does not
     * promise that the replica has caught up.
     *
     * @param ackTimeout only for SYNC: how long a commit waits for this replica ("semi-sync")
     * @param resync whatever the instance holds gives way, also what never was this MAIN's
     */
    record RegisterReplica(
            ReplicaName name,
            ReplicationMode mode,
            Optional<Duration> ackTimeout,
            HostPort address,
            boolean resync,
            ActorRef<Reply> replyTo)
            implements Command {}

    /** {@code DROP REPLICA name}. Answers Done even when the replica is down, or Refused. */
    record DropReplica(ReplicaName name, ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code CREATE DATABASE name [IF NOT EXISTS]}. Answers Done once the catalogue's record is decided and the
     * database takes writes, or Refused.
     */
    record CreateDatabase(DatabaseName name, boolean ifNotExists, ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code DROP DATABASE name [IF EXISTS] [FORCE]}. Answers Done once the catalogue's record is decided and the files
     * are gone, or Refused.
     *
     * @param force whether it is dropped although sessions use it or its files are damaged
     */
    record DropDatabase(DatabaseName name, boolean ifExists, boolean force, ActorRef<Reply> replyTo)
            implements Command {}

    /** {@code RENAME DATABASE from TO to}. Answers Done once the catalogue's record is decided, or Refused. */
    record RenameDatabase(DatabaseName from, DatabaseName to, ActorRef<Reply> replyTo) implements Command {}

    /**
     * The last step of {@code RECOVER SNAPSHOT}: a database made of the snapshot lies ready under its identity. Answers
     * Done once it has taken the place of the one with this name, or Refused.
     */
    record RecoverSnapshot(DatabaseName name, UUID id, ActorRef<Reply> replyTo) implements Command {}

    /** About users. Answers Done once the system database's record is decided and holds here, or Refused. */
    sealed interface UserCommand extends Command {
        ActorRef<Reply> replyTo();
    }

    /**
     * {@code CREATE USER}.
     *
     * @param password empty for a user who cannot log in yet
     * @param changeRequired whether the user must change the password before anything else
     */
    record CreateUser(
            UserName name,
            Optional<Secret> password,
            boolean changeRequired,
            boolean ifNotExists,
            ActorRef<Reply> replyTo)
            implements UserCommand {}

    /**
     * {@code ALTER USER name SET PASSWORD}, {@code SET PASSWORD FOR name}.
     *
     * @param password empty when only the duty to change it is altered
     */
    record AlterUser(
            UserName name, Optional<Secret> password, boolean changeRequired, boolean ifExists, ActorRef<Reply> replyTo)
            implements UserCommand {}

    /** {@code ALTER CURRENT USER SET PASSWORD}. A wrong present password counts as a failed login. */
    record ChangeOwnPassword(Client client, Secret before, Secret after, ActorRef<Reply> replyTo)
            implements UserCommand {}

    /** {@code DROP USER}. */
    record DropUser(UserName name, boolean ifExists, ActorRef<Reply> replyTo) implements UserCommand {}

    /**
     * Sent by the login desk after a login: the password is to be kept as one is hashed today.
     *
     * @param version of the user whose password it is; of another version nothing is changed
     */
    record RenewHash(UserName name, UUID version, String hash, ActorRef<Reply> replyTo) implements UserCommand {
        /** Without the hash. */
        @Override
        public String toString() {
            return "RenewHash of " + name;
        }
    }

    /** {@code SHOW USERS}. Always answers Users. */
    record ShowUsers(ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code SET DATABASE SETTING}. Answers Done once the system database's record is decided and holds here, or
     * Refused.
     *
     * @param value empty for what each instance was started with
     */
    record SetDatabaseSetting(String name, String value, ActorRef<Reply> replyTo) implements Command {}

    /**
     * {@code SHOW DATABASE SETTING name}, {@code SHOW DATABASE SETTINGS}. Answers SettingsInForce, or Refused for a
     * name that there is not.
     *
     * @param name empty for all
     */
    record ShowDatabaseSettings(Optional<String> name, ActorRef<Reply> replyTo) implements Command {}

    /** {@code SHOW REPLICAS}. Answers Replicas on a MAIN, else Refused. No network call is made. */
    record ShowReplicas(ActorRef<Reply> replyTo) implements Command {}

    /** {@code SHOW REPLICATION LAG}. Answers ReplicationLag on a MAIN, else Refused. No network call is made. */
    record ShowReplicationLag(ActorRef<Reply> replyTo) implements Command {}

    /** {@code SHOW REPLICATION ROLE}. Always answers Role. */
    record ShowRole(ActorRef<Reply> replyTo) implements Command {}

    /** What a command is answered. */
    sealed interface Reply {}

    /** It happened, durably. */
    record Done(List<Notification> notifications) implements Reply {
        public Done {
            notifications = List.copyOf(notifications);
        }
    }

    /** It did not happen and nothing changed; the exception carries code and words. */
    record Refused(SkeinException reason) implements Reply {}

    /** @param main true for MAIN, false for REPLICA */
    record Role(boolean main) implements Reply {}

    /** In the order of creation. */
    record Users(List<UserStatus> users) implements Reply {
        public Users {
            users = List.copyOf(users);
        }
    }

    /** @param changeRequired whether the user must change the password before anything else */
    record UserStatus(UserName name, boolean changeRequired) {}

    /** What this instance goes by. */
    record SettingsInForce(List<SettingStatus> settings) implements Reply {
        public SettingsInForce {
            settings = List.copyOf(settings);
        }
    }

    /** One setting. */
    record SettingStatus(String name, String value) {}

    /** One entry per registered replica, in the order of registration. */
    record Replicas(List<ReplicaStatus> replicas) implements Reply {
        public Replicas {
            replicas = List.copyOf(replicas);
        }
    }

    /** The registered replicas in the order of registration, then the MAIN itself. */
    record ReplicationLag(List<InstanceLag> instances) implements Reply {
        public ReplicationLag {
            instances = List.copyOf(instances);
        }
    }

    /**
     * How far an instance is behind its MAIN.
     *
     * @param instance a replica as registered, or the MAIN's own name
     * @param databases per user database
     */
    record InstanceLag(String instance, Map<DatabaseName, StreamLag> databases) {
        public InstanceLag {
            databases = Map.copyOf(databases);
        }
    }

    /**
     * How far the durable log of a replica is behind its MAIN's.
     *
     * @param committedTransactions the last record it is known to hold
     * @param lagTransactions records that it is not known to hold
     * @param lagBytes about what these take in the log
     * @param lagMillis how long ago, by MAIN's own clock, the oldest of these was written; 0 when it holds all
     */
    record StreamLag(long committedTransactions, long lagTransactions, long lagBytes, long lagMillis) {}

    /**
     * What MAIN knows about a replica.
     *
     * @param system state of the system database's stream
     * @param databases per user database
     */
    record ReplicaStatus(
            ReplicaName name,
            HostPort address,
            ReplicationMode mode,
            StreamStatus system,
            Map<DatabaseName, StreamStatus> databases) {
        public ReplicaStatus {
            databases = Map.copyOf(databases);
        }
    }

    /**
     * One stream of one replica.
     *
     * @param lsn last record the replica is known to hold durably
     * @param behind that lsn minus MAIN's last: 0 or negative
     * @param catchUp how far it has come while it catches up; null otherwise, and while that is not known
     * @param givenUp transactions that the replica gave up because this MAIN did not have them, since this MAIN streams
     *     to it
     */
    record StreamStatus(
            long lsn,
            long behind,
            StreamState state,
            @Nullable CatchUpProgress catchUp,
            long givenUp) {
        /** Of a replica that does not catch up and gave nothing up. */
        public StreamStatus(long lsn, long behind, StreamState state) {
            this(lsn, behind, state, null, 0);
        }
    }

    /**
     * How far a replica has come that catches up.
     *
     * @param bySnapshot or else by log
     * @param bytesPerSecond on the average of this connection; 0 while that is not known
     */
    record CatchUpProgress(boolean bySnapshot, long doneBytes, long totalBytes, long bytesPerSecond) {
        private static final int PERCENT = 100;

        public int percent() {
            return totalBytes <= 0 ? PERCENT : (int) Math.min(PERCENT, doneBytes * PERCENT / totalBytes);
        }

        /** At this rate; -1 while that is not known. */
        public long secondsLeft() {
            return bytesPerSecond <= 0 ? -1 : Math.max(0, (totalBytes - doneBytes) / bytesPerSecond);
        }
    }

    /** As {@code SHOW REPLICAS} prints it, in lower case. */
    enum StreamState {
        READY,
        REPLICATING,
        RECOVERY,
        INVALID,
        DIVERGED
    }
}
