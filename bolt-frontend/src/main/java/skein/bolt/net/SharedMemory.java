package skein.bolt.net;

/** Memory that Bolt shares with the rest of the instance. Thread-safe; nobody waits. */
public interface SharedMemory {
    /** Where nothing is shared. */
    SharedMemory UNLIMITED = new SharedMemory() {
        @Override
        public boolean reserve(long bytes) {
            return true;
        }

        @Override
        public void release(long bytes) {}
    };

    /** Counts bytes about to be taken; false, and nothing counted, when they are too many. */
    boolean reserve(long bytes);

    void release(long bytes);
}
