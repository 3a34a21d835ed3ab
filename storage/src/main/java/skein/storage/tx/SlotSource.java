package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.storage.graph.NodeVersion;
import skein.storage.index.SlotBitmap;

/** Slots worth a look, each at most once; -1 at the end. */
interface SlotSource {
    SlotSource NONE = () -> -1;

    int next();

    /** Whether the slot was named for what this version of its node shows. */
    default boolean meant(NodeVersion version) {
        return true;
    }

    /** As {@link #meant(NodeVersion)}, for a relationship. */
    default boolean meant(int type, byte[] properties) {
        return true;
    }

    /** Every slot below a limit. */
    final class Range implements SlotSource {
        private final int limit;
        private int next;

        Range(int limit) {
            this.limit = limit;
        }

        @Override
        public int next() {
            return next < limit ? next++ : -1;
        }
    }

    /** The members of a bitmap. */
    final class Members implements SlotSource {
        private final SlotBitmap bitmap;
        private int from;

        Members(SlotBitmap bitmap) {
            this.bitmap = bitmap;
        }

        @Override
        public int next() {
            int found = from < 0 ? -1 : bitmap.nextAtOrAbove(from);
            from = found + 1 <= 0 ? -1 : found + 1;
            return found;
        }
    }

    /** The members of a bitmap, if there is one. */
    static SlotSource of(@Nullable SlotBitmap bitmap) {
        return bitmap == null ? NONE : new Members(bitmap);
    }
}
