package skein.vocabulary;

import java.util.UUID;

/**
 * "At least this": the state of one database after one committed record. Opaque to clients; a read of that database
 * that carries one waits until its node has applied that record of the same lineage. It says nothing about any other
 * database: drivers hand the bookmarks of all their sessions to each of them.
 *
 * @param database identity of the database, the same on every node and under every name
 * @param reign reign that sequenced the record
 * @param lsn position of the record; 0 for an empty history
 */
public record Bookmark(UUID database, UUID reign, long lsn) {
    private static final String PREFIX = "skein:";
    private static final int PARTS = 3;

    /** Reads {@link #toString}'s form; throws {@link SkeinException} (INVALID_BOOKMARK) for anything else. */
    public static Bookmark parse(String text) {
        String[] parts =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split(":", -1) : new String[0];
        if (parts.length == PARTS) {
            try {
                long lsn = Long.parseLong(parts[2]);
                if (lsn >= 0) {
                    return new Bookmark(UUID.fromString(parts[0]), UUID.fromString(parts[1]), lsn);
                }
            } catch (IllegalArgumentException e) {
                // falls through to the one refusal below: the reason does not help a client
            }
        }
        throw new SkeinException(
                ErrorCode.INVALID_BOOKMARK,
                "The bookmark '" + text.substring(0, Math.min(text.length(), 80))
                        + "' was not made by Skein. Pass on bookmarks exactly as a transaction returned them.");
    }

    @Override
    public String toString() {
        return PREFIX + database + ":" + reign + ":" + lsn;
    }
}
