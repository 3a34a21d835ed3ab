package skein.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Children in order, and between each two the lowest entry that the right one may hold. Never changed but in one way: a
 * child is replaced by another that holds what lies between the same bounds.
 */
final class Branch implements TreeNode {
    /** The most children. */
    static final int CHILDREN_MAX = 128;

    private static final VarHandle CHILD = MethodHandles.arrayElementVarHandle(TreeNode[].class);

    /** Entry i is the lowest that child i + 1 may hold. */
    private final EntryRun bounds;

    private final TreeNode[] children;

    Branch(EntryRun bounds, TreeNode[] children) {
        this.bounds = bounds;
        this.children = children;
    }

    @Override
    public int size() {
        return children.length;
    }

    EntryRun bounds() {
        return bounds;
    }

    TreeNode child(int index) {
        return (TreeNode) CHILD.getAcquire(children, index);
    }

    /** The child that may hold an entry. */
    int childOf(IndexKey key, int slot) {
        int before = bounds.before(key, slot);
        return bounds.isAt(before, key, slot) ? before + 1 : before;
    }

    /** Puts a child in the place of one that has the same bounds. */
    void replace(int index, TreeNode child) {
        CHILD.setRelease(children, index, child);
    }

    /** A branch with a child that has become two. */
    Branch withSplit(int index, TreeNode left, IndexKey key, int slot, TreeNode right) {
        TreeNode[] more = Arrays.copyOf(children, children.length + 1);
        System.arraycopy(children, index, more, index + 1, children.length - index);
        more[index] = left;
        more[index + 1] = right;
        return new Branch(bounds.with(index, key, slot), more);
    }

    /** A branch with one child less; what was between its bounds is between those of a neighbour now. */
    Branch without(int index) {
        if (children.length == 1) {
            return new Branch(EntryRun.EMPTY, new TreeNode[0]);
        }
        TreeNode[] less = Arrays.copyOf(children, children.length - 1);
        System.arraycopy(children, index + 1, less, index, less.length - index);
        return new Branch(bounds.without(Math.max(0, index - 1)), less);
    }

    /** A branch in which one child stands for two that were neighbours. */
    Branch withJoined(int leftIndex, TreeNode joined) {
        TreeNode[] less = Arrays.copyOf(children, children.length - 1);
        System.arraycopy(children, leftIndex + 2, less, leftIndex + 1, less.length - leftIndex - 1);
        less[leftIndex] = joined;
        return new Branch(bounds.without(leftIndex), less);
    }

    Branch part(int from, int to) {
        return new Branch(bounds.part(from, to - 1), Arrays.copyOfRange(children, from, to));
    }

    /** These children, then those of the branch to the right, which begin at this bound. */
    Branch followedBy(IndexKey key, int slot, Branch next) {
        TreeNode[] all = Arrays.copyOf(children, children.length + next.children.length);
        System.arraycopy(next.children, 0, all, children.length, next.children.length);
        return new Branch(bounds.with(bounds.size(), key, slot).followedBy(next.bounds), all);
    }
}
