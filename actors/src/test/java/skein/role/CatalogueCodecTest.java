package skein.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.role.core.CatalogueRecord;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.role.core.SystemRecord;
import skein.role.core.SystemRecord.OfDatabases;
import skein.role.core.SystemRecord.OfMembers;
import skein.role.core.SystemRecord.OfSettings;
import skein.role.core.SystemRecord.OfUsers;
import skein.setting.core.SettingRecord;
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
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
            new OfUsers(new UserRecord.Removed(new UserName("de"), ID)),
            new OfMembers(new Members(ID, null, 0, List.of())),
            new OfMembers(new Members(
                    ID,
                    new HostPort("h", 10_000),
                    1,
                    List.of(
                            replica("r", ReplicationMode.SYNC, Duration.ofMillis(5)),
                            replica("s", ReplicationMode.ASYNC, null)))),
            new OfSettings(new SettingRecord(ID, "f", "1.5")));

    private static Registration replica(String name, ReplicationMode mode, @Nullable Duration timeout) {
        return new Registration(new ReplicaName(name), mode, timeout, new HostPort("a", 7), USER);
    }

    private static String replicaBytes(String name, String mode, String timeout) {
        return "0001" + name + "00000000000000030000000000000004" + "0001" + "61" + "0007" + mode + timeout;
    }

    @Test
    void theBytesStayWhatTheyAre() {
        assertThat(RECORDS.stream().map(record -> HexFormat.of().formatHex(CatalogueCodec.encode(record))))
                .containsExactly(
                        "01000000000000000100000000000000020002" + "6162" + "0000000000000003",
                        "0200000000000000010000000000000002" + "01",
                        "0300000000000000010000000000000002" + "0001" + "63",
                        "0500000000000000010000000000000002" + "0002" + "6465" + "00000000000000030000000000000004"
                                + "0002" + "2466" + "01",
                        "0600000000000000010000000000000002" + "0002" + "6465",
                        "0700000000000000010000000000000002" + "00" + "0000" + "0000",
                        "0700000000000000010000000000000002" + "01" + "0001" + "68" + "2710" + "0001" + "0002"
                                + replicaBytes("72", "01", "0000000000000005")
                                + replicaBytes("73", "02", "0000000000000000"),
                        "0800000000000000010000000000000002" + "0001" + "66" + "0003" + "312e35");
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
