package skein.role.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Cataloguing;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.Dropping;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RolePhase.Promoting;
import skein.role.core.RolePhase.Starting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Following;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/** The words for role commands that are not carried out: what was asked, why not, what to do. */
public final class RoleRefusals {
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    private RoleRefusals() {}

    private static SkeinException refused(String message) {
        return new SkeinException(ErrorCode.REPLICATION_REFUSED, message);
    }

    static SkeinException alreadyMain() {
        return refused(
                "SKEIN-ROLE-002: Could not set the role to MAIN: this instance is MAIN already. Nothing changed.");
    }

    static SkeinException alreadyReplica() {
        return refused(
                "SKEIN-ROLE-003: Could not set the role to REPLICA: this instance is a REPLICA already. To change"
                        + " its port, make it MAIN first.");
    }

    static SkeinException portInvalid(int port) {
        return new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-ROLE-008: Could not set the role to REPLICA: " + port
                        + " is not a port to listen on. Nothing changed. Choose one between 1 and 65535, for example"
                        + " 10000.");
    }

    static SkeinException cannotBecomeReplica(String reason) {
        return refused("SKEIN-ROLE-004: Could not set the role to REPLICA: " + reason
                + " This instance is still MAIN. Choose another port.");
    }

    static SkeinException catalogueOfReplica(String command, RoleState.@Nullable Following following) {
        return new SkeinException(
                ErrorCode.NOT_MAIN,
                "SKEIN-DB-018: " + command + " is not carried out here: this instance is a REPLICA"
                        + (following == null
                                ? " that no MAIN has registered. Connect to the MAIN."
                                : " and has the databases of its MAIN. Connect to "
                                        + following.main().name() + ", bolt://"
                                        + following.main().bolt() + ".")
                        + " Nothing changed.");
    }

    static SkeinException usersOfReplica(String command, RoleState.@Nullable Following following) {
        return new SkeinException(
                ErrorCode.NOT_MAIN,
                "SKEIN-USER-014: " + command + " is not carried out here: this instance is a REPLICA"
                        + (following == null
                                ? " that no MAIN has registered. Connect to the MAIN."
                                : " and has the users of its MAIN. Connect to "
                                        + following.main().name() + ", bolt://"
                                        + following.main().bolt() + ".")
                        + " Nothing changed.");
    }

    static SkeinException settingsOfReplica(RoleState.@Nullable Following following) {
        return new SkeinException(
                ErrorCode.NOT_MAIN,
                "SKEIN-SET-003: SET DATABASE SETTING is not carried out here: this instance is a REPLICA"
                        + (following == null
                                ? " that no MAIN has registered. Connect to the MAIN."
                                : " and has the settings of its MAIN. Connect to "
                                        + following.main().name() + ", bolt://"
                                        + following.main().bolt() + ".")
                        + " Nothing changed.");
    }

    /** Also said before the work of reading a snapshot is begun. */
    public static SkeinException recoveryWithReplicas(DatabaseName name) {
        return refused("SKEIN-DB-023: RECOVER SNAPSHOT was not carried out: it replaces the content of database " + name
                + ", and replicas are registered that follow the present content. Nothing changed. Drop the replicas,"
                + " recover the snapshot, then register replicas with empty data directories.");
    }

    static SkeinException busy(RolePhase phase) {
        String what = switch (phase) {
            case Starting ignored -> "it is starting";
            case Steady ignored -> "it is not";
            case OpeningReign ignored -> "it is becoming MAIN";
            case Promoting ignored -> "it is becoming MAIN";
            case Binding ignored -> "it is becoming REPLICA";
            case Draining ignored -> "it is becoming REPLICA";
            case Cataloguing(var record, var notes, String command, long ticket) -> "it is carrying out " + command;
            case Dropping dropping -> "it is dropping replica " + dropping.name();
            case Enlisting(
                    Registration registration,
                    var reported,
                    var takeover,
                    long ticket,
                    var stage,
                    var failure) -> "it is registering replica " + registration.name();
        };
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-ROLE-006: This instance is busy with its role: " + what
                        + ". Nothing was done. Try again in a moment.");
    }

    static Optional<SkeinException> ofRegistration(RoleState state, Registration registration) {
        Optional<SkeinException> below =
                state instanceof Replica replica ? belowReplica(replica, registration) : Optional.empty();
        if (below.isPresent()) {
            return below;
        }
        Duration timeout = registration.ackTimeout();
        if (timeout != null && (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0)) {
            return Optional.of(new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-REPL-014: Replica " + registration.name() + " was not registered: a timeout of "
                            + timeout.toMillis() + " ms cannot be waited for. Give more than 0 and at most "
                            + TIMEOUT_MAX.toSeconds() + " seconds."));
        }
        for (Registration other : state.replicas()) {
            if (other.name().equals(registration.name())) {
                return Optional.of(
                        notRegistered(registration, "the name is taken by the replica at " + other.address()));
            }
            if (other.address().equals(registration.address())) {
                return Optional.of(notRegistered(registration, "the address is taken by replica " + other.name()));
            }
            if (!registration.mode().goesWith(other.mode())) {
                return Optional.of(modesDoNotGoTogether(registration, other));
            }
        }
        return Optional.empty();
    }

    private static Optional<SkeinException> belowReplica(Replica replica, Registration registration) {
        Following following = replica.following();
        if (following == null || following.path().isEmpty()) {
            return Optional.of(refused("SKEIN-REPL-010: Replica " + registration.name()
                    + " was not registered: this instance is a REPLICA that "
                    + (following == null ? "no MAIN has registered" : "has not heard from its MAIN yet")
                    + ", so it has nothing to pass on. Nothing changed. "
                    + (following == null
                            ? "Register this instance on the MAIN first."
                            : "Try again once SHOW REPLICAS on the MAIN shows this instance ready.")));
        }
        String why = switch (registration.mode()) {
            case ASYNC, SYNC -> "";
            case STRICT_SYNC, QUORUM ->
                "SKEIN-REPL-018: Replica " + registration.name() + " was not registered as " + registration.mode()
                        + ": this instance is a REPLICA, which decides no commit and can refuse none, so it could not"
                        + " keep the promise. Nothing changed. Register it here as SYNC or ASYNC, or as "
                        + registration.mode() + " on the MAIN, "
                        + following.main().name() + ".";
        };
        if (!why.isEmpty()) {
            return Optional.of(refused(why));
        }
        return following.path().size() + 1 < ReplicationProtocol.PATH_MAX
                ? Optional.empty()
                : Optional.of(notRegistered(
                        registration,
                        "the chain would be longer than " + ReplicationProtocol.PATH_MAX
                                + " instances, the MAIN included"));
    }

    private static SkeinException modesDoNotGoTogether(Registration registration, Registration other) {
        return refused("SKEIN-REPL-011: Replica " + registration.name() + " was not registered as "
                + registration.mode()
                + ": replica " + other.name() + " is " + other.mode() + ", and one MAIN makes one promise only. Nothing"
                + " changed. Register it as " + other.mode() + " or ASYNC, or drop the " + other.mode()
                + " replicas first.");
    }

    static SkeinException notRegistered(Registration registration, String reason) {
        return refused("SKEIN-REPL-012: Replica " + registration.name() + " at " + registration.address()
                + " was not registered: " + reason + ". Nothing changed. Mend that and register it again.");
    }

    static String nothingRecorded() {
        return "no write can be decided at the moment, so that it holds a copy could not be recorded in the system"
                + " database. SHOW REPLICAS says which replicas commits wait for; bring them back, or drop them. Where"
                + " QUORUM lacks others, register those first that counted before, the MAIN before among them once it is a"
                + " REPLICA, which needs no record; if they are gone for good, make this instance a REPLICA, and then MAIN"
                + " again with SET REPLICATION ROLE TO MAIN FORCE";
    }

    /** The replica obeys already. */
    static SkeinException obeysUnregistered(Registration registration, String reason) {
        return refused("SKEIN-REPL-012: Replica " + registration.name() + " at " + registration.address()
                + " was not registered: " + reason + ". It obeys this MAIN already, but is sent nothing, and nothing"
                + " waits for it. Mend that and register it again; or register it on another MAIN, or make it MAIN.");
    }

    static Optional<SkeinException> ofDrop(RoleState state, ReplicaName name, int quorum) {
        if (state.replicas().stream().noneMatch(replica -> replica.name().equals(name))) {
            return Optional.of(refused("SKEIN-REPL-013: Replica " + name
                    + " was not dropped: there is none of that name." + " SHOW REPLICAS lists all."));
        }
        if (!(state instanceof Main main)) {
            return Optional.empty();
        }
        int left = main.quorumReplicas() - 1;
        boolean mayEnd = left == 0 && quorum == 1;
        return main.needsQuorum() && main.hasInQuorum(name) && left < quorum && !mayEnd
                ? Optional.of(tooFewLeft(name, left, quorum))
                : Optional.empty();
    }

    private static SkeinException tooFewLeft(ReplicaName name, int left, int quorum) {
        return refused("SKEIN-REPL-015: Replica " + name + " was not dropped: " + left
                + (left == 1 ? " QUORUM replica" : " QUORUM replicas") + " would be left, and replication.quorum is "
                + quorum + ", so nothing could be decided any more. Nothing changed. Register another one first. If"
                + " that cannot be done because this one is gone for good, or to end QUORUM, make this instance a"
                + " REPLICA and then MAIN again with SET REPLICATION ROLE TO MAIN FORCE, and register replicas anew.");
    }

    /** @param countedStill can be registered at once */
    static String membersAreShrinking(List<Peer> countedStill) {
        String now = countedStill.isEmpty()
                ? ""
                : ". When they are too few, register first who still counts, which needs no record: "
                        + countedStill.stream().map(Peer::toString).collect(Collectors.joining(", "));
        return "who counts for QUORUM has changed, and nobody else can be recorded before what is decided is on enough"
                + " of those that count now. That takes a moment while these are in sync (SHOW REPLICAS)" + now;
    }

    static SkeinException lastNotDropped(ReplicaName name, SkeinException reason) {
        return new SkeinException(
                reason.code(),
                "SKEIN-REPL-016: Replica " + name + " was not dropped: it is the last QUORUM replica, and that it is"
                        + " dropped has to be on its disk before commits go without it ("
                        + reason.getMessage()
                        + "). It counts as before. Bring it back and drop it then; if it is gone for good,"
                        + " make this instance a REPLICA and then MAIN again with SET REPLICATION ROLE TO MAIN FORCE.");
    }
}
