package skein.storage.index;

/** A node of an {@link OrderedIndex}: a leaf with entries, or a branch above other nodes, all leaves at one depth. */
sealed interface TreeNode permits EntryRun, Branch {
    /** Entries of a leaf, or children of a branch. */
    int size();
}
