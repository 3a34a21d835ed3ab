package skein.query;

import skein.storage.memory.MemoryPool.Purpose;
import skein.storage.memory.MemorySource;

/**
 * What a transaction may take until it is ended. Steps inside the storage engine that have no end in sight, such as
 * finding a transaction's own changes again, ask for memory as they go: so they too stop when they are told to.
 */
record MemoryWhileAlive(MemorySource source, Termination termination) implements MemorySource {
    @Override
    public void reserve(long bytes, Purpose purpose, String what) {
        termination.throwIfEnded();
        source.reserve(bytes, purpose, what);
    }

    @Override
    public void adjust(long bytes) {
        source.adjust(bytes);
    }
}
