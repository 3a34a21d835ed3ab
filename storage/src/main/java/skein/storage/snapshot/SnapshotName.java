package skein.storage.snapshot;

import java.util.regex.Pattern;

/** What files in a directory of snapshots are called: by the lsn of their record, so that they sort by age. */
final class SnapshotName {
    private static final String SUFFIX = ".snapshot";
    private static final String NEW_SUFFIX = ".snapshot.tmp";
    private static final String INCOMING_SUFFIX = ".snapshot.incoming";
    private static final String DAMAGED_SUFFIX = ".snapshot.damaged";
    private static final Pattern PATTERN = Pattern.compile("\\d{19}\\.snapshot");

    private SnapshotName() {}

    static String of(long lsn) {
        return digits(lsn) + SUFFIX;
    }

    static String unfinished(long lsn) {
        return digits(lsn) + NEW_SUFFIX;
    }

    static String incoming(long lsn) {
        return digits(lsn) + INCOMING_SUFFIX;
    }

    private static String digits(long lsn) {
        return String.format("%019d", lsn);
    }

    static boolean isSnapshot(String name) {
        return PATTERN.matcher(name).matches();
    }

    static boolean isUnfinished(String name) {
        return name.endsWith(NEW_SUFFIX);
    }

    static boolean isIncoming(String name) {
        return name.endsWith(INCOMING_SUFFIX);
    }

    static String damaged(String name) {
        return name.substring(0, name.length() - SUFFIX.length()) + DAMAGED_SUFFIX;
    }

    static long lsn(String name) {
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
}
