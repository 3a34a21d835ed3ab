package skein.storage.wal;

import java.io.IOException;
import java.util.List;

/** Tells a full disk, which heals, from a broken one. */
final class DiskSpace {
    /** What Linux, quotas, macOS and Windows say. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

    private DiskSpace() {}

    static boolean isShort(IOException e) {
        String message = String.valueOf(e.getMessage());
        return !(e instanceof ForceFailure) && WORDS.stream().anyMatch(message::contains);
    }
}
