package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.storage.wal.MarkFile.Marks;

final class MarkFileTest {
    private static final int SLOT_DISTANCE = 4096;
    private static final int SLOT_BYTES = 64;

    private final FaultDisk disk = new FaultDisk();
    private final UUID database = new UUID(1, 2);

    private Marks marks(long lsn) {
        return new Marks(database, lsn, lsn, 0);
    }

    private byte[] bytes() {
        return Objects.requireNonNull(disk.files().get(MarkFile.NAME));
    }

    /** What is left when both slots were under way to the disk that were written since. */
    private Marks afterDamageSince(byte[] forced) throws IOException {
        byte[] found = bytes();
        for (int slot = 0; slot < 2; slot++) {
            int from = slot * SLOT_DISTANCE;
            if (!Arrays.equals(found, from, from + SLOT_BYTES, forced, from, from + SLOT_BYTES)) {
                found[from + SLOT_BYTES / 2] ^= 1;
            }
        }
        return MarkFile.open(FaultDisk.of(Map.of(MarkFile.NAME, found))).marks();
    }

    @Test
    void whatWasForcedIsLeftWhenEveryLaterWriteWasTorn() throws IOException {
        MarkFile file = MarkFile.create(disk, database, 0);
        file.write(marks(5));
        file.force();
        byte[] forced = bytes();

        file.write(marks(6));
        file.write(marks(7));
        file.write(marks(8));

        assertThat(MarkFile.open(disk).marks()).isEqualTo(marks(8));
        assertThat(afterDamageSince(forced)).isEqualTo(marks(5));
    }

    @Test
    void aFileThatWasFoundIsForcedBeforeItIsWrittenTo() throws IOException {
        MarkFile.create(disk, database, 0).write(marks(5));
        MarkFile found = MarkFile.open(disk);
        byte[] before = bytes();

        found.write(marks(6));

        assertThat(disk.crash(FaultDisk.Kept.NOTHING, new Random(1)).files().get(MarkFile.NAME))
                .isEqualTo(before);
        assertThat(afterDamageSince(before)).isEqualTo(marks(5));
    }
}
