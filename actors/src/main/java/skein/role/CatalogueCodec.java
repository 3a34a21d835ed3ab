package skein.role;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.role.core.CatalogueRecord;
import skein.role.core.CatalogueRecord.Created;
import skein.role.core.CatalogueRecord.Dropped;
import skein.role.core.CatalogueRecord.Renamed;
import skein.role.core.CatalogueRecord.Replaced;
import skein.role.core.Members;
import skein.role.core.SystemRecord;
import skein.role.core.SystemRecord.OfDatabases;
import skein.role.core.SystemRecord.OfMembers;
import skein.role.core.SystemRecord.OfSettings;
import skein.role.core.SystemRecord.OfUsers;
import skein.setting.core.SettingRecord;
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.user.core.UserRecord.Kept;
import skein.user.core.UserRecord.Removed;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * The bytes of a SYSTEM record's payload.
 *
 * <pre>
 * u8 1  created   id, text name, u64 created (ms since 1970 UTC)
 * u8 2  dropped   id, u8 force (0 or 1)
 * u8 3  renamed   id, text name
 * u8 4  replaced  id, id of the one before
 * u8 5  kept      id of the change, of a user: text name, id, text hash of the password (empty for none),
 *                 u8 whether the password must be changed (0 or 1)
 * u8 6  removed   id of the change, of a user: text name
 * u8 7  members   id of the MAIN's instance, all that it has registered: u8 whether its own address is known (0 or 1),
 *                 if so that address, u16 quorum (0 for not said), u16 number of replicas, and of each: text name,
 *                 id of its instance, address, u8 mode (1 SYNC, 2 ASYNC, 3 STRICT_SYNC, 4 QUORUM), u64 timeout of
 *                 acknowledgements (ms, 0 for the setting)
 * u8 8  setting   id of the change: text name, text value (empty for what each instance was started with)
 *
 * id       u64 high, u64 low
 * text     u16 length in bytes, modified UTF-8
 * address  text host, u16 port
 * </pre>
 *
 * All numbers are big-endian.
 */
final class CatalogueCodec {
    private static final byte CREATED = 1;
    private static final byte DROPPED = 2;
    private static final byte RENAMED = 3;
    private static final byte REPLACED = 4;
    private static final byte USER_KEPT = 5;
    private static final byte USER_REMOVED = 6;
    private static final byte MEMBERS = 7;
    private static final byte SETTING = 8;

    private CatalogueCodec() {}

    static byte[] encode(SystemRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (record) {
                case OfDatabases(CatalogueRecord ofDatabases) -> write(ofDatabases, out);
                case OfUsers(UserRecord ofUsers) -> write(ofUsers, out);
                case OfSettings(SettingRecord(UUID change, String name, String value)) -> {
                    head(out, SETTING, change);
                    out.writeUTF(name);
                    out.writeUTF(value);
                }
                case OfMembers(Members members) -> {
                    head(out, MEMBERS, members.main());
                    MembersCodec.write(members, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(UserRecord record, DataOutputStream out) throws IOException {
        switch (record) {
            case Kept(Account account) -> {
                head(out, USER_KEPT, account.version());
                out.writeUTF(account.name().value());
                id(out, account.id());
                out.writeUTF(account.hash());
                out.writeBoolean(account.changeRequired());
            }
            case Removed(UserName name, UUID change) -> {
                head(out, USER_REMOVED, change);
                out.writeUTF(name.value());
            }
        }
    }

    private static void write(CatalogueRecord record, DataOutputStream out) throws IOException {
        switch (record) {
            case Created(DatabaseIdentity database, long createdMillis) -> {
                head(out, CREATED, database.id());
                out.writeUTF(database.name().value());
                out.writeLong(createdMillis);
            }
            case Dropped(UUID id, boolean force) -> {
                head(out, DROPPED, id);
                out.writeBoolean(force);
            }
            case Renamed(UUID id, DatabaseName to) -> {
                head(out, RENAMED, id);
                out.writeUTF(to.value());
            }
            case Replaced(UUID before, UUID id) -> {
                head(out, REPLACED, id);
                id(out, before);
            }
        }
    }

    private static void head(DataOutputStream out, byte kind, UUID id) throws IOException {
        out.writeByte(kind);
        id(out, id);
    }

    static void id(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID id(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    /** STORAGE_FAILURE for bytes that this release did not write. */
    static SystemRecord decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            byte kind = in.readByte();
            UUID id = id(in);
            SystemRecord record = switch (kind) {
                case CREATED ->
                    new OfDatabases(
                            new Created(new DatabaseIdentity(new DatabaseName(in.readUTF()), id), in.readLong()));
                case DROPPED -> new OfDatabases(new Dropped(id, in.readBoolean()));
                case RENAMED -> new OfDatabases(new Renamed(id, new DatabaseName(in.readUTF())));
                case REPLACED -> new OfDatabases(new Replaced(id(in), id));
                case USER_KEPT ->
                    new OfUsers(new Kept(
                            new Account(new UserName(in.readUTF()), id(in), id, in.readUTF(), in.readBoolean())));
                case USER_REMOVED -> new OfUsers(new Removed(new UserName(in.readUTF()), id));
                case MEMBERS -> new OfMembers(MembersCodec.read(id, in));
                case SETTING -> new OfSettings(new SettingRecord(id, in.readUTF(), in.readUTF()));
                default -> throw new IOException("its kind is " + kind);
            };
            if (in.read() >= 0) {
                throw new IOException("it is longer than it should be");
            }
            return record;
        } catch (IOException | SkeinException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The system database holds a record that this release cannot read: " + e.getMessage()
                            + ". Start this directory with the release that wrote it.",
                    e);
        }
    }
}
