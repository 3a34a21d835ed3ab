package skein.query.core;

import java.util.List;
import java.util.UUID;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Whether a database already has the states that bookmarks name. A record's reign tells lineages apart: at a position
 * that is applied here, the history that the bookmark speaks of either is this one or has been given up.
 */
public final class BookmarkRules {
    private BookmarkRules() {}

    /** Says which reign sequenced an applied record. */
    @FunctionalInterface
    public interface Lineage {
        /** @param lsn from 1, not above what is applied */
        UUID reignOf(long lsn);
    }

    /**
     * True when the database includes all of them, false when it may yet come to. INVALID_BOOKMARK when one names a
     * record that this history does not have and never will, INVALID_BOOKMARK_MIXTURE when another one is of this
     * history.
     *
     * @param own of this database
     * @param appliedLsn newest record that readers see
     */
    public static boolean areVisible(List<Bookmark> own, long appliedLsn, Lineage lineage) {
        List<Bookmark> applied = own.stream()
                .filter(bookmark -> bookmark.lsn() > 0 && bookmark.lsn() <= appliedLsn)
                .toList();
        List<Bookmark> strange = applied.stream()
                .filter(bookmark -> !lineage.reignOf(bookmark.lsn()).equals(bookmark.reign()))
                .toList();
        if (!strange.isEmpty()) {
            throw refusal(strange.getFirst(), strange.size() < applied.size());
        }
        return own.stream().allMatch(bookmark -> bookmark.lsn() <= appliedLsn);
    }

    private static SkeinException refusal(Bookmark strange, boolean mixed) {
        return new SkeinException(
                mixed ? ErrorCode.INVALID_BOOKMARK_MIXTURE : ErrorCode.INVALID_BOOKMARK,
                "The bookmark " + strange + " names a state that is not in the history of its database: a failover or a"
                        + " recovery has given it up"
                        + (mixed ? ", while other bookmarks given with it are of that history." : ".")
                        + " Nothing was done. Look for what the bookmark stood for, and go on without it.");
    }
}
