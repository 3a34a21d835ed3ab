package skein.role;

import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;
import skein.replication.SnapshotPolicy;
import skein.setting.SettingDirectory;
import skein.storage.DatabaseOptions;
import skein.storage.wal.Platform;
import skein.user.UserDirectory;
import skein.vocabulary.DatabaseName;

/**
 * How the databases of an instance are kept.
 *
 * @param platform what all of it stands on
 * @param directory one directory per database lies in it
 * @param defaultDatabase always there
 * @param databasesMax how many user databases there may be
 * @param isolateFailures whether the failure of one user database's log concerns that database alone
 * @param snapshots when each user database takes them
 * @param users hears what the system database says of users
 * @param shared hears what the system database says of settings
 * @param options of one database, by its identity
 */
public record DatabaseSetSettings(
        Platform platform,
        Path directory,
        DatabaseName defaultDatabase,
        int databasesMax,
        boolean isolateFailures,
        SnapshotPolicy snapshots,
        UserDirectory users,
        SettingDirectory shared,
        Function<UUID, DatabaseOptions> options) {

    /** With what they stand on. */
    DatabaseOptions optionsOf(UUID id) {
        return options.apply(id).withPlatform(platform);
    }
}
