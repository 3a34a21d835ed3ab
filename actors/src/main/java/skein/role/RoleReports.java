package skein.role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import skein.protocol.InstanceRoleProtocol.InstanceLag;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.ReplicationLag;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.SettingStatus;
import skein.protocol.InstanceRoleProtocol.SettingsInForce;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.InstanceRoleProtocol.UserStatus;
import skein.protocol.InstanceRoleProtocol.Users;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Report;
import skein.replication.DatabaseCell;
import skein.replication.ServedDatabase;
import skein.role.core.OwnDatabase;
import skein.role.core.OwnLogs;
import skein.role.core.OwnLogs.OwnLog;
import skein.role.core.Registration;
import skein.role.core.RoleInput.OwnDatabases;
import skein.role.core.RoleState;
import skein.setting.SettingDirectory;
import skein.setting.core.SharedSetting;
import skein.storage.Database;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/** What an instance says of itself and of its replicas, put together from what is known at the moment. */
final class RoleReports {
    private static final StreamStatus NOT_YET = new StreamStatus(0, 0, StreamState.INVALID);

    private RoleReports() {}

    /** What this instance holds, for a MAIN to judge. */
    static Report report(RoleState state, RoleSettings settings, DatabaseSet databases) {
        return new Report(
                settings.name(),
                state.instance(),
                settings.bolt(),
                state.epochNumber(),
                state.obeyedTenure(),
                reportOf(databases.systemDatabase()),
                databases.users().stream().map(RoleReports::reportOf).toList());
    }

    private static DatabaseReport reportOf(ServedDatabase database) {
        return new DatabaseReport(database.cell().identity(), database.cell().report());
    }

    /** What SHOW REPLICAS answers. */
    static Replicas replicas(RoleState state, DatabaseSet databases) {
        List<ReplicaName> joined = state instanceof RoleState.Main own ? own.joined() : List.of();
        return new Replicas(state.replicas().stream()
                .map(replica -> statusOf(replica, joined.contains(replica.name()), databases))
                .toList());
    }

    private static ReplicaStatus statusOf(Registration registration, boolean joined, DatabaseSet databases) {
        boolean promised = joined || !registration.mode().joins();
        Map<DatabaseName, StreamStatus> perDatabase = new HashMap<>();
        databases
                .catalogue()
                .entries()
                .forEach(entry -> perDatabase.put(
                        entry.name(),
                        databases
                                .served(entry.id())
                                .map(database -> statusOf(database, registration, promised))
                                .orElse(NOT_YET)));
        return new ReplicaStatus(
                registration.name(),
                registration.address(),
                registration.mode(),
                statusOf(databases.systemDatabase(), registration, promised),
                perDatabase);
    }

    /** A replica is not ready before what its mode promises holds. */
    private static StreamStatus statusOf(ServedDatabase database, Registration registration, boolean promised) {
        StreamStatus status = database.status(registration.name());
        if (status == null) {
            return NOT_YET;
        }
        return switch (status.state()) {
            case READY, REPLICATING ->
                promised ? status : new StreamStatus(status.lsn(), status.behind(), StreamState.RECOVERY);
            case RECOVERY, INVALID, DIVERGED -> status;
        };
    }

    /** What SHOW REPLICATION LAG answers. */
    static ReplicationLag lag(RoleState state, RoleSettings settings, DatabaseSet databases) {
        List<InstanceLag> instances = new ArrayList<>();
        state.replicas()
                .forEach(replica -> instances.add(new InstanceLag(
                        replica.name().value(), lags(databases, database -> database.lag(replica.name())))));
        if (state instanceof RoleState.Main) {
            // how far a replica is behind its MAIN is known to whoever streams to it
            instances.add(new InstanceLag(settings.name().value(), lags(databases, ServedDatabase::noLag)));
        }
        return new ReplicationLag(instances);
    }

    /** A database that is broken here is streamed to nobody, and nothing is known of its log. */
    private static Map<DatabaseName, StreamLag> lags(DatabaseSet databases, Function<ServedDatabase, StreamLag> lag) {
        Map<DatabaseName, StreamLag> found = new HashMap<>();
        databases
                .catalogue()
                .entries()
                .forEach(entry -> databases
                        .served(entry.id())
                        .ifPresent(database -> found.put(entry.name(), lag.apply(database))));
        return found;
    }

    /** What SHOW DATABASE SETTING and SETTINGS answer. */
    static Reply settings(SettingDirectory shared, Optional<String> name) {
        Map<String, String> all = shared.inForce();
        try {
            List<String> wanted =
                    name.map(one -> List.of(SharedSetting.of(one).shown())).orElseGet(() -> List.copyOf(all.keySet()));
            return new SettingsInForce(wanted.stream()
                    .map(each -> new SettingStatus(each, all.getOrDefault(each, "")))
                    .toList());
        } catch (SkeinException e) {
            return new Refused(e);
        }
    }

    /** What SHOW USERS answers. */
    static Users users(DatabaseSet databases) {
        return new Users(databases.accounts().inForce().accounts().values().stream()
                .map(account -> new UserStatus(account.name(), account.changeRequired()))
                .toList());
    }

    /** What this MAIN holds, to judge a Report by. */
    static OwnDatabases own(DatabaseSet databases) {
        return new OwnDatabases(
                ownOf(databases.systemDatabase()),
                databases.users().stream().map(RoleReports::ownOf).toList(),
                databases.systemDatabase().isWritable());
    }

    /** What this instance holds, to compare the reports of other members with. */
    static OwnLogs logs(DatabaseSet databases) {
        return new OwnLogs(
                logOf(databases.systemDatabase()),
                databases.users().stream().map(RoleReports::logOf).toList());
    }

    static OwnLog logOf(ServedDatabase served) {
        Database database = served.cell().database();
        return new OwnLog(
                served.cell().identity(),
                database.logEnd(),
                database.decidedLsn(),
                database.settledLsn(),
                database.lineage());
    }

    private static OwnDatabase ownOf(ServedDatabase database) {
        DatabaseCell cell = database.cell();
        return new OwnDatabase(
                cell.identity(),
                cell.database().lineage(),
                cell.database().logEnd().lsn());
    }
}
