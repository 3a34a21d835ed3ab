package skein.bolt.packstream;

/** The heap that what a peer sends may take: it is asked before anything is allocated. Not thread-safe. */
public interface Allowance {
    /** Refuses nothing. */
    Allowance UNLIMITED = new Allowance() {
        @Override
        public void take(long bytes) {}

        @Override
        public void giveBack(long bytes) {}
    };

    /**
     * Counts bytes about to be taken; throws {@link PackStreamException}, with nothing counted, when they are too many.
     */
    void take(long bytes);

    void giveBack(long bytes);
}
