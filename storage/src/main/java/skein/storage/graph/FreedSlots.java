package skein.storage.graph;

/** Told by the applier of slots that no snapshot, no index and no count refers to any more. */
public interface FreedSlots {
    /** For those who will not use them again: recovery, and stores that nobody allocates in. */
    FreedSlots IGNORED = new FreedSlots() {
        @Override
        public void node(int slot) {}

        @Override
        public void relationship(int slot) {}
    };

    /** The slot of a deleted node is free. */
    void node(int slot);

    /** The slot of a deleted relationship is free. */
    void relationship(int slot);
}
