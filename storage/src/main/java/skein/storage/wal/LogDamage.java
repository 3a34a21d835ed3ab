package skein.storage.wal;

import java.io.IOException;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The words for what can be wrong with the files of a log. */
final class LogDamage {
    private LogDamage() {}

    static SkeinException at(Segment segment, long offset, String reason) {
        return in(segment.describe(offset), reason);
    }

    static SkeinException in(String place, String reason) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The log is damaged in " + place + ": " + reason
                        + ". Nothing was changed. Restore this instance from a replica or a backup.");
    }

    static SkeinException unreadable(String place, IOException cause) {
        if (DiskSpace.isShort(cause)) {
            return full(place);
        }
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The log in " + place + " cannot be read: " + cause + ". Check the disk and the permissions of the"
                        + " data directory, then restart this instance.",
                cause);
    }

    static SkeinException undeletable(String place, IOException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "Old segments of the log in " + place + " could not be deleted: " + cause + ". The log itself is not"
                        + " affected. Check the permissions of the data directory; the next start tries again.",
                cause);
    }

    static SkeinException failed(String place, Throwable cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The log in " + place + " failed: " + cause + ". It is not tried again, because what the disk holds"
                        + " now is unknown. Check the disk, then restart this instance.",
                cause);
    }

    /** Heals by itself: nothing was spent, whoever is told this may try again. */
    static SkeinException full(String place) {
        return new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, fullText(place));
    }

    static String fullText(String place) {
        return "SKEIN-DISK-001: The disk is full: the log in " + place + " cannot grow. Nothing was written; reading"
                + " goes on. Free space on that disk; writing then goes on by itself, without a restart.";
    }
}
