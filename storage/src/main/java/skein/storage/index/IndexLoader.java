package skein.storage.index;

import java.util.ArrayList;
import java.util.List;
import skein.vocabulary.Invariant;

/**
 * Makes the tree of an index from entries that arrive in order: what recovery does instead of adding one by one. Leaves
 * keep a little room, so that the first changes do not split them all.
 */
final class IndexLoader {
    private static final int LEAF_FILL = EntryRun.LEAF_MAX * 7 / 8;
    private static final int BRANCH_FILL = Branch.CHILDREN_MAX * 7 / 8;

    private final List<TreeNode> leaves = new ArrayList<>();
    private final List<EntryRun> firsts = new ArrayList<>();
    private EntryRun leaf = EntryRun.EMPTY;
    private EntryRun before = EntryRun.EMPTY;
    private long size;
    private long distinct;

    /** An entry after all before it; the same entry again changes nothing. */
    void add(EntryRun run, int at) {
        int last = leaf.size() - 1;
        boolean sameKey = last >= 0
                ? leaf.sameKey(last, run, at)
                : before.size() > 0 && before.sameKey(before.size() - 1, run, at);
        if (sameKey && last >= 0 && leaf.slot(last) == run.slot(at)) {
            return;
        }
        if (leaf.size() == LEAF_FILL) {
            endLeaf();
        }
        IndexKey key = run.key(at);
        Invariant.check(
                leaf.size() == 0 || leaf.before(key, run.slot(at)) == leaf.size(), "entries are loaded out of order");
        if (!leaf.append(key, run.slot(at))) {
            leaf = leaf.with(leaf.size(), key, run.slot(at));
        }
        size++;
        distinct += sameKey ? 0 : 1;
    }

    void finish(OrderedIndex index) {
        if (leaf.size() > 0) {
            endLeaf();
        }
        index.load(top(), size, distinct);
    }

    private void endLeaf() {
        before = leaf.part(0, leaf.size());
        leaves.add(before);
        firsts.add(before.part(0, 1));
        leaf = EntryRun.EMPTY;
    }

    private TreeNode top() {
        List<TreeNode> level = leaves;
        List<EntryRun> bounds = firsts;
        while (level.size() > 1) {
            List<TreeNode> above = new ArrayList<>();
            List<EntryRun> boundsAbove = new ArrayList<>();
            for (int from = 0; from < level.size(); from += BRANCH_FILL) {
                int to = Math.min(level.size(), from + BRANCH_FILL);
                EntryRun between = EntryRun.EMPTY;
                for (int i = from + 1; i < to; i++) {
                    between = between.followedBy(bounds.get(i));
                }
                above.add(new Branch(between, level.subList(from, to).toArray(new TreeNode[0])));
                boundsAbove.add(bounds.get(from));
            }
            level = above;
            bounds = boundsAbove;
        }
        return level.isEmpty() ? EntryRun.EMPTY : level.getFirst();
    }
}
