package skein.storage.index;

import org.jspecify.annotations.Nullable;

/**
 * From keys to slots, in order: a B+-tree. One writer, any readers that never wait and never lock.
 *
 * <p>Why a reader may walk while the writer works: a leaf is replaced, not changed, but for entries written behind its
 * end; a branch only ever gets another child for the same bounds; all else makes new nodes and is published by one
 * write, to a branch above or to the root. So whoever came from the root, whenever that was, finds every entry that was
 * there then and has not been removed since. {@link IndexCursor} comes from the root once for each leaf.
 */
public final class OrderedIndex {
    private static final int JOIN_MAX = EntryRun.LEAF_MAX * 3 / 4;
    private static final int SMALL = EntryRun.LEAF_MAX / 4;

    private volatile TreeNode root = EntryRun.EMPTY;
    private volatile long size;
    private volatile long distinct;

    /** Writer only: what the last split of a node put to its right. */
    private @Nullable TreeNode splitRight;

    private IndexKey splitKey = KeyRange.ALL.from();
    private int splitSlot;

    /** Adds a slot under a key; false when it is there. Writer only. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public boolean add(IndexKey key, int slot) {
        TreeNode before = root;
        long sizeBefore = size;
        TreeNode after = add(before, key, slot);
        TreeNode right = splitRight;
        if (right != null) {
            splitRight = null;
            EntryRun bound = EntryRun.EMPTY.with(0, splitKey, splitSlot);
            root = new Branch(bound, new TreeNode[] {after, right});
        } else if (after != before) {
            root = after;
        }
        return size != sizeBefore;
    }

    /** Removes a slot from under a key; false when it is not there. Writer only. */
    public boolean remove(IndexKey key, int slot) {
        TreeNode before = root;
        long sizeBefore = size;
        TreeNode after = remove(before, key, slot);
        while (after instanceof Branch branch && branch.size() == 1) {
            after = branch.child(0);
        }
        if (after != before) {
            root = after.size() == 0 ? EntryRun.EMPTY : after;
        }
        return size != sizeBefore;
    }

    /** Whether a slot is under a key. */
    public boolean contains(IndexKey key, int slot) {
        TreeNode node = root;
        while (node instanceof Branch branch) {
            node = branch.child(branch.childOf(key, slot));
        }
        EntryRun leaf = (EntryRun) node;
        return leaf.isAt(leaf.before(key, slot), key, slot);
    }

    /** Entries now. */
    public long size() {
        return size;
    }

    /** About how many different keys there are: off by at most twice the number of leaves. */
    public long distinctEstimate() {
        return Math.max(Math.min(size, 1), Math.min(size, distinct));
    }

    /** About how many entries are in a range, from where its ends stand in the tree; exact for a small tree. */
    public long estimate(KeyRange range) {
        TreeNode top = root;
        double from = rank(top, range.from(), 0);
        double to = rank(top, range.to(), range.inclusive() ? Integer.MAX_VALUE : 0);
        return Math.max(0, Math.round((to - from) * size));
    }

    /** Entries of a range in order, upwards or downwards. */
    public IndexCursor find(KeyRange range, boolean ascending) {
        return new IndexCursor(this, range, ascending);
    }

    TreeNode root() {
        return root;
    }

    /** Fills an empty index. Writer only. */
    void load(TreeNode loaded, long entries, long keys) {
        size = entries;
        distinct = keys;
        root = loaded;
    }

    /** Which share of the entries is before a key and slot. */
    private static double rank(TreeNode top, IndexKey key, int slot) {
        double rank = 0;
        double share = 1;
        TreeNode node = top;
        while (node instanceof Branch branch) {
            int child = branch.childOf(key, slot);
            share /= branch.size();
            rank += child * share;
            node = branch.child(child);
        }
        EntryRun leaf = (EntryRun) node;
        int count = leaf.size();
        return count == 0 ? rank : rank + share * leaf.before(key, slot) / count;
    }

    private TreeNode add(TreeNode node, IndexKey key, int slot) {
        return switch (node) {
            case EntryRun leaf -> addToLeaf(leaf, key, slot);
            case Branch branch -> addToBranch(branch, key, slot);
        };
    }

    private TreeNode addToLeaf(EntryRun leaf, IndexKey key, int slot) {
        int at = leaf.before(key, slot);
        if (leaf.isAt(at, key, slot)) {
            return leaf;
        }
        count(leaf, at, key, 1);
        int count = leaf.size();
        if (at == count && leaf.append(key, slot)) {
            return leaf;
        }
        if (count < EntryRun.LEAF_MAX) {
            return leaf.with(at, key, slot);
        }
        // who adds in order gets full leaves
        int middle = at == count ? count : count / 2;
        EntryRun left = leaf.part(0, middle);
        EntryRun right = leaf.part(middle, count);
        if (at < middle) {
            left = left.with(at, key, slot);
        } else {
            right = right.with(at - middle, key, slot);
        }
        split(right.key(0), right.slot(0), right);
        return left;
    }

    private TreeNode addToBranch(Branch branch, IndexKey key, int slot) {
        int index = branch.childOf(key, slot);
        TreeNode before = branch.child(index);
        TreeNode after = add(before, key, slot);
        TreeNode right = splitRight;
        if (right == null) {
            if (after != before) {
                branch.replace(index, after);
            }
            return branch;
        }
        splitRight = null;
        Branch wider = branch.withSplit(index, after, splitKey, splitSlot, right);
        if (wider.size() <= Branch.CHILDREN_MAX) {
            return wider;
        }
        int middle = index == branch.size() - 1 ? wider.size() - 2 : wider.size() / 2;
        EntryRun bounds = wider.bounds();
        split(bounds.key(middle - 1), bounds.slot(middle - 1), wider.part(middle, wider.size()));
        return wider.part(0, middle);
    }

    private void split(IndexKey key, int slot, TreeNode right) {
        splitKey = key;
        splitSlot = slot;
        splitRight = right;
    }

    private TreeNode remove(TreeNode node, IndexKey key, int slot) {
        return switch (node) {
            case EntryRun leaf -> {
                int at = leaf.before(key, slot);
                if (!leaf.isAt(at, key, slot)) {
                    yield leaf;
                }
                EntryRun less = leaf.without(at);
                count(less, at, key, -1);
                yield less;
            }
            case Branch branch -> removeFromBranch(branch, key, slot);
        };
    }

    private TreeNode removeFromBranch(Branch branch, IndexKey key, int slot) {
        int index = branch.childOf(key, slot);
        TreeNode before = branch.child(index);
        TreeNode after = remove(before, key, slot);
        if (after == before) {
            return branch;
        }
        if (after.size() == 0) {
            return branch.without(index);
        }
        if (after.size() < SMALL && branch.size() > 1) {
            int left = Math.max(0, index - 1);
            TreeNode neighbour = branch.child(left == index ? index + 1 : left);
            if (neighbour.size() + after.size() <= JOIN_MAX) {
                TreeNode first = left == index ? after : neighbour;
                TreeNode second = left == index ? neighbour : after;
                return branch.withJoined(left, join(first, branch.bounds(), left, second));
            }
        }
        branch.replace(index, after);
        return branch;
    }

    private static TreeNode join(TreeNode left, EntryRun bounds, int bound, TreeNode right) {
        return switch (left) {
            case EntryRun leaf -> leaf.followedBy((EntryRun) right);
            case Branch branch -> branch.followedBy(bounds.key(bound), bounds.slot(bound), (Branch) right);
        };
    }

    /** Counts an entry that comes to, or has gone from, this place among others. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(EntryRun others, int at, IndexKey key, int delta) {
        size += delta;
        boolean shared =
                at > 0 && others.compare(at - 1, key) == 0 || at < others.size() && others.compare(at, key) == 0;
        if (!shared) {
            distinct += delta;
        }
    }
}
