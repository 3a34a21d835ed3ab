package skein.role;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.DatabaseName;

/**
 * What a SYSTEM record of the system database says.
 *
 * <pre>
 * u8 kind (1 database created) | text name | u64, u64 id
 * </pre>
 */
record CatalogueRecord(DatabaseIdentity created) {
    private static final byte DATABASE_CREATED = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(DATABASE_CREATED);
            out.writeUTF(created.name().value());
            out.writeLong(created.id().getMostSignificantBits());
            out.writeLong(created.id().getLeastSignificantBits());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static CatalogueRecord of(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            byte kind = in.readByte();
            if (kind != DATABASE_CREATED) {
                throw new IOException(
                        "the system database holds a record of kind " + kind + ", which this release does not know");
            }
            DatabaseName name = new DatabaseName(in.readUTF());
            return new CatalogueRecord(new DatabaseIdentity(name, new UUID(in.readLong(), in.readLong())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
