package skein.storage.index;

/**
 * Walks over entries of a range in order: call {@link #next} until it answers -1. Meets every entry that was there when
 * the walk began and was not removed since; of what comes and goes meanwhile, some. For one thread.
 */
public final class IndexCursor {
    private final OrderedIndex index;
    private final KeyRange range;
    private final boolean ascending;
    private EntryRun leaf = EntryRun.EMPTY;

    /** The current entry; the next one is beside it. */
    private int at;

    /** Where the entries of the leaf end in the direction of the walk. */
    private int end;

    private boolean begun;
    private boolean newKey;

    IndexCursor(OrderedIndex index, KeyRange range, boolean ascending) {
        this.index = index;
        this.range = range;
        this.ascending = ascending;
    }

    /** The next slot, or -1 at the end. */
    public int next() {
        EntryRun before = leaf;
        int last = at;
        if (!begun) {
            begun = true;
            newKey = true;
            return ascending ? enterAbove(range.from(), 0) : enterBelow();
        }
        if (leaf.size() == 0) {
            return -1;
        }
        int found;
        if (ascending) {
            found = ++at < end ? inRange() : enterAbove(before.key(last), before.slot(last) + 1);
        } else {
            found = --at >= 0 ? inRange() : enterBefore(before.key(last), before.slot(last));
        }
        newKey = found >= 0 && !leaf.sameKey(at, before, last);
        return found;
    }

    /** Whether the current entry has another key than the one before it. */
    public boolean isNewKey() {
        return newKey;
    }

    /** Whether this is the key of the current entry. */
    public boolean isAt(IndexKey key) {
        return leaf.compare(at, key) == 0;
    }

    private int enterBelow() {
        return enterBefore(range.to(), range.inclusive() ? Integer.MAX_VALUE : 0);
    }

    /** To the first entry at or above a key and slot. */
    private int enterAbove(IndexKey fromKey, int fromSlot) {
        IndexKey key = fromKey;
        int slot = fromSlot;
        while (true) {
            Branch turn = null;
            int turnChild = 0;
            TreeNode node = index.root();
            while (node instanceof Branch branch) {
                int child = branch.childOf(key, slot);
                if (child < branch.size() - 1) {
                    turn = branch;
                    turnChild = child;
                }
                node = branch.child(child);
            }
            EntryRun found = (EntryRun) node;
            end = found.size();
            at = found.before(key, slot);
            if (at < end) {
                leaf = found;
                return inRange();
            }
            if (turn == null) {
                return stop();
            }
            key = turn.bounds().key(turnChild);
            slot = turn.bounds().slot(turnChild);
        }
    }

    /** To the last entry below a key and slot. */
    private int enterBefore(IndexKey fromKey, int fromSlot) {
        IndexKey key = fromKey;
        int slot = fromSlot;
        while (true) {
            Branch turn = null;
            int turnChild = 0;
            TreeNode node = index.root();
            while (node instanceof Branch branch) {
                // not the child that begins with this very entry: what is below it is to the left
                int child = branch.bounds().before(key, slot);
                if (child > 0) {
                    turn = branch;
                    turnChild = child;
                }
                node = branch.child(child);
            }
            EntryRun found = (EntryRun) node;
            at = found.before(key, slot) - 1;
            if (at >= 0) {
                leaf = found;
                return inRange();
            }
            if (turn == null) {
                return stop();
            }
            key = turn.bounds().key(turnChild - 1);
            slot = turn.bounds().slot(turnChild - 1);
        }
    }

    private int inRange() {
        boolean outside = ascending ? range.isAboveEnd(leaf, at) : leaf.compare(at, range.from()) < 0;
        return outside ? stop() : leaf.slot(at);
    }

    private int stop() {
        leaf = EntryRun.EMPTY;
        at = 0;
        return -1;
    }
}
