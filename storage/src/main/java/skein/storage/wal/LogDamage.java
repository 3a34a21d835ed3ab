package skein.storage.wal;

import java.io.IOException;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The words for what can be wrong with the files of a log. */
final class LogDamage {
    private static final String NO_SPACE = "No space left on device";

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
        boolean full = cause instanceof IOException
                && String.valueOf(cause.getMessage()).contains(NO_SPACE);
        String what = full
                ? "The disk is full: the log in " + place + " cannot grow. Writes are refused until then: free space on"
                        + " the disk, then restart this instance."
                : "The log in " + place + " failed: " + cause + ". It is not tried again, because what the disk holds"
                        + " now is unknown. Check the disk, then restart this instance.";
        return new SkeinException(ErrorCode.STORAGE_FAILURE, what, cause);
    }
}
