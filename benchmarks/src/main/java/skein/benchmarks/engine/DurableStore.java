package skein.benchmarks.engine;

import java.nio.ByteBuffer;

/** An engine that makes small things durable, one by one, for many threads. */
interface DurableStore extends CommitLoad.Commit, AutoCloseable {
    /** Bytes of the value that stands for a node of one label and two properties in a store of keys and values. */
    int VALUE_BYTES = 32;

    /** Engine and version. */
    String name();

    /** How it makes a commit durable, and how commits share that. */
    String durability();

    @Override
    void close();

    /** A key of eight bytes. */
    static byte[] keyBytes(long key) {
        return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    }

    /** A value that differs from key to key. */
    static byte[] valueBytes(long key) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        while (value.hasRemaining()) {
            value.putLong(key + value.position());
        }
        return value.array();
    }
}
