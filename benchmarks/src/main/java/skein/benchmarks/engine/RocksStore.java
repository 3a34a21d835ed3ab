package skein.benchmarks.engine;

import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** RocksDB with its standard options: one put a commit, its log synced each time, writers grouped by RocksDB itself. */
final class RocksStore implements DurableStore {
    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB store;

    RocksStore(Path directory) {
        try {
            RocksDB.loadLibrary();
            store = RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "RocksDB " + RocksDB.rocksdbVersion();
    }

    @Override
    public String durability() {
        return "WAL on, WriteOptions.sync, its own write groups";
    }

    @Override
    public void commit(long key) {
        try {
            store.put(synced, DurableStore.keyBytes(key), DurableStore.valueBytes(key));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        synced.close();
        options.close();
    }
}
