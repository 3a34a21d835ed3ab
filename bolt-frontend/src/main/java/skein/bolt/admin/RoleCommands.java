package skein.bolt.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.AdminStatement;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Checks an admin statement and makes the message for the instance's role of it. */
final class RoleCommands {
    /** Where a replica listens when nobody says where. */
    static final int REPLICATION_PORT_DEFAULT = 10_000;

    private static final int BOLT_PORT_DEFAULT = 7687;
    private static final int PORT_MAX = 65_535;

    private RoleCommands() {}

    /**
     * A checked statement.
     *
     * @param notifications what success tells besides what the role tells
     * @param changes true when a missing answer leaves open whether something happened
     * @param status the one row that success answers; null for none
     * @param asks whose rows are wanted of what the role tells about users
     */
    record Prepared(
            Message message,
            List<Notification> notifications,
            boolean changes,
            @Nullable String status,
            UserRows asks) {
        Prepared(Message message, List<Notification> notifications, boolean changes) {
            this(message, notifications, changes, null);
        }

        Prepared(Message message, List<Notification> notifications, boolean changes, @Nullable String status) {
            this(message, notifications, changes, status, UserRows.ofAll());
        }

        /** What success answers. */
        AdminAnswer done(List<Notification> all) {
            return status == null
                    ? AdminAnswer.done(all)
                    : new AdminAnswer(List.of("STATUS"), List.of(List.of(Value.of(status))), all);
        }
    }

    /** The message, once it is known who gets the reply. */
    interface Message {
        InstanceRoleProtocol.Command to(ActorRef<Reply> replyTo);
    }

    static Prepared setRole(AdminStatement.SetReplicationRole statement) {
        if (statement.main()) {
            if (statement.port().isPresent()) {
                throw new SkeinException(
                        ErrorCode.SEMANTIC_ERROR,
                        "A MAIN has no replication port, but WITH PORT "
                                + statement.port().getAsInt()
                                + " was given. Write SET REPLICATION ROLE TO MAIN without a port.");
            }
            return new Prepared(
                    replyTo -> new InstanceRoleProtocol.SetRoleToMain(statement.force(), replyTo),
                    List.of(roleSet("MAIN")),
                    true);
        }
        int port = statement.port().orElse(REPLICATION_PORT_DEFAULT);
        if (port < 1 || port > PORT_MAX) {
            throw new SkeinException(
                    ErrorCode.SEMANTIC_ERROR,
                    "The port " + port + " is not usable: ports go from 1 to " + PORT_MAX + ". Choose one of these.");
        }
        List<Notification> notifications = new ArrayList<>(List.of(roleSet("REPLICA")));
        if (port == BOLT_PORT_DEFAULT) {
            notifications.add(new Notification(
                    "ReplicaPortWarning",
                    "Replication listens on port " + port + ", the default port of Bolt.",
                    "Clients that look for Bolt at its default port will find replication instead. Another port, for"
                            + " example " + REPLICATION_PORT_DEFAULT + ", avoids the confusion.",
                    Severity.WARNING));
        }
        return new Prepared(replyTo -> new InstanceRoleProtocol.SetRoleToReplica(port, replyTo), notifications, true);
    }

    static Prepared register(AdminStatement.RegisterReplica statement) {
        ReplicaName name = new ReplicaName(statement.name());
        ReplicationMode mode = mode(statement.mode());
        HostPort address = address(statement.address());
        statement.timeout().ifPresent(RoleCommands::checkTimeout);
        List<Notification> notifications = new ArrayList<>(List.of(new Notification(
                "RegisterReplica",
                "Replica " + name + " is registered.",
                "Replica " + name + " at " + address + " follows this MAIN as " + mode + ".",
                Severity.INFORMATION)));
        Optional<Duration> timeout = statement.timeout();
        if (timeout.isPresent() && mode == ReplicationMode.ASYNC) {
            timeout = Optional.empty();
            notifications.add(new Notification(
                    "ReplicaTimeoutIgnored",
                    "WITH TIMEOUT has no meaning for " + mode + " and was ignored.",
                    "A commit does not wait for an ASYNC replica.",
                    Severity.INFORMATION));
        }
        Optional<Duration> ackTimeout = timeout;
        return new Prepared(
                replyTo -> new InstanceRoleProtocol.RegisterReplica(
                        name, mode, ackTimeout, address, statement.resync(), replyTo),
                notifications,
                true);
    }

    static Prepared drop(AdminStatement.DropReplica statement) {
        ReplicaName name = new ReplicaName(statement.name());
        Notification dropped = new Notification(
                "DropReplica",
                "Replica " + name + " is dropped.",
                "This MAIN no longer sends to replica " + name + ". The replica keeps its role and its data.",
                Severity.INFORMATION);
        return new Prepared(replyTo -> new InstanceRoleProtocol.DropReplica(name, replyTo), List.of(dropped), true);
    }

    static Prepared showReplicas() {
        return new Prepared(InstanceRoleProtocol.ShowReplicas::new, List.of(), false);
    }

    static Prepared showLag() {
        return new Prepared(InstanceRoleProtocol.ShowReplicationLag::new, List.of(), false);
    }

    static Prepared showRole() {
        return new Prepared(InstanceRoleProtocol.ShowRole::new, List.of(), false);
    }

    private static Notification roleSet(String role) {
        return new Notification(
                "SetReplica",
                "The replication role is set to " + role + ".",
                "This instance is " + role + " from now on, also after a restart.",
                Severity.INFORMATION);
    }

    private static ReplicationMode mode(String mode) {
        for (ReplicationMode known : ReplicationMode.values()) {
            if (known.name().equals(mode)) {
                return known;
            }
        }
        throw new SkeinException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "The replication mode " + mode + " is not supported by this version. Choose SYNC, ASYNC,"
                        + " STRICT_SYNC or QUORUM.");
    }

    private static HostPort address(String text) {
        HostPort address = HostPort.parse(text, REPLICATION_PORT_DEFAULT);
        if (address.port() == 0) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + text + "' is not a socket address of a replica: its port is 0. Name the port that was given"
                            + " to SET REPLICATION ROLE TO REPLICA WITH PORT.");
        }
        return address;
    }

    private static void checkTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new SkeinException(
                    ErrorCode.SEMANTIC_ERROR,
                    "WITH TIMEOUT needs a number of seconds above 0. Use ASYNC for a replica that is not waited for.");
        }
    }
}
