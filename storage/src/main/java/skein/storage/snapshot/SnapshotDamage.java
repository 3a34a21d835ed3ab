package skein.storage.snapshot;

import java.io.IOException;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The words for what can be wrong with a snapshot. */
final class SnapshotDamage {
    private SnapshotDamage() {}

    static SkeinException in(String place, String reason) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot is damaged in " + place + ": " + reason
                        + ". It was not used. Take another one, or restore this instance from a replica or a backup.");
    }

    static SkeinException in(String place, RuntimeException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot is damaged in " + place + ": " + cause.getMessage()
                        + ". It was not used. Take another one, or restore this instance from a replica or a backup.",
                cause);
    }

    /** Whether it says that something could not be read, and so nothing about what is there. */
    static boolean isUnreadable(SkeinException e) {
        return e.getCause() instanceof IOException || e.getCause() instanceof UnsupportedOperationException;
    }

    static SkeinException unreadable(String place, Exception cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot in " + place + " cannot be read: " + cause.getMessage()
                        + ". Check the disk and the permissions of the data directory, then restart this instance.",
                cause);
    }
}
