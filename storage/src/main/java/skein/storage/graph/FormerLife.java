package skein.storage.graph;

import org.jspecify.annotations.Nullable;

/**
 * What the columns of a relationship's slot held before the slot was used again.
 *
 * @param deletedTs the relationship is shown by snapshots before this
 * @param older the life before this one, while some snapshot may show it
 */
record FormerLife(
        int start,
        int end,
        int type,
        long deletedTs,
        @Nullable FormerLife older) {
    /** The life that a snapshot shows; null when that is the present one. */
    static @Nullable FormerLife at(@Nullable FormerLife newest, long snapshot) {
        FormerLife found = null;
        for (FormerLife life = newest; life != null && life.deletedTs > snapshot; life = life.older) {
            found = life;
        }
        return found;
    }

    /** The lives that a snapshot at or above the horizon may show; null when there is none. */
    static @Nullable FormerLife after(@Nullable FormerLife newest, long horizon) {
        if (newest == null || newest.deletedTs <= horizon) {
            return null;
        }
        return new FormerLife(newest.start, newest.end, newest.type, newest.deletedTs, after(newest.older, horizon));
    }
}
