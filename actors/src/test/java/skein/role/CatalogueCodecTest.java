package skein.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.role.core.CatalogueRecord;
import skein.role.core.SystemRecord;
import skein.role.core.SystemRecord.OfDatabases;
import skein.role.core.SystemRecord.OfUsers;
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** The catalogue's bytes are for ever: they lie in every system database. */
class CatalogueCodecTest {
    private static final UUID ID = new UUID(1, 2);
    private static final UUID USER = new UUID(3, 4);
    private static final List<SystemRecord> RECORDS = List.of(
            new OfDatabases(new CatalogueRecord.Created(new DatabaseIdentity(new DatabaseName("ab"), ID), 3)),
            new OfDatabases(new CatalogueRecord.Dropped(ID, true)),
            new OfDatabases(new CatalogueRecord.Renamed(ID, new DatabaseName("c"))),
            new OfUsers(new UserRecord.Kept(new Account(new UserName("de"), USER, ID, "$f", true))),
            new OfUsers(new UserRecord.Removed(new UserName("de"), ID)));

    @Test
    void theBytesStayWhatTheyAre() {
        assertThat(RECORDS.stream().map(record -> HexFormat.of().formatHex(CatalogueCodec.encode(record))))
                .containsExactly(
                        "01000000000000000100000000000000020002" + "6162" + "0000000000000003",
                        "0200000000000000010000000000000002" + "01",
                        "0300000000000000010000000000000002" + "0001" + "63",
                        "0500000000000000010000000000000002" + "0002" + "6465" + "00000000000000030000000000000004"
                                + "0002" + "2466" + "01",
                        "0600000000000000010000000000000002" + "0002" + "6465");
    }

    @Test
    void whatIsWrittenIsRead() {
        RECORDS.forEach(record ->
                assertThat(CatalogueCodec.decode(CatalogueCodec.encode(record))).isEqualTo(record));
    }

    @Test
    void otherBytesAreRefused() {
        for (SystemRecord record : RECORDS) {
            byte[] bytes = CatalogueCodec.encode(record);
            for (int length = 0; length < bytes.length; length++) {
                refused(Arrays.copyOf(bytes, length));
            }
            refused(Arrays.copyOf(bytes, bytes.length + 1));
            bytes[0] = 9;
            refused(bytes);
        }
    }

    private static void refused(byte[] bytes) {
        assertThatThrownBy(() -> CatalogueCodec.decode(bytes))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE));
    }
}
