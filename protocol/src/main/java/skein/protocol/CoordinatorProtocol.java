package skein.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * What people ask of coordinators. Any coordinator takes any request and, unless it is about that coordinator itself,
 * has the leader answer it: requests and answers carry values only, so that they can travel.
 */
public interface CoordinatorProtocol {
    /** Everything the actor may find in its mailbox. */
    interface Message {}

    /** A request with the one who waits for the answer. It always comes, at the latest when the patience is over. */
    record Ask(Request request, ActorRef<Answer> replyTo) implements Message {}

    sealed interface Request {}

    /**
     * {@code ADD COORDINATOR id WITH CONFIG {...}}.
     *
     * @param management empty in the older form of the statement
     */
    record AddCoordinator(int id, HostPort bolt, HostPort coordinator, Optional<HostPort> management)
            implements Request {}

    /** {@code REMOVE COORDINATOR id}. */
    record RemoveCoordinator(int id) implements Request {}

    /**
     * {@code REGISTER INSTANCE name [AS mode] WITH CONFIG {...} [RESYNC]}.
     *
     * @param resync what it holds of another history may be put aside
     * @param neverPromote it is MAIN only if somebody says so
     */
    record RegisterInstance(
            InstanceName name,
            ReplicationMode mode,
            HostPort bolt,
            HostPort management,
            HostPort replication,
            boolean resync,
            boolean neverPromote)
            implements Request {
        /** One that may be promoted. */
        public RegisterInstance(
                InstanceName name,
                ReplicationMode mode,
                HostPort bolt,
                HostPort management,
                HostPort replication,
                boolean resync) {
            this(name, mode, bolt, management, replication, resync, false);
        }
    }

    /** {@code UNREGISTER INSTANCE name}. */
    record UnregisterInstance(InstanceName name) implements Request {}

    /**
     * {@code SET INSTANCE name TO MAIN [SWITCHOVER]}.
     *
     * @param switchover there is a MAIN, and it hands over to this one
     */
    record SetInstanceToMain(InstanceName name, boolean switchover) implements Request {}

    /** {@code DEMOTE INSTANCE name}. */
    record DemoteInstance(InstanceName name) implements Request {}

    /**
     * {@code UPDATE CONFIG FOR INSTANCE name {bolt_server: ..., never_promote: ...}}.
     *
     * @param bolt empty to leave it, as the other one
     */
    record UpdateInstance(InstanceName name, Optional<HostPort> bolt, Optional<Boolean> neverPromote)
            implements Request {}

    /** {@code UPDATE CONFIG FOR COORDINATOR id {bolt_server: ...}}. */
    record UpdateCoordinator(int id, HostPort bolt) implements Request {}

    /** {@code FORCE RESET CLUSTER STATE}. */
    record ForceReset() implements Request {}

    /** {@code YIELD LEADERSHIP}. */
    record YieldLeadership() implements Request {}

    /** {@code SET COORDINATOR SETTING name TO value}. */
    record SetSetting(String name, String value) implements Request {}

    /** {@code PAUSE FAILOVER}, {@code RESUME FAILOVER}. */
    record PauseFailover(boolean pause) implements Request {}

    /** {@code CREATE USER}, {@code SET PASSWORD}, {@code DROP USER}: a user of the coordinators. */
    record ChangeUser(UserWish wish) implements Request {}

    /** {@code SHOW USERS}. Answered by Users. */
    record ShowUsers() implements Request {}

    /** {@code SHOW COORDINATOR SETTINGS}. Answered by Settings. */
    record ShowSettings() implements Request {}

    /** {@code SHOW INSTANCES}. Answered by Instances. */
    record ShowInstances() implements Request {}

    /** {@code SHOW INSTANCE}: about the coordinator that was asked. Answered by Instances with one row. */
    record ShowInstance() implements Request {}

    /** {@code SHOW REPLICATION LAG}. Answered by Lags. */
    record ShowLag() implements Request {}

    /**
     * {@code SHOW ROUTING TABLE}, and the driver's ROUTE. Answered by RoutingTable.
     *
     * @param database empty for the default one
     */
    record ShowRouting(Optional<DatabaseName> database) implements Request {}

    /** {@code SHOW FAILOVERS}. Answered by Failovers. */
    record ShowFailovers() implements Request {}

    /** {@code SHOW FAILOVER CANDIDATES}. Answered by Candidates. */
    record ShowCandidates() implements Request {}

    /** What a request is answered. */
    sealed interface Answer {}

    /** It happened: a majority of the coordinators holds it. */
    record Done(List<Notification> notifications) implements Answer {
        public Done {
            notifications = List.copyOf(notifications);
        }
    }

    /** It did not happen, or it is not known whether it did: the exception carries code and words. */
    record Refused(SkeinException reason) implements Answer {}

    /** Nothing can be shown at the moment: no rows, and the reason as a warning. */
    record Unavailable(Notification reason) implements Answer {}

    /** Coordinators first, then data instances, in the order of registration. */
    record Instances(List<InstanceRow> rows) implements Answer {
        public Instances {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One row of {@code SHOW INSTANCES}.
     *
     * @param coordinator empty on data instances, as are other addresses where they are not known
     * @param role leader, follower, main or replica
     * @param millisSinceAnswer -1 when it never answered
     */
    record InstanceRow(
            String name,
            String bolt,
            String coordinator,
            String management,
            boolean up,
            String role,
            long millisSinceAnswer) {}

    /** The users of the coordinators, in the order of creation. */
    record Users(List<UserRow> rows) implements Answer {
        public Users {
            rows = List.copyOf(rows);
        }
    }

    /** @param changeRequired whether the user must change the password before anything else */
    record UserRow(UserName name, boolean changeRequired) {}

    /** In the order of the reference: name and value. */
    record Settings(List<SettingRow> rows) implements Answer {
        public Settings {
            rows = List.copyOf(rows);
        }
    }

    record SettingRow(String name, String value) {}

    /** Replicas in the order of registration, then the MAIN. */
    record Lags(List<LagRow> rows) implements Answer {
        public Lags {
            rows = List.copyOf(rows);
        }
    }

    record LagRow(String instance, Map<DatabaseName, DatabaseLag> databases) {
        public LagRow {
            databases = Map.copyOf(databases);
        }
    }

    /** @param behind transactions that the MAIN has and this instance does not */
    record DatabaseLag(long committedTransactions, long behind) {}

    /**
     * Where clients shall go.
     *
     * @param write at most one
     */
    record RoutingTable(Duration timeToLive, List<HostPort> write, List<HostPort> read, List<HostPort> route)
            implements Answer {
        public RoutingTable {
            write = List.copyOf(write);
            read = List.copyOf(read);
            route = List.copyOf(route);
        }
    }

    /** The newest first, in bounded number. */
    record Failovers(List<FailoverRow> rows) implements Answer {
        public Failovers {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One change of MAIN.
     *
     * @param reign number that Raft gave to the new MAIN
     * @param cause in words: no answer for 5 s, SWITCHOVER, SET INSTANCE TO MAIN
     * @param startedAt milliseconds since 1970 by the leader's clock
     * @param durationMillis from the last answer of the old MAIN, or from the command, to the reign being open; -1
     *     while it is not
     * @param candidates name and what spoke for or against it
     * @param chosen why this one
     * @param givenUp transactions that the old MAIN's log had beyond; -1 while that is not known
     */
    record FailoverRow(
            long reign,
            String from,
            String to,
            String cause,
            long startedAt,
            long durationMillis,
            List<String> candidates,
            String chosen,
            long givenUp) {
        public FailoverRow {
            candidates = List.copyOf(candidates);
        }
    }

    /** The one that would be chosen now first, then the other instances. */
    record Candidates(List<CandidateRow> rows) implements Answer {
        public Candidates {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param eligible false when it would not be promoted
     * @param reason why, or why not
     * @param behind transactions of all databases that the MAIN was last known to have and this one does not
     * @param neverPromote it is MAIN only if somebody says so
     */
    record CandidateRow(String name, boolean eligible, String reason, long behind, boolean neverPromote) {}
}
