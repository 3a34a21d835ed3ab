package skein.cypher.syntax;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A statement about the cluster or the instance: the frontend turns it into messages; it never meets a planner. */
public sealed interface AdminStatement extends Statement
        permits AdminStatement.SetReplicationRole,
                AdminStatement.ShowReplicationRole,
                AdminStatement.RegisterReplica,
                AdminStatement.DropReplica,
                AdminStatement.ShowReplicas,
                AdminStatement.ShowReplicationLag,
                AdminStatement.CreateDatabase,
                AdminStatement.DropDatabase,
                AdminStatement.RenameDatabase,
                AdminStatement.SetDatabaseSetting,
                AdminStatement.ShowDatabaseSettings,
                AdminStatement.ShowConfig,
                AdminStatement.ShowVersion,
                AdminStatement.ShowBuildInfo,
                AdminStatement.ShowMetrics,
                AdminStatement.ReloadBoltTls,
                AdminStatement.ReloadClusterTls,
                CoordinatorStatement,
                UserStatement {
    /** {@code SET REPLICATION ROLE TO MAIN [FORCE]|REPLICA [WITH PORT n]}. */
    record SetReplicationRole(boolean main, boolean force, OptionalInt port) implements AdminStatement {}

    /** {@code SHOW REPLICATION ROLE}. */
    record ShowReplicationRole() implements AdminStatement {}

    /**
     * {@code REGISTER REPLICA name mode [WITH TIMEOUT seconds] TO "address" [RESYNC]}; {@code CREATE REPLICA} is its
     * oldest form.
     *
     * @param mode SYNC, ASYNC, STRICT_SYNC or QUORUM, upper case
     * @param address as typed
     * @param resync whatever the replica holds may be given up
     */
    record RegisterReplica(String name, String mode, Optional<Duration> timeout, String address, boolean resync)
            implements AdminStatement {}

    /** {@code DROP REPLICA name}. */
    record DropReplica(String name) implements AdminStatement {}

    /** {@code SHOW REPLICAS}. */
    record ShowReplicas() implements AdminStatement {}

    /** {@code SHOW REPLICATION LAG}. */
    record ShowReplicationLag() implements AdminStatement {}

    /** {@code CREATE DATABASE name [IF NOT EXISTS]}. */
    record CreateDatabase(String name, boolean ifNotExists) implements AdminStatement {}

    /** {@code DROP DATABASE name [IF EXISTS] [FORCE]}. */
    record DropDatabase(String name, boolean ifExists, boolean force) implements AdminStatement {}

    /** {@code RENAME DATABASE from TO to}. */
    record RenameDatabase(String from, String to) implements AdminStatement {}

    /**
     * {@code SET DATABASE SETTING 'name' TO 'value'}.
     *
     * @param value empty for what each instance was started with
     */
    record SetDatabaseSetting(String name, String value) implements AdminStatement {}

    /**
     * {@code SHOW DATABASE SETTING 'name'}, {@code SHOW DATABASE SETTINGS}.
     *
     * @param name empty for all
     */
    record ShowDatabaseSettings(Optional<String> name) implements AdminStatement {}

    /** {@code SHOW CONFIG}. */
    record ShowConfig() implements AdminStatement {}

    /** {@code SHOW VERSION}. */
    record ShowVersion() implements AdminStatement {}

    /** {@code SHOW BUILD INFO} and {@code SHOW LICENSE INFO}. */
    record ShowBuildInfo() implements AdminStatement {}

    /** {@code SHOW METRICS INFO}. */
    record ShowMetrics() implements AdminStatement {}

    /** {@code RELOAD BOLT_SERVER TLS}. */
    record ReloadBoltTls() implements AdminStatement {}

    /** {@code RELOAD INTRA_CLUSTER TLS}. */
    record ReloadClusterTls() implements AdminStatement {}
}
