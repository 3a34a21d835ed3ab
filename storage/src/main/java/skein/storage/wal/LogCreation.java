package skein.storage.wal;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Makes the files of a log that begins in the middle of a history. The mark comes last: without it there is no log, and
 * whoever was interrupted begins again.
 */
final class LogCreation {
    private LogCreation() {}

    static void createAt(LogDisk disk, UUID databaseId, Lineage lineage) throws IOException {
        LogPosition start = lineage.start();
        boolean orderly = lineage.reigns().equals(lineage.reignsUpTo(start.lsn()))
                && lineage.epochAt(start.lsn()).equals(start.epoch());
        Invariant.check(orderly, "the reigns %s do not lead to %s", lineage.reigns(), start);
        List<String> names = disk.list();
        if (names.contains(MarkFile.NAME)) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "There is a log in " + disk.describe("") + " already; another one cannot be made there. Move that"
                            + " directory away first.");
        }
        for (String name : names) {
            if (SegmentFormat.isName(name) || SegmentStore.isUnfinished(name) || name.equals(LineageFile.NAME)) {
                disk.delete(name);
            }
        }
        disk.forceDirectory();
        LineageFile.write(disk, databaseId, lineage.reigns());
        SegmentStore.create(disk, databaseId, start);
        MarkFile.create(disk, databaseId, start.lsn()).close();
    }
}
