package skein.vocabulary;

import java.util.UUID;

/**
 * "At least this": the state of a database after one committed record. Opaque to clients; a read that carries one waits
 * until its node has applied that record of the same lineage.
 *
 * @param reign reign that sequenced the record
 * @param lsn position of the record; 0 for an empty history
 */
public record Bookmark(UUID reign, long lsn) {
    private static final String PREFIX = "skein:";

    /** Reads {@link #toString}'s form; throws {@link SkeinException} (INVALID_BOOKMARK) for anything else. */
    public static Bookmark parse(String text) {
        int colon = text.lastIndexOf(':');
        if (text.startsWith(PREFIX) && colon > PREFIX.length()) {
            try {
                long lsn = Long.parseLong(text.substring(colon + 1));
                UUID reign = UUID.fromString(text.substring(PREFIX.length(), colon));
                if (lsn >= 0) {
                    return new Bookmark(reign, lsn);
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
        return PREFIX + reign + ":" + lsn;
    }
}
