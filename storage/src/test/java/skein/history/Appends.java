package skein.history;

/** What the store under test makes of two transactions that append to the same list at the same time. */
public enum Appends {
    /** One of them fails: the list is one value, replaced by each append. */
    EXCLUSIVE,
    /** Both commit, and the list shows them in the order of their commits: each append inserts a thing of its own. */
    COMMUTING
}
