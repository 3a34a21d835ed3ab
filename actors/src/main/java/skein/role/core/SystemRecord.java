package skein.role.core;

import java.util.UUID;
import skein.setting.core.SettingRecord;
import skein.user.core.UserRecord;

/**
 * What a SYSTEM record of the system database says: one step in the life of a database or a user, who holds copies, or
 * what a setting is.
 */
public sealed interface SystemRecord {
    /** What tells that this record has been carried out: the database, or the change of a user. */
    UUID subject();

    record OfDatabases(CatalogueRecord record) implements SystemRecord {
        @Override
        public UUID subject() {
            return record.id();
        }
    }

    record OfMembers(Members members) implements SystemRecord {
        @Override
        public UUID subject() {
            return members.main();
        }
    }

    record OfSettings(SettingRecord record) implements SystemRecord {
        @Override
        public UUID subject() {
            return record.change();
        }
    }

    record OfUsers(UserRecord record) implements SystemRecord {
        @Override
        public UUID subject() {
            return record.change();
        }
    }
}
