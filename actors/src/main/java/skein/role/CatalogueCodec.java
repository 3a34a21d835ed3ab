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
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The bytes of a SYSTEM record's payload.
 *
 * <pre>
 * u8 1  created   id, text name, u64 created (ms since 1970 UTC)
 * u8 2  dropped   id, u8 force (0 or 1)
 * u8 3  renamed   id, text name
 * u8 4  replaced  id, id of the one before
 *
 * id    u64 high, u64 low
 * text  u16 length in bytes, modified UTF-8
 * </pre>
 *
 * All numbers are big-endian.
 */
final class CatalogueCodec {
    private static final byte CREATED = 1;
    private static final byte DROPPED = 2;
    private static final byte RENAMED = 3;
    private static final byte REPLACED = 4;

    private CatalogueCodec() {}

    static byte[] encode(CatalogueRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
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
                    out.writeLong(before.getMostSignificantBits());
                    out.writeLong(before.getLeastSignificantBits());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void head(DataOutputStream out, byte kind, UUID id) throws IOException {
        out.writeByte(kind);
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    /** STORAGE_FAILURE for bytes that this release did not write. */
    static CatalogueRecord decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            byte kind = in.readByte();
            UUID id = new UUID(in.readLong(), in.readLong());
            CatalogueRecord record = switch (kind) {
                case CREATED -> new Created(new DatabaseIdentity(new DatabaseName(in.readUTF()), id), in.readLong());
                case DROPPED -> new Dropped(id, in.readBoolean());
                case RENAMED -> new Renamed(id, new DatabaseName(in.readUTF()));
                case REPLACED -> new Replaced(new UUID(in.readLong(), in.readLong()), id);
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
